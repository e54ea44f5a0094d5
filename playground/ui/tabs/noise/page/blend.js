// @ts-check
// x_t = alpha x0 + sigma eps into the bytes of a canvas, in whole numbers: a third of the time that
// fractions take. x0 is kept as 2 v - 255 (v a byte) and eps as 2048ths, both four values a pixel.

/** Pixels a side of the picture and of its noise. */
export const SIDE = 512;
const PIXELS = SIDE * SIDE;
const EPS_UNIT = 2048;
const COARSE = 4; // sigma above which a 2048th of the noise would be seen

/**
 * @typedef {object} Source
 * @property {Int16Array} x the picture in whole numbers
 * @property {Int16Array} e the noise in whole numbers
 * @property {Float32Array} eps the noise, plane after plane as torch has it
 */

/** No picture: noise alone is blended with it. */
export const NOTHING = new Int16Array(PIXELS * 4);

/** @param {Uint8ClampedArray} rgba */
export const wholePicture = (rgba) => Int16Array.from(rgba, (v) => 2 * v - 255);

/** @param {Float32Array} eps planes */
export function wholeNoise(eps) {
  const pixels = eps.length / 3;
  const out = new Int16Array(pixels * 4);
  for (let c = 0; c < 3; c++) {
    for (let i = 0, j = c, k = c * pixels; i < pixels; i++, j += 4, k++) {
      out[j] = Math.round(eps[k] * EPS_UNIT);
    }
  }
  return out;
}

/**
 * Write x_t as bytes, four a pixel; the fourth is left as it is.
 * @param {Uint8ClampedArray} out
 * @param {Source} source
 * @param {number} alpha
 * @param {number} sigma
 */
export function blend(out, source, alpha, sigma) {
  if (sigma >= COARSE) blendExactly(out, source, alpha, sigma);
  else {
    const { x, e } = source;
    const a = Math.round(alpha * 32768);
    const s = Math.round((sigma * 127.5 * 65536) / EPS_UNIT);
    const half = 127.5 * 65536 + 32768;
    for (let j = 0; j < out.length; j += 4) {
      out[j] = (Math.imul(a, x[j]) + Math.imul(s, e[j]) + half) >> 16;
      out[j + 1] = (Math.imul(a, x[j + 1]) + Math.imul(s, e[j + 1]) + half) >> 16;
      out[j + 2] = (Math.imul(a, x[j + 2]) + Math.imul(s, e[j + 2]) + half) >> 16;
    }
  }
}

/**
 * @param {Uint8ClampedArray} out
 * @param {Source} source
 * @param {number} alpha
 * @param {number} sigma
 */
function blendExactly(out, { x, eps }, alpha, sigma) {
  const pixels = out.length / 4;
  const a = alpha / 2;
  const s = sigma * 127.5;
  for (let i = 0, j = 0; i < pixels; i++, j += 4) {
    out[j] = a * x[j] + s * eps[i] + 127.5;
    out[j + 1] = a * x[j + 1] + s * eps[i + pixels] + 127.5;
    out[j + 2] = a * x[j + 2] + s * eps[i + 2 * pixels] + 127.5;
  }
}

/**
 * Count values of x_t, every seventh pixel's one channel after the other, as densities.
 * @param {Float32Array} counts filled anew; even bins from -span to span
 * @param {Source} source
 * @param {number} alpha
 * @param {number} sigma
 * @param {number} span
 * @returns {number} the radius by which the values were divided where the variance explodes
 */
export function countValues(counts, { x, e }, alpha, sigma, span) {
  const scale = Math.max(1, Math.hypot(alpha, sigma));
  const bins = counts.length;
  const width = (2 * span) / bins;
  const ka = alpha / (255 * scale * width);
  const ks = sigma / (EPS_UNIT * scale * width);
  let seen = 0;
  counts.fill(0);
  for (let i = 0, c = 0; i < x.length; i += 28, c = c === 2 ? 0 : c + 1, seen++) {
    const bin = Math.floor(ka * x[i + c] + ks * e[i + c] + bins / 2);
    if (bin >= 0 && bin < bins) counts[bin]++;
  }
  for (let i = 0; i < bins; i++) counts[i] /= seen * width;
  return scale;
}

/**
 * A canvas that shows blends of one size; it has no alpha, so that nothing lies beneath it.
 * @param {HTMLCanvasElement} canvas
 * @param {number} side
 */
export function screen(canvas, side) {
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d", { alpha: false });
  const image = new ImageData(side, side);
  image.data.fill(255);
  const show = () => pen?.putImageData(image, 0, 0);
  return {
    bytes: image.data,
    show,
    /** @param {Source} source @param {number} alpha @param {number} sigma */
    blend(source, alpha, sigma) {
      blend(image.data, source, alpha, sigma);
      show();
    },
  };
}

/** @typedef {ReturnType<typeof screen>} Screen */
