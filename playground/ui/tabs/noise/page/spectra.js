// @ts-check
// The mean power of the picture, of its noise, and of both together, in rings of the plane of
// frequencies, from which that of every x_t follows: alpha^2 P + sigma^2 N + 2 alpha sigma C.
// One complex transform holds both: its real part is the picture, its imaginary part the noise.

/**
 * Power at 1, 2, ... waves a picture.
 * @typedef {object} Spectra
 * @property {Float64Array} picture
 * @property {Float64Array} noise
 * @property {Float64Array} both
 */

/**
 * Return the power of x_t in each ring.
 * @param {Spectra} spectra
 * @param {number} alpha
 * @param {number} sigma
 */
export const powerOf = ({ picture, noise, both }, alpha, sigma) =>
  picture.map((p, i) => alpha ** 2 * p + sigma ** 2 * noise[i] + 2 * alpha * sigma * both[i]);

/**
 * Return how many waves a picture are still seen: in finer ones the noise is the stronger, in two
 * rings one after the other; null where nothing is drowned.
 * @param {Spectra} spectra
 * @param {number} alpha
 * @param {number} sigma
 */
export function drownedFrom({ picture }, alpha, sigma) {
  if (sigma === 0) return null;
  const isWeak = (/** @type {number} */ i) => alpha ** 2 * (picture[i] ?? 0) < sigma ** 2;
  const first = picture.findIndex((_, i) => isWeak(i) && isWeak(i + 1));
  return first < 0 ? null : first + 1;
}

/**
 * Work the spectra out, and yield null between pieces of work, in which the page may do other
 * things; at last the spectra.
 * @param {Int16Array} x the picture's whole numbers, four a pixel
 * @param {Float32Array} eps planes
 * @param {number} n pixels a side, 2^k
 * @returns {Generator<Spectra | null>}
 */
export function* spectraOf(x, eps, n) {
  const pixels = n * n;
  const line = fourier(n);
  const re = new Float32Array(pixels);
  const im = new Float32Array(pixels);
  const rings = ringsOf(n);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < pixels; i++) re[i] = x[4 * i + c] / 255;
    im.set(eps.subarray(c * pixels, (c + 1) * pixels));
    for (const [step, stride] of [
      [n, 1],
      [1, n],
    ]) {
      for (let i = 0; i < n; i++) {
        line(re, im, i * step, stride);
        if (i % 64 === 63) yield null;
      }
    }
    rings.add(re, im);
    yield null;
  }
  yield rings.means();
}

/**
 * Return a function that transforms one line of n numbers in place.
 * @param {number} n
 */
function fourier(n) {
  const bits = Math.log2(n);
  const cos = Float64Array.from({ length: n / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / n));
  const sin = Float64Array.from({ length: n / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / n));
  const lineRe = new Float64Array(n);
  const lineIm = new Float64Array(n);
  const reversed = Uint32Array.from({ length: n }, (_, i) => {
    let j = 0;
    for (let b = 0; b < bits; b++) j |= ((i >> b) & 1) << (bits - 1 - b);
    return j;
  });

  /** @param {number} half @param {number} turn @param {number} block */
  function butterflies(half, turn, block) {
    for (let i = 0; i < half; i++) {
      const c = cos[i * turn];
      const s = sin[i * turn];
      const a = block + i;
      const b = a + half;
      const r = lineRe[b] * c + lineIm[b] * s;
      const m = lineIm[b] * c - lineRe[b] * s;
      lineRe[b] = lineRe[a] - r;
      lineIm[b] = lineIm[a] - m;
      lineRe[a] += r;
      lineIm[a] += m;
    }
  }

  /**
   * @param {Float32Array} re
   * @param {Float32Array} im
   * @param {number} start
   * @param {number} stride
   */
  return (re, im, start, stride) => {
    for (let i = 0; i < n; i++) {
      lineRe[reversed[i]] = re[start + i * stride];
      lineIm[reversed[i]] = im[start + i * stride];
    }
    for (let size = 2; size <= n; size *= 2) {
      for (let block = 0; block < n; block += size) butterflies(size / 2, n / size, block);
    }
    for (let i = 0; i < n; i++) {
      re[start + i * stride] = lineRe[i];
      im[start + i * stride] = lineIm[i];
    }
  };
}

/** Sums over rings of frequencies, of planes of n x n. @param {number} n */
function ringsOf(n) {
  const bands = n / 2;
  const found = {
    picture: new Float64Array(bands),
    noise: new Float64Array(bands),
    both: new Float64Array(bands),
  };
  const count = new Float64Array(bands);
  return {
    /** @param {Float32Array} re @param {Float32Array} im */
    add(re, im) {
      for (let v = 0; v < n; v++) {
        for (let u = 0; u < n; u++) {
          const far = Math.hypot(u > n / 2 ? u - n : u, v > n / 2 ? v - n : v);
          const ring = Math.round(far) - 1;
          if (ring < 0 || ring >= bands) continue;
          const k = v * n + u;
          const m = ((n - v) % n) * n + ((n - u) % n); // its mirror tells both parts apart
          const pr = (re[k] + re[m]) / 2;
          const pi = (im[k] - im[m]) / 2;
          const nr = (im[k] + im[m]) / 2;
          const ni = (re[m] - re[k]) / 2;
          found.picture[ring] += pr * pr + pi * pi;
          found.noise[ring] += nr * nr + ni * ni;
          found.both[ring] += pr * nr + pi * ni;
          count[ring]++;
        }
      }
    },
    means() {
      for (const sums of Object.values(found)) {
        for (let i = 0; i < bands; i++) sums[i] /= count[i] * n * n;
      }
      return found;
    },
  };
}
