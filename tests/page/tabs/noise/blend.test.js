// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blend,
  countValues,
  wholeNoise,
  wholePicture,
} from "../../../../playground/ui/tabs/noise/page/blend.js";
import { normalStream } from "../../../../playground/ui/tabs/noise/page/torch_noise.js";

const PIXELS = 4096;

function source(seed = 0) {
  const rgba = Uint8ClampedArray.from({ length: 4 * PIXELS }, (_, i) => (i * 37) % 256);
  const eps = normalStream(seed).normals(new Float32Array(3 * PIXELS));
  return { rgba, source: { x: wholePicture(rgba), e: wholeNoise(eps), eps } };
}

/** alpha x0 + sigma eps as bytes, in fractions. */
function exact(
  /** @type {ReturnType<typeof source>} */ { rgba, source: { eps } },
  /** @type {number} */ alpha,
  /** @type {number} */ sigma,
) {
  const out = new Uint8ClampedArray(4 * PIXELS);
  for (let i = 0; i < PIXELS; i++) {
    for (let c = 0; c < 3; c++) {
      const x = rgba[4 * i + c] / 127.5 - 1;
      out[4 * i + c] = 127.5 * (alpha * x + sigma * eps[c * PIXELS + i]) + 127.5;
    }
  }
  return out;
}

test("the first numbers are torch's for the seed", () => {
  // torch.randn(16, generator=torch.Generator().manual_seed(0)); likewise for 7
  const first = [-1.1258398294448853, -1.152360200881958, -0.2505785822868347];
  const drawn = normalStream(0).normals(new Float32Array(16));
  first.forEach((value, i) => assert.ok(Math.abs(drawn[i] - value) < 1e-5, `${drawn[i]}`));
  const other = normalStream(1).normals(new Float32Array(16));
  assert.ok(other.some((value, i) => value !== drawn[i]));
});

test("whole numbers blend as fractions do, within one 255th, at small and at large sigma", () => {
  const made = source(3);
  for (const [alpha, sigma] of [
    [1, 0],
    [0.887, 0.462],
    [0, 1],
    [1, 80],
  ]) {
    const out = new Uint8ClampedArray(4 * PIXELS);
    blend(out, made.source, alpha, sigma);
    const wanted = exact(made, alpha, sigma);
    for (let i = 0; i < out.length; i++) {
      if (i % 4 < 3) assert.ok(Math.abs(out[i] - wanted[i]) <= 1, `${alpha} ${sigma} at ${i}`);
    }
  }
});

test("pure noise is counted as the bell curve, scaled back where the variance explodes", () => {
  const made = source(1).source;
  const counts = new Float32Array(12);
  for (const [alpha, sigma, radius] of [
    [0, 1, 1],
    [1, 20, Math.hypot(1, 20)],
  ]) {
    assert.ok(Math.abs(countValues(counts, made, alpha, sigma, 3) - radius) < 1e-9);
    const width = 0.5;
    const total = counts.reduce((sum, height) => sum + height * width, 0);
    assert.ok(Math.abs(total - 0.997) < 0.01, `${total}`);
    assert.ok(Math.abs(counts[5] - 0.387) < 0.08, `${counts[5]}`);
  }
});
