// @ts-check
// What the views share that compute with fractions: the picture and its noise at a quarter of their
// pixels, as planes, the picture from -1 to 1.
import { SIDE } from "./blend.js";

export const SMALL = 256;
const PIXELS = SMALL * SMALL;
export const VALUES = 3 * PIXELS;

/** Means of 2 x 2 pixels. @param {Int16Array} x whole numbers, four a pixel */
export function smallPicture(x) {
  const out = new Float32Array(VALUES);
  const step = SIDE / SMALL;
  for (let c = 0; c < 3; c++) {
    for (let v = 0, k = c * PIXELS; v < SMALL; v++) {
      for (let u = 0; u < SMALL; u++, k++) {
        const at = (/** @type {number} */ dv, /** @type {number} */ du) =>
          x[4 * ((v * step + dv) * SIDE + u * step + du) + c];
        out[k] = (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 1020;
      }
    }
  }
  return out;
}

/** Every second row and column: white again. @param {Float32Array} eps planes */
export function smallNoise(eps) {
  const out = new Float32Array(VALUES);
  for (let c = 0, k = 0; c < 3; c++) {
    for (let v = 0; v < SMALL; v++) {
      for (let u = 0; u < SMALL; u++) out[k++] = eps[(c * SIDE + 2 * v) * SIDE + 2 * u];
    }
  }
  return out;
}

/**
 * alpha x0 + sigma eps.
 * @param {Float32Array} x0
 * @param {Float32Array} eps
 * @param {number} alpha
 * @param {number} sigma
 */
export function mixed(x0, eps, alpha, sigma) {
  const out = new Float32Array(VALUES);
  for (let i = 0; i < VALUES; i++) out[i] = alpha * x0[i] + sigma * eps[i];
  return out;
}

/**
 * Show planes; values beyond -1 and 1 are cut off.
 * @param {import("./blend.js").Screen} screen
 * @param {Float32Array} x
 */
export function show(screen, x) {
  const out = screen.bytes;
  for (let i = 0, j = 0; i < PIXELS; i++, j += 4) {
    out[j] = 127.5 * x[i] + 127.5;
    out[j + 1] = 127.5 * x[i + PIXELS] + 127.5;
    out[j + 2] = 127.5 * x[i + 2 * PIXELS] + 127.5;
  }
  screen.show();
}

/** Root of the mean square, in 255ths. @param {Float32Array} x @param {Float32Array} x0 */
export function error(x, x0) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (Math.max(-1, Math.min(1, x[i])) - x0[i]) ** 2;
  return Math.sqrt(sum / x.length) * 127.5;
}
