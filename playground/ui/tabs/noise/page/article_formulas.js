// @ts-check
// The article's formulas, run as they stand, and the field's, on small pictures; the same as
// studio/article.py.
import { VALUES, error } from "./small_pictures.js";

/** The article's steps of the forward process, and the most of anything that the slider asks. */
export const STEPS = 20;
export const WALK = 0.5; // sigma of a step of its random walk
const SIGMA_MIN = 0.1;
const SIGMA_MAX = 0.3;
const SHARE = SIGMA_MIN / Math.hypot(SIGMA_MIN, SIGMA_MAX);
/** What one step of its inverse multiplies everything by. */
export const SHRINKS = (1 - SHARE) * (1 - SIGMA_MAX);

/**
 * x_t = x_(t-1) + z_t. All steps are kept, for a slider goes both ways.
 * @param {Float32Array} x0
 * @param {ReturnType<typeof import("./torch_noise.js").normalStream>} stream
 */
export function randomWalk(x0, stream) {
  const steps = [x0];
  return (/** @type {number} */ n) => {
    while (steps.length <= n) {
      const z = stream.normals(new Float32Array(VALUES));
      const before = steps[steps.length - 1];
      steps.push(before.map((v, i) => v + WALK * z[i]));
    }
    return steps[n];
  };
}

/** @param {Float32Array} x @param {Float32Array} z both are changed */
function forwardStep(x, z) {
  for (let i = 0; i < x.length; i++) {
    z[i] = x[i] + SIGMA_MAX * z[i];
    x[i] += SHARE * z[i];
  }
}

/** @param {Float32Array} x0 @param {Float32Array} eps @param {number} n */
export function codeForward(x0, eps, n) {
  const x = x0.slice();
  const z = eps.slice();
  for (let k = 0; k < n; k++) forwardStep(x, z);
  return x;
}

/** @param {Float32Array} from @param {number} n */
export function codeInverse(from, n) {
  const x = from.slice();
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < x.length; i++) {
      x[i] -= SHARE * x[i];
      x[i] -= SIGMA_MAX * x[i];
    }
  }
  return x;
}

/**
 * Errors to the picture over n steps: of its inverse of its own forward, and of the field's x_t.
 * @param {Float32Array} x0
 * @param {Float32Array} eps
 * @param {Float32Array} noised
 * @returns {{ own: [number, number][], field: [number, number][] }}
 */
export function errorsOverSteps(x0, eps, noised) {
  const x = x0.slice();
  const z = eps.slice();
  const y = new Float32Array(x0.length);
  const after = (/** @type {Float32Array} */ from, /** @type {number} */ n) => {
    const left = SHRINKS ** n; // the inverse multiplies, so one number stands for n of its steps
    for (let i = 0; i < y.length; i++) y[i] = left * from[i];
    return error(y, x0);
  };
  /** @type {[number, number][]} */
  const own = [];
  /** @type {[number, number][]} */
  const field = [];
  for (let n = 0; n <= STEPS; n++) {
    own.push([n, after(x, n)]);
    field.push([n, after(noised, n)]);
    forwardStep(x, z);
  }
  return { own, field };
}
