// @ts-check
// Has clouds drawn and particles sampled: one picture, or several side by side.
import { t } from "../../../page/kit/words.js";
import { singles } from "./arrays.js";
import { cloudOf, guideOf, pathsOf, word } from "./state.js";

/** @typedef {import("./state.js").Picture} Picture */

/** @param {string} who */
export function drawer(who) {
  /** @type {Record<string, string>} */
  const known = {
    exact: t("The exact denoiser"),
    student: t("Its student"),
    network: t("The network"),
  };
  return known[who] ?? who.replace("model: ", "");
}

/**
 * The pictures side by side that are chosen, by what each asks for besides.
 * @param {import("./state.js").PlaneFacts} facts
 * @param {import("./state.js").PlaneState} state
 * @returns {[Record<string, any>, string][]}
 */
export function chosenBeside(facts, state) {
  const titled = (/** @type {[string, string][]} */ list, /** @type {string} */ name) =>
    t(list.find(([one]) => one === name)?.[1] ?? name);
  const scale = Math.max(+state.controls.guidance, 2);
  // autoguidance has no weaker version of the exact denoiser, the others no effect without classes
  const guides = facts.guidance.filter(([kind]) =>
    kind === "autoguidance" ? word(state, "who") !== "exact" : state.controls.classes,
  );
  /** @type {Record<string, () => [Record<string, any>, string][]>} */
  const every = {
    who: () => ["network", "exact"].map((who) => [{ who }, drawer(who)]),
    steps: () => [3, 5, 10].map((steps) => [{ steps }, t("{steps} steps", { steps })]),
    schedule: () =>
      ["flow", "cosine", "edm"].map((one) => [{ schedule: one }, titled(facts.schedules, one)]),
    sampler: () =>
      state.racers.slice(0, 4).map((one) => [{ sampler: one }, titled(facts.samplers, one)]),
    guidance: () =>
      [1, 2, 5].map((guidance) => [{ guidance }, t("scale {scale}", { scale: guidance })]),
    kind: () => [
      [{ guidance: 1 }, t("no guidance")],
      ...guides.map(([kind, title]) => {
        /** @type {[Record<string, any>, string]} */
        const one = [{ guidance_kind: kind, guidance: scale }, t(title)];
        return one;
      }),
    ],
  };
  return every[word(state, "beside")]?.() ?? [];
}

/**
 * @param {import("./state.js").Scene} scene
 * @param {ReturnType<typeof import("./asking.js").asking>} asking
 */
export function sampling({ facts, store }, { ask, say }) {
  let clouds = 0;
  let isBusy = false;
  let isStale = false;
  const isUntrained = () => !store.get().curve.length;

  /** Have the chosen cloud drawn. @param {boolean} [draws] and sampled, too */
  async function refreshCloud(draws = true) {
    const mine = ++clouds;
    const answer = await ask("cloud");
    if (!answer || mine !== clouds) return;
    store.set({ cloud: cloudOf(answer), levels: singles(answer.levels), pointed: null });
    const { training } = store.get();
    if (!training) say("");
    if (!draws || training) return;
    if (word(store.get(), "who") === "network" && isUntrained()) await open();
    else await sample();
  }

  /** Have the network that the tab opens with, where nothing is trained yet. */
  async function open() {
    const soFar = (/** @type {any} */ found) => found.u && takeTrained(found);
    const answer = await ask("open", {}, { soFar, wanted: () => !store.get().training });
    if (answer?.u && !store.get().training) {
      takeTrained(answer);
      if (word(store.get(), "beside") !== "none") await sample();
    } else if (!answer?.u) store.set({ made: null });
  }

  /** @param {import("./contracts.js").TrainMessage} answer */
  function takeTrained(answer) {
    const { curve, cloud, made } = store.get();
    const { step, seconds, loss, distance, floor, band } = answer;
    const before = answer.curve.length || answer.new ? answer.curve : curve;
    const last = before.at(-1)?.step === step ? [] : [{ step, seconds, loss, distance }];
    const points = [...before, ...last];
    store.set({
      curve: points.length > 1500 ? points.filter((_, i) => i % 2) : points,
      bands: answer.bands ?? store.get().bands,
      floor: { floor, band },
      made: pathsOf(answer, word(store.get(), "who"), cloud, made),
    });
    const number = (/** @type {number} */ value) => value.toLocaleString("en");
    const rate = number(Math.round(answer.points_per_second));
    const parts = [
      t("step {step}", { step: number(step) }),
      t("{seconds} s", { seconds: seconds.toFixed(1) }),
      t("loss {loss}", { loss: loss.toFixed(3) }),
      t("{rate} points a second", { rate }),
      t("{weights} weights", { weights: number(answer.parameters) }),
    ];
    say(parts.join(" · "));
  }

  async function sampleOne() {
    const who = word(store.get(), "who");
    if (who === "network" && isUntrained()) {
      store.set({ made: null });
      return;
    }
    const answer = await ask("sample");
    const { cloud, made, training } = store.get();
    if (answer && !training) store.set({ made: pathsOf(answer, who, cloud, made) });
  }

  /** Lay pictures side by side for what is chosen, keeping those that are there. */
  function layBeside() {
    const chosen = chosenBeside(facts, store.get());
    const named = (/** @type {Record<string, any>[]} */ all) => JSON.stringify(all);
    const before = store.get().beside;
    if (named(chosen.map(([more]) => more)) === named((before ?? []).map(({ more }) => more)))
      return;
    const pictures = chosen.map(([more, name]) => ({ more, name, paths: null, levels: null }));
    store.set({ beside: chosen.length ? pictures : null });
  }

  /** @param {boolean} [learning] only those that the network draws have changed */
  async function sampleBeside(learning = false) {
    layBeside();
    for (const { more } of store.get().beside ?? []) {
      const one = store.get().beside?.find((other) => other.more === more);
      if (!one || (learning && one.paths && more.who === "exact")) continue;
      if (more.who === "network" && isUntrained()) continue; // the exact one draws all the same
      const told = more.schedule ? await ask("levels", more) : { levels: "" };
      const answer = told && (await ask("sample", more, { wanted: () => !isStale }));
      if (!answer) return;
      const levels = told.levels ? singles(told.levels) : null;
      const who = more.who ?? word(store.get(), "who");
      const paths = pathsOf(answer, who, store.get().cloud, one.paths);
      const beside = (store.get().beside ?? []).map((other) =>
        other.more === more ? { ...other, levels, paths } : other,
      );
      store.set({ beside: beside.length ? beside : null });
    }
  }

  /** Sample with what is chosen now; asked for meanwhile, once more. */
  async function sample() {
    if (store.get().training) return;
    isStale = isBusy;
    if (isBusy) return;
    isBusy = true;
    store.set({ busy: true });
    if (word(store.get(), "beside") !== "none") await sampleBeside();
    else await sampleOne();
    isBusy = false;
    if (isStale) {
      isStale = false;
      await sample();
    } else store.set({ busy: false });
  }

  async function followTraining() {
    if (!store.get().beside || isBusy) return;
    isBusy = true;
    await sampleBeside(true);
    isBusy = false;
  }
  return {
    refreshCloud,
    sample,
    layBeside,
    takeTrained,
    followTraining,
    guide: () => guideOf(facts, store.get()),
  };
}
