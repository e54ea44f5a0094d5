// @ts-check
// The spectra of picture and noise, worked out in the page's pauses, a few milliseconds at a time.
import { SIDE } from "./blend.js";
import { spectraOf } from "./spectra.js";

const SOON = { timeout: 100 }; // a busy page, too, gets them in a second or so

/**
 * Keep the lab's spectra those of its picture and noise.
 * @param {import("./lab.js").Lab} lab
 * @param {AbortSignal} signal
 */
export function analysis(lab, signal) {
  const later =
    window.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 30));
  let newest = 0;
  lab.on(["x", "e"], ({ x, eps }) => {
    if (!x || !eps) return;
    const mine = ++newest;
    const work = spectraOf(x, eps, SIDE);
    const go = () => {
      if (mine !== newest || signal.aborted) return;
      const made = work.next().value;
      if (made) lab.set({ spectra: made });
      else later(go, SOON);
    };
    later(go, SOON);
  });
}
