// @ts-check
// Levels of a schedule, and where they lie: at the angle phi, drawn at u = x / r.

/** @typedef {{ alpha: number, sigma: number }} Level */

export const REACH = 3; // of the pictures, in u
export const EASE = 260; // milliseconds in which paths move to where new ones are

/**
 * The level at t of a schedule that is packed as its alphas, then its sigmas.
 * @param {number} t
 * @param {Float32Array} of
 * @returns {Level}
 */
export function levelAt(t, of) {
  const n = of.length / 2;
  const { k, part } = between(t * (n - 1), n);
  const at = (/** @type {number} */ i) => (1 - part) * of[i + k] + part * of[i + k + 1];
  return { alpha: at(0), sigma: at(n) };
}

/**
 * Between which two of n values a place is, and how far.
 * @param {number} place
 * @param {number} n
 */
export function between(place, n) {
  const k = Math.max(0, Math.min(n - 2, Math.floor(place)));
  return { k, part: place - k };
}

/** @param {Level} level */
export const angleOf = ({ alpha, sigma }) => Math.atan2(sigma, alpha);
/** @param {Level} level */
export const radiusOf = ({ alpha, sigma }) => Math.hypot(alpha, sigma);
/** Wider levels are shrunk to the picture. @param {Level} level */
export const scaleOf = (level) => Math.min(1, radiusOf(level));

/**
 * Between which two moments of a path an angle is, and how far.
 * @param {number[]} angles falling
 * @param {number} phi
 */
export function momentAt(angles, phi) {
  let k = 0;
  while (k < angles.length - 2 && angles[k + 1] > phi) k++;
  const wide = Math.max(1e-9, angles[k] - angles[k + 1]);
  return { k, part: Math.min(1, Math.max(0, (angles[k] - phi) / wide)) };
}

/** @param {number} t @param {Level} level */
export function levelText(t, { alpha, sigma }) {
  const noise = sigma < 10 ? sigma.toFixed(3) : sigma.toFixed(1);
  return `${t.toFixed(3)} · alpha ${alpha.toFixed(3)} · sigma ${noise}`;
}
