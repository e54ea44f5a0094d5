// The mean power of the picture, of its noise, and of both together, in rings of the plane of
// frequencies, from which that of every x_t follows: alpha^2 P + sigma^2 N + 2 alpha sigma C.
// One complex transform holds both: its real part is the picture, its imaginary part the noise.
function fourier(re, im, n, start, stride, cos, sin, line_re, line_im) { // in place, n = 2^k
  const bits = Math.log2(n);
  for (let i = 0; i < n; i++) {
    let j = 0;
    for (let b = 0; b < bits; b++) j |= ((i >> b) & 1) << (bits - 1 - b);
    line_re[j] = re[start + i * stride];
    line_im[j] = im[start + i * stride];
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2, turn = n / size;
    for (let block = 0; block < n; block += size) {
      for (let i = 0; i < half; i++) {
        const c = cos[i * turn], s = sin[i * turn], a = block + i, b = a + half;
        const r = line_re[b] * c + line_im[b] * s, m = line_im[b] * c - line_re[b] * s;
        line_re[b] = line_re[a] - r; line_im[b] = line_im[a] - m;
        line_re[a] += r; line_im[a] += m;
      }
    }
  }
  for (let i = 0; i < n; i++) { re[start + i * stride] = line_re[i]; im[start + i * stride] = line_im[i]; }
}

// x: the picture's whole numbers, four a pixel; eps: planes. A generator, that the page may pause.
function* spectra(x, eps, n) {
  const pixels = n * n, bands = n / 2, out = { picture: new Float64Array(bands), noise: new Float64Array(bands), both: new Float64Array(bands) };
  const cos = Float64Array.from({ length: n / 2 }, (_, i) => Math.cos(2 * Math.PI * i / n));
  const sin = Float64Array.from({ length: n / 2 }, (_, i) => Math.sin(2 * Math.PI * i / n));
  const re = new Float32Array(pixels), im = new Float32Array(pixels), count = new Float64Array(bands);
  const line_re = new Float64Array(n), line_im = new Float64Array(n);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < pixels; i++) re[i] = x[4 * i + c] / 255;
    im.set(eps.subarray(c * pixels, (c + 1) * pixels));
    for (const [step, stride] of [[n, 1], [1, n]]) {
      for (let i = 0; i < n; i++) {
        fourier(re, im, n, i * step, stride, cos, sin, line_re, line_im);
        if (i % 64 === 63) yield null;
      }
    }
    for (let v = 0; v < n; v++) {
      for (let u = 0; u < n; u++) {
        const ring = Math.round(Math.hypot(u > n / 2 ? u - n : u, v > n / 2 ? v - n : v)) - 1;
        if (ring < 0 || ring >= bands) continue;
        const k = v * n + u, m = ((n - v) % n) * n + ((n - u) % n);
        const pr = (re[k] + re[m]) / 2, pi = (im[k] - im[m]) / 2, nr = (im[k] + im[m]) / 2, ni = (re[m] - re[k]) / 2;
        out.picture[ring] += pr * pr + pi * pi;
        out.noise[ring] += nr * nr + ni * ni;
        out.both[ring] += pr * nr + pi * ni;
        count[ring]++;
      }
    }
    yield null;
  }
  for (const values of Object.values(out)) for (let i = 0; i < bands; i++) values[i] /= count[i] * pixels;
  yield out;
}
