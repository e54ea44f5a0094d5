// @ts-check
// Training in short goes, each followed by a look; reflow and distillation, too.
import { word } from "./state.js";

const SLOW = 250; // milliseconds between two updates in slow motion
/** What a student needs; what was chosen before comes back when it no longer draws. */
const STUDENT = { sampler: "consistency", steps: "1", schedule: "flow" };

/**
 * @param {import("./state.js").Scene} scene
 * @param {ReturnType<typeof import("./asking.js").asking>} asking
 * @param {ReturnType<typeof import("./sampling.js").sampling>} sampling
 */
export function training(
  { store, signal },
  { ask },
  { refreshCloud, takeTrained, followTraining },
) {
  /** @type {Promise<boolean>} */
  let going = Promise.resolve(false);
  /** @type {Record<string, string | boolean>} */
  let usual = {};
  const turn = (/** @type {Record<string, any>} */ change) =>
    store.set({ controls: { ...store.get().controls, ...change } });

  /** @param {string} action */
  async function go(action) {
    const { slow, curve } = store.get();
    const milliseconds = slow ? 1 : curve.length < 8 ? 150 : 300;
    const wanted = () => store.get().training || action === "step";
    const answer = await ask("train", { action, milliseconds }, { wanted });
    if (!answer?.u) return false;
    takeTrained(action === "teach" ? { ...answer, new: false } : answer);
    await followTraining();
    if (slow) await new Promise((done) => setTimeout(done, SLOW));
    return !signal.aborted;
  }
  const once = (/** @type {string} */ action) => (going = go(action));

  /** Train until it is paused. @param {string} [first] what begins it */
  async function train(first) {
    if (store.get().training) return;
    const teaches = first ? first === "distill" : word(store.get(), "who") === "student";
    const next = teaches ? "teach" : "go";
    turn({ who: teaches ? "student" : "network" });
    store.set({ training: true });
    let goesOn = await once(first ?? next);
    while (goesOn && store.get().training) goesOn = await once(next);
    store.set({ training: false });
  }
  async function pause() {
    store.set({ training: false });
    await going;
  }
  /** @param {string} first */
  async function anew(first) {
    await pause();
    if (first === "new") store.set({ curve: [], lanes: [] });
    await train(first);
  }
  return {
    train,
    pause,
    anew,
    async step() {
      await pause();
      turn({ who: "network" });
      await once("step");
    },
    async distil() {
      await pause();
      for (const name of Object.keys(STUDENT)) usual[name] ??= store.get().controls[name];
      turn(STUDENT);
      await refreshCloud(false);
      await train("distill");
    },
    /** The student draws no more: what was chosen before it comes back. */
    afterStudent() {
      const before = usual;
      usual = {};
      turn(before);
      return "schedule" in before;
    },
  };
}
