// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as dist from "../../../../playground/ui/tabs/noise/page/distributions.js";
import { normalStream } from "../../../../playground/ui/tabs/noise/page/torch_noise.js";

const normal = normalStream(5).normals(new Float32Array(40000));
const flat = Float32Array.from({ length: 40000 }, (_, i) => (2 * i) / 40000 - 1);

test("mean, spread and histogram are those of the values", () => {
  const { mean, sd } = dist.spread([1, 3, 5]);
  assert.equal(mean, 3);
  assert.ok(Math.abs(sd - Math.sqrt(8 / 3)) < 1e-12);
  const { density, until } = dist.histogram(flat, -1, 1);
  assert.ok(density.every((height) => Math.abs(height - 0.5) < 0.01));
  assert.ok(until.every((share, i) => Math.abs(share - i / 60) < 0.001));
});

test("the cumulative bell is right within 1e-7", () => {
  for (const [z, share] of [
    [0, 0.5],
    [1, 0.8413447461],
    [-1.96, 0.0249978951],
  ]) {
    assert.ok(Math.abs(dist.normalCdf(z) - share) < 1e-7);
  }
});

test("normal values are near a Gaussian, even ones near a uniform distribution", () => {
  const bell = dist.distances(normal, dist.spread(normal));
  assert.ok(bell.bell < 0.01 && bell.flat > 0.04, JSON.stringify(bell));
  const even = dist.distances(flat, dist.spread(flat));
  assert.ok(even.flat < 0.03 && even.bell > 0.04, JSON.stringify(even));
});
