// @ts-check
// q(x_k | x_(k-1)) sampled step by step, with fresh noise in each, measured against the closed
// form.
import { apart, histogram, spread } from "./distributions.js";
import { levelAt } from "./levels.js";
import { VALUES, mixed, smallNoise, smallPicture } from "./small_pictures.js";
import { normalStream } from "./torch_noise.js";

export const SPAN = 3.5; // noise from -3.5 to 3.5 sigma is counted
/** What chance alone stays below in 95 of 100 tries (Kolmogorov and Smirnov). */
export const CHANCE = 1.36 * Math.sqrt(2 / VALUES);

/**
 * How one level follows from the one before: x_k = keep x_(k-1) + add z, for any two levels.
 * @param {import("./levels.js").Level} before
 * @param {import("./levels.js").Level} now
 */
export function transition([alpha0, sigma0], [alpha, sigma]) {
  const keep = alpha0 > 0 ? alpha / alpha0 : 0;
  return { keep, add: Math.sqrt(Math.max(0, sigma ** 2 - keep ** 2 * sigma0 ** 2)) };
}

/**
 * The share of x0 in y by least squares, and the noise that is left beside it.
 * @param {Float32Array} y
 * @param {Float32Array} x0
 * @param {import("./levels.js").Level} level
 */
export function measure(y, x0, [alpha, sigma]) {
  const rest = new Float32Array(y.length);
  let both = 0;
  let power = 0;
  for (let i = 0; i < y.length; i++) {
    both += y[i] * x0[i];
    power += x0[i] * x0[i];
    rest[i] = y[i] - alpha * x0[i];
  }
  const found = spread(rest);
  if (sigma > 0) for (let i = 0; i < rest.length; i++) rest[i] /= sigma;
  return { share: both / power, ...found, of: histogram(rest, -SPAN, SPAN) };
}

/**
 * A picture that is noised in `count` steps.
 * @param {import("./lab.js").Ready} ready
 * @param {number} count
 */
export function chainOf({ source, levels, seed }, count) {
  const x0 = smallPicture(source.x);
  const eps = smallNoise(source.eps);
  const stream = normalStream(seed + 1);
  const z = new Float32Array(VALUES);
  const x = x0.slice();
  const level = (/** @type {number} */ i) => levelAt(levels, i / count);
  let k = 0;
  return {
    x,
    k: () => k,
    level: () => level(k),
    /** Go one step; null at the end. */
    step() {
      if (k >= count) return null;
      const law = transition(level(k), level(++k));
      stream.normals(z);
      for (let i = 0; i < VALUES; i++) x[i] = law.keep * x[i] + law.add * z[i];
      return law;
    },
    /** Measure both ways here: the steps, and the jump, which is other noise. */
    compare() {
      const now = level(k);
      const jump = mixed(x0, eps, now[0], now[1]);
      const steps = measure(x, x0, now);
      const jumped = measure(jump, x0, now);
      return { jump, steps, jumped, gap: apart(steps.of.until, jumped.of.until) };
    },
  };
}
