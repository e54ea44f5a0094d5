// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePicture } from "../../../../playground/ui/tabs/noise/page/blend.js";
import {
  drownedFrom,
  powerOf,
  spectraOf,
} from "../../../../playground/ui/tabs/noise/page/spectra.js";
import { normalStream } from "../../../../playground/ui/tabs/noise/page/torch_noise.js";

const N = 64;

/** The spectra of a picture that waves so often from left to right. @param {number} waves */
function spectra(waves) {
  const rgba = new Uint8ClampedArray(4 * N * N);
  for (let i = 0; i < N * N; i++) {
    rgba.fill(127.5 + 100 * Math.cos((2 * Math.PI * waves * (i % N)) / N), 4 * i, 4 * i + 4);
  }
  const eps = normalStream(0).normals(new Float32Array(3 * N * N));
  for (const made of spectraOf(wholePicture(rgba), eps, N)) if (made) return made;
  throw new Error("no spectra");
}

test("a wave stands in its own ring, and noise in all alike", () => {
  const { picture, noise } = spectra(5);
  assert.equal(picture.length, N / 2);
  const rest = picture.filter((_, i) => i !== 4);
  assert.ok(picture[4] > 100 * Math.max(...rest));
  const mean = noise.reduce((sum, v) => sum + v, 0) / noise.length;
  assert.ok(Math.abs(mean - 1) < 0.1, `${mean}`);
});

test("the power of x_t follows from both: the picture's alone without noise", () => {
  const made = spectra(3);
  assert.deepEqual(powerOf(made, 1, 0), made.picture);
  const mixed = powerOf(made, 0.6, 0.8);
  const expected = 0.36 * made.picture[2] + 0.64 * made.noise[2] + 0.96 * made.both[2];
  assert.ok(Math.abs(mixed[2] - expected) < 1e-9);
});

test("drowned is where the noise is the stronger in two rings one after the other", () => {
  const picture = new Float64Array([100, 10, 1, 4, 0.5, 0.4, 0.3]);
  const noise = new Float64Array(7).fill(1);
  const all = { picture, noise, both: new Float64Array(7) };
  assert.equal(drownedFrom(all, 1, 0), null);
  assert.equal(drownedFrom(all, 1, 1.1), 5); // the third is weak, but the fourth is not
  assert.equal(drownedFrom(all, 0, 1), 1);
});
