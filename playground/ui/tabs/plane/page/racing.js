// @ts-check
// Samplers raced from the same noise at ever more calls, one after the other.
import { t } from "../../../page/kit/words.js";
import { word } from "./state.js";

const MOST = 8;

/**
 * @param {import("./state.js").Scene} scene
 * @param {ReturnType<typeof import("./asking.js").asking>} asking
 * @param {() => Promise<void>} pause
 */
export function racing({ store }, { ask, say }, pause) {
  let races = 0;
  function end() {
    races += 1;
    store.set({ racing: false });
  }
  async function race() {
    const mine = ++races;
    const { racers, curve } = store.get();
    if (word(store.get(), "who") === "network" && !curve.length) {
      say(t("Nothing is trained yet: press Train, or let the exact denoiser draw."), true);
      return;
    }
    await pause();
    store.set({ racing: true, lanes: [] });
    for (const name of racers.slice(0, MOST)) {
      const others = store.get().lanes;
      /** @param {{ points?: import("./state.js").LanePoint[] }} lane */
      const show = ({ points = [] }) => store.set({ lanes: [...others, { name, points }] });
      const wanted = () => mine === races;
      const answer = await ask("lane", { sampler: name }, { wanted, soFar: show });
      if (mine !== races) return;
      if (!answer) break;
      show(answer);
    }
    end();
  }
  return { race, end };
}
