// @ts-check
// How values are distributed: mean and spread, histogram, and how far two distributions are apart.

const BINS = 60;

/** @typedef {{ mean: number, sd: number }} Spread */
/**
 * @typedef {object} Law
 * @property {(v: number) => number} density
 * @property {(v: number) => number} cdf share of the values below
 */
/**
 * @typedef {object} Histogram
 * @property {Float64Array} density of each bin
 * @property {number[]} until share of all values below each edge
 */

/** Mean and standard deviation. @param {ArrayLike<number>} x @returns {Spread} */
export function spread(x) {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    sum += x[i];
    squares += x[i] * x[i];
  }
  const mean = sum / x.length;
  return { mean, sd: Math.sqrt(Math.max(0, squares / x.length - mean * mean)) };
}

/**
 * @param {ArrayLike<number>} x
 * @param {number} low
 * @param {number} high
 * @returns {Histogram}
 */
export function histogram(x, low, high) {
  const counts = new Float64Array(BINS);
  const scale = BINS / (high - low);
  let below = 0;
  for (let i = 0; i < x.length; i++) {
    const bin = Math.floor((x[i] - low) * scale);
    if (bin < 0) below++;
    else if (bin < BINS) counts[bin]++;
  }
  const until = [below];
  for (const count of counts) until.push(until[until.length - 1] + count);
  return {
    density: counts.map((count) => (count * scale) / x.length),
    until: until.map((count) => count / x.length),
  };
}

/** The edges of such a histogram's bins. @param {number} low @param {number} high */
export const edges = (low, high) =>
  Array.from({ length: BINS + 1 }, (_, i) => low + ((high - low) * i) / BINS);

/**
 * The largest gap of two cumulative shares, 0 to 1.
 * @param {number[]} one
 * @param {number[]} other
 */
export const apart = (one, other) => Math.max(...one.map((v, i) => Math.abs(v - other[i])));

/** The density of N(0, 1). @param {number} v */
export const bell = (v) => Math.exp((-v * v) / 2) / Math.sqrt(2 * Math.PI);

/** The bell curve as points. @param {number} span @returns {[number, number][]} */
export const bellCurve = (span) =>
  Array.from({ length: 141 }, (_, i) => {
    const v = -span + (i * span) / 70;
    return [v, bell(v)];
  });

/** Share of N(0, 1) below z; Abramowitz & Stegun 26.2.17, within 1e-7. @param {number} z */
export function normalCdf(z) {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const terms = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const tail = bell(z) * terms.reduce((sum, term) => (sum + term) * t, 0);
  return z > 0 ? 1 - tail : tail;
}

/** @param {Spread} about @returns {Law} */
export const gaussian = ({ mean, sd }) => ({
  cdf: (v) => normalCdf((v - mean) / sd),
  density: (v) => bell((v - mean) / sd) / sd,
});

/** The uniform distribution of this mean and spread. @param {Spread} about @returns {Law} */
export function uniform({ mean, sd }) {
  const half = Math.sqrt(3) * sd;
  return {
    cdf: (v) => Math.min(1, Math.max(0, (v - mean + half) / (2 * half))),
    density: (v) => (Math.abs(v - mean) < half ? 0.5 / half : 0),
  };
}

/**
 * How far values are from a Gaussian and from a uniform distribution of their mean and spread: the
 * largest gap of the cumulative shares.
 * @param {ArrayLike<number>} x
 * @param {Spread} about
 */
export function distances(x, about) {
  const low = about.mean - 4 * about.sd; // its own range, so that nothing lies outside
  const high = about.mean + 4 * about.sd;
  const { until } = histogram(x, low, high);
  const gap = (/** @type {Law} */ law) => apart(until, edges(low, high).map(law.cdf));
  return { bell: gap(gaussian(about)), flat: gap(uniform(about)) };
}
