// What the views share that compute with fractions: the picture at a quarter of its pixels, as
// planes from -1 to 1, statistics of such planes, and their histogram.
export const SMALL = 256, VALUES = 3 * SMALL * SMALL, BINS = 60;

export function small_picture(x, side) { // whole numbers, four a pixel -> means of 2 x 2 pixels
  const out = new Float32Array(VALUES), step = side / SMALL, n = SMALL * SMALL;
  for (let c = 0; c < 3; c++) {
    for (let v = 0, k = c * n; v < SMALL; v++) {
      for (let u = 0; u < SMALL; u++, k++) {
        const at = (dv, du) => x[4 * ((v * step + dv) * side + u * step + du) + c];
        out[k] = (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 1020;
      }
    }
  }
  return out;
}

export function show(screen, x, scale = 1) { // planes -> the canvas; values beyond -1 and 1 are cut off
  const out = screen.bytes, n = SMALL * SMALL, k = 127.5 / scale;
  for (let i = 0, j = 0; i < n; i++, j += 4) {
    out[j] = k * x[i] + 127.5;
    out[j + 1] = k * x[i + n] + 127.5;
    out[j + 2] = k * x[i + 2 * n] + 127.5;
  }
  screen.show();
}

export function spread(x) { // mean and standard deviation
  let sum = 0, squares = 0;
  for (let i = 0; i < x.length; i++) { sum += x[i]; squares += x[i] * x[i]; }
  const mean = sum / x.length;
  return { mean, sd: Math.sqrt(Math.max(0, squares / x.length - mean * mean)) };
}

export function histogram(x, low, high) { // densities, and the counts of all values below each edge
  const counts = new Float64Array(BINS), scale = BINS / (high - low);
  let below = 0;
  for (let i = 0; i < x.length; i++) {
    const bin = Math.floor((x[i] - low) * scale);
    if (bin < 0) below++; else if (bin < BINS) counts[bin]++;
  }
  const until = [below];
  for (const c of counts) until.push(until[until.length - 1] + c);
  return { density: counts.map((c) => c * scale / x.length), until: until.map((c) => c / x.length) };
}

export function apart(one, other) { // the largest gap between two cumulative shares, 0 to 1
  return Math.max(...one.map((v, i) => Math.abs(v - other[i])));
}

export function error(x, x0) { // root of the mean square, in 255ths
  let sum = 0;
  for (let i = 0; i < x.length; i++) { const d = Math.max(-1, Math.min(1, x[i])) - x0[i]; sum += d * d; }
  return Math.sqrt(sum / x.length) * 127.5;
}

export const normal_cdf = (z) => { // Abramowitz & Stegun 26.2.17, within 1e-7
  const t = 1 / (1 + 0.2316419 * Math.abs(z)), tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
};
export const edges = (low, high) => Array.from({ length: BINS + 1 }, (_, i) => low + (high - low) * i / BINS);
