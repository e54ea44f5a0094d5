// @ts-check
// What all views of the lab look at: one picture, its noise, one schedule, who guesses.
import { store } from "../../../page/kit/store.js";

/**
 * @typedef {object} State
 * @property {Int16Array | null} x the picture, as blend.js has it
 * @property {Int16Array | null} e the noise, the same
 * @property {Float32Array | null} eps the noise as torch has it
 * @property {number} seed of the noise; -1 before the first
 * @property {import("./levels.js").Levels | null} levels of the schedule
 * @property {import("./contracts.js").Scene | null} scene
 * @property {import("./spectra.js").Spectra | null} spectra of picture and noise
 */
/** @typedef {import("../../../page/kit/store.js").Store<State>} Lab */
/** @typedef {import("./blend.js").Source} Source */
/** @typedef {{ source: Source, levels: import("./levels.js").Levels, seed: number }} Ready */

/** @param {AbortSignal} signal @returns {Lab} */
export const labStore = (signal) =>
  store(
    /** @type {State} */ ({
      x: null,
      e: null,
      eps: null,
      seed: -1,
      levels: null,
      scene: null,
      spectra: null,
    }),
    signal,
  );

/** What views draw from, once all of it is there. @param {Lab} lab @returns {Ready | null} */
export function readyIn(lab) {
  const { x, e, eps, levels, seed } = lab.get();
  return x && e && eps && levels ? { source: { x, e, eps }, levels, seed } : null;
}

/** Call this when picture, noise or schedule are others. @param {Lab} lab @param {() => void} f */
export const whenOther = (lab, f) => lab.on(["x", "e", "levels"], f);

/**
 * What questions to the server tell of this scene.
 * @param {import("./contracts.js").Scene} scene
 */
export const askedOf = ({ path, schedule, seed }) => ({
  path,
  schedule: schedule.schedule,
  knobs: schedule.knobs,
  seed,
});
