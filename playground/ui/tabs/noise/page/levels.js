// @ts-check
// A schedule's path of levels, alpha and sigma at every step, as all views read it.

/**
 * @typedef {{ alpha: Float64Array, sigma: Float64Array }} Levels
 * @typedef {[alpha: number, sigma: number]} Level
 * @typedef {[x: number, y: number]} Point
 */

/** @param {string} text base64 */
export const bytesOf = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/**
 * Return the levels that Python sends, alpha after alpha, then sigma.
 * @param {string} text base64 of float64
 * @returns {Levels}
 */
export function levelsOf(text) {
  const both = new Float64Array(bytesOf(text).buffer);
  return { alpha: both.subarray(0, both.length / 2), sigma: both.subarray(both.length / 2) };
}

/** The last step: T. @param {Levels} levels */
export const lastStep = ({ alpha }) => alpha.length - 1;

/** @param {number} alpha @param {number} sigma */
export function logSnr(alpha, sigma) {
  if (sigma === 0) return Infinity;
  return alpha === 0 ? -Infinity : 2 * Math.log(alpha / sigma);
}

/**
 * Return the level of the step nearest to t in [0, 1].
 * @param {Levels} levels
 * @param {number} t
 * @returns {Level}
 */
export function levelAt(levels, t) {
  const k = Math.round(t * lastStep(levels));
  return [levels.alpha[k], levels.sigma[k]];
}

/**
 * Return the level at any t in [0, 1], by the angle between two steps.
 * @param {Levels} levels
 * @param {number} t
 * @returns {Level}
 */
export function between({ alpha, sigma }, t) {
  const last = alpha.length - 1;
  const k = Math.min(t * last, last);
  const low = Math.min(Math.floor(k), last - 1);
  const u = k - low;
  if (u === 0) return [alpha[low], sigma[low]];
  const mean = (/** @type {(i: number) => number} */ f) => f(low) * (1 - u) + f(low + 1) * u;
  const angle = mean((i) => Math.atan2(sigma[i], alpha[i]));
  const radius = mean((i) => Math.hypot(alpha[i], sigma[i]));
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/**
 * Return the t of this log-SNR; 1 where the schedule ends before it.
 * @param {Levels} levels
 * @param {number} wanted
 */
export function timeOf({ alpha, sigma }, wanted) {
  const angle = Math.atan(Math.exp(-wanted / 2));
  const of = (/** @type {number} */ k) => Math.atan2(sigma[k], alpha[k]);
  let low = 0;
  let high = alpha.length - 1;
  if (of(high) <= angle) return 1;
  while (high - low > 1) {
    const k = (low + high) >> 1;
    if (of(k) <= angle) low = k;
    else high = k;
  }
  return (low + (angle - of(low)) / (of(high) - of(low))) / (alpha.length - 1);
}

/**
 * Return points of a curve over the steps, at most so many, where they are finite.
 * @param {Levels} levels
 * @param {(alpha: number, sigma: number) => number} value
 * @param {{ unit?: number, most?: number }} [about] unit: x of the last step
 * @returns {Point[]}
 */
export function curveOf(levels, value, { unit = 1, most = 300 } = {}) {
  const { alpha, sigma } = levels;
  const last = lastStep(levels);
  const stride = Math.ceil(last / most);
  /** @type {Point[]} */
  const points = [];
  for (let k = 0; k <= last; k++) {
    if (k % stride && k !== last && k !== 1) continue;
    const y = value(alpha[k], sigma[k]);
    if (Number.isFinite(y)) points.push([(k / last) * unit, y]);
  }
  return points;
}

/** A number as people read it, with these digits. @param {number} value @param {number} digits */
export function fixed(value, digits) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return value.toFixed(digits).replace("-", "−");
}
