// @ts-check
// The curve of the schedule `drawn`: log-SNR at evenly spaced t, joined as
// playground/diffusion/schedules/drawn.py joins them.

/** How far each point lies below the one before at least. */
export const LEAST_FALL = 0.05;

/**
 * Return the values with every one at least LEAST_FALL below the one before.
 * @param {number[]} values
 */
export function falling(values) {
  let top = Infinity;
  return values.map((value, k) => {
    top = Math.min(top, value + LEAST_FALL * k);
    return top - LEAST_FALL * k;
  });
}

/**
 * Return the monotone cubic through these values at 0, 1, 2, ... (PCHIP; Fritsch & Butland 1984).
 * @param {number[]} y
 * @returns {(at: number) => number}
 */
export function pchip(y) {
  const last = y.length - 1;
  const rise = y.slice(1).map((value, k) => value - y[k]);
  const inner = rise
    .slice(1)
    .map((b, k) => (b * rise[k] > 0 ? (2 * b * rise[k]) / (b + rise[k]) : 0));
  const slope = [end(rise[0], rise[1]), ...inner, end(rise[last - 1], rise[last - 2])];
  return (at) => {
    const k = Math.min(Math.floor(at), last - 1);
    const u = at - k;
    const v = 1 - u;
    return (
      v * v * (1 + 2 * u) * y[k] +
      u * u * (1 + 2 * v) * y[k + 1] +
      u * v * (v * slope[k] - u * slope[k + 1])
    );
  };
}

/** @param {number} a the rise at this end @param {number} b the rise beside it */
function end(a, b) {
  const slope = (3 * a - b) / 2;
  if (slope * a <= 0) return 0;
  return a * b < 0 && Math.abs(slope) > 3 * Math.abs(a) ? 3 * a : slope;
}

/**
 * Return the values after point `k` was put at `value`: what lies in its way makes way.
 * @param {number[]} values
 * @param {number} k
 * @param {number} value
 * @param {{ low: number, high: number, step: number }} knob
 */
export function put(values, k, value, knob) {
  const step = Math.max(knob.step, 0.1);
  return values.map((before, j) => {
    const bound = value - LEAST_FALL * 2 * (j - k);
    const now = j === k ? value : j < k ? Math.max(before, bound) : Math.min(before, bound);
    const fits = Math.min(knob.high, Math.max(knob.low, Math.round(now / step) * step));
    return Math.abs(fits - before) > 1e-9 ? +fits.toFixed(4) : before;
  });
}
