// @ts-check
// A film as the player holds it: frames in order, and what was asked for of each.

/**
 * @typedef {import("../../../media/page/contracts.js").FrameShown} FrameShown
 * @typedef {{ rgb?: string, w: number, h: number, note?: import("../../../page/kit/words.js").Text,
 *   pictures?: { rgb: string, w: number, h: number }[], weights?: number[], error?: string }} Look
 * @typedef {FrameShown & { looks?: Record<string, Look> }} Frame
 */
/**
 * What the player shows; frames of one run at a time.
 * @typedef {object} Film
 * @property {string | null} run null: the server is not asked about it
 * @property {Frame[]} frames in order
 * @property {number[] | null} data the spectrum of the training pictures
 * @property {boolean} beside the ideal denoiser's frames are there, too
 * @property {number} count pictures in a sheet
 */

/** @returns {Film} */
export const noFilm = () => ({ run: null, frames: [], data: null, beside: false, count: 0 });

/**
 * Return all frames in order; those that are there already stay, with what was asked of them.
 * @param {Frame[]} frames
 * @param {Frame[]} more
 */
export function merged(frames, more) {
  const known = new Set(frames.map((frame) => frame.index));
  const added = more.filter(({ index }) => !known.has(index) && known.add(index));
  return [...frames, ...added].sort((a, b) => a.index - b.index);
}

/** Whether the newest frame is the last. @param {Frame[]} frames */
export const isOver = (frames) =>
  frames.length > 0 && frames[frames.length - 1].index === total(frames);

/** Whether no frame is missing. @param {Frame[]} frames */
export const isWhole = (frames) => isOver(frames) && frames.length > total(frames);

/** @param {Frame[]} frames */
const total = (frames) => frames[frames.length - 1].total;

/** Milliseconds a frame of a film that plays. @param {number} count of frames */
export const pace = (count) => Math.max(30, Math.min(200, 3000 / Math.max(1, count)));

/** A share as people read it, two digits of what is small. @param {number} share from 0 to 1 */
export function percent(share) {
  if (share > 0.0995) return `${(100 * share).toFixed(0)} %`;
  return share > 5e-5 ? `${(100 * share).toPrecision(2)} %` : "0 %";
}
