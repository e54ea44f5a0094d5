// x_t = alpha x0 + sigma eps into the bytes of a canvas, in whole numbers: a third of the time that
// fractions take. x0 is kept as 2 v - 255 (v a byte) and eps as 2048ths, both four values a pixel.
const EPS_UNIT = 2048, COARSE = 4; // sigma above which a 2048th of the noise would be seen

function whole_picture(rgba) {
  return Int16Array.from(rgba, (v) => 2 * v - 255);
}

function whole_noise(eps, pixels) { // planes as torch has them -> four values a pixel
  const out = new Int16Array(pixels * 4);
  for (let c = 0; c < 3; c++) {
    for (let i = 0, j = c, k = c * pixels; i < pixels; i++, j += 4, k++) out[j] = Math.round(eps[k] * EPS_UNIT);
  }
  return out;
}

function blend(out, source, alpha, sigma) { // out: Uint8ClampedArray, which clips
  const { x, e } = source, n = out.length;
  if (sigma >= COARSE) { blend_exactly(out, source, alpha, sigma); return; }
  const a = Math.round(alpha * 32768), s = Math.round(sigma * 127.5 * 65536 / EPS_UNIT), half = 127.5 * 65536 + 32768;
  for (let j = 0; j < n; j += 4) {
    out[j] = (Math.imul(a, x[j]) + Math.imul(s, e[j]) + half) >> 16;
    out[j + 1] = (Math.imul(a, x[j + 1]) + Math.imul(s, e[j + 1]) + half) >> 16;
    out[j + 2] = (Math.imul(a, x[j + 2]) + Math.imul(s, e[j + 2]) + half) >> 16;
  }
}

function blend_exactly(out, { x, eps }, alpha, sigma) {
  const pixels = out.length / 4, a = alpha / 2, s = sigma * 127.5;
  for (let i = 0, j = 0; i < pixels; i++, j += 4) {
    out[j] = a * x[j] + s * eps[i] + 127.5;
    out[j + 1] = a * x[j + 1] + s * eps[i + pixels] + 127.5;
    out[j + 2] = a * x[j + 2] + s * eps[i + 2 * pixels] + 127.5;
  }
}

// A canvas that shows blends of one size; it has no alpha, so that nothing lies beneath it.
function screen(canvas, side) {
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d", { alpha: false }), image = new ImageData(side, side);
  image.data.fill(255);
  return {
    bytes: image.data,
    show: () => pen.putImageData(image, 0, 0),
    blend(source, alpha, sigma) { blend(image.data, source, alpha, sigma); pen.putImageData(image, 0, 0); },
  };
}
