// @ts-check
// From noise to clean, by itself.
import { find } from "../../../page/kit/dom.js";
import { time } from "./state.js";

const SPEED = 5000; // milliseconds from noise to clean
const FARTHEST = 0.05; // of t in one frame

/** @param {import("./state.js").Scene} scene */
export function player({ element, store, signal }) {
  const button = find(element, ".play");
  let last = 0;
  const at = (/** @type {number} */ t) =>
    store.set({ controls: { ...store.get().controls, t: `${+t.toFixed(3)}` } });

  /** @param {number} stamp */
  function play(stamp) {
    if (!store.get().playing || signal.aborted) return;
    const step = Math.min(FARTHEST, (stamp - (last || stamp)) / SPEED);
    last = stamp;
    const t = Math.max(0, position - step);
    position = t;
    at(t);
    if (t <= 0) halt();
    else requestAnimationFrame(play);
  }
  let position = 0;
  const halt = () => store.set({ playing: false });
  button.addEventListener("click", () => {
    const playing = !store.get().playing;
    store.set({ playing });
    if (!playing) return;
    position = time(store.get()) < 0.01 ? 1 : time(store.get());
    last = 0;
    requestAnimationFrame(play);
  });
  store.on(["playing"], ({ playing }) => {
    button.textContent = playing ? "⏸" : "▶";
  });
  return { halt };
}
