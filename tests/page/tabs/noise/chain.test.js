// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { SIDE, wholeNoise } from "../../../../playground/ui/tabs/noise/page/blend.js";
import { CHANCE, chainOf, transition } from "../../../../playground/ui/tabs/noise/page/chain.js";
import { levelAt } from "../../../../playground/ui/tabs/noise/page/levels.js";
import { normalStream } from "../../../../playground/ui/tabs/noise/page/torch_noise.js";

const FLOW = {
  alpha: Float64Array.from({ length: 101 }, (_, k) => 1 - k / 100),
  sigma: Float64Array.from({ length: 101 }, (_, k) => k / 100),
};

test("transitions in a row are one transition: the levels are a chain of Gaussians", () => {
  const [a, b, c] = [0.1, 0.4, 0.9].map((t) => levelAt(FLOW, t));
  const [one, two] = [transition(a, b), transition(b, c)];
  const both = transition(a, c);
  assert.ok(Math.abs(one.keep * two.keep - both.keep) < 1e-12);
  assert.ok(Math.abs((one.add * two.keep) ** 2 + two.add ** 2 - both.add ** 2) < 1e-12);
  assert.deepEqual(transition([0, 1], [0, 1]), { keep: 0, add: 1 }); // nothing of it is left
});

test("after seven of ten steps both ways have the level of the schedule, by other noise", () => {
  const eps = normalStream(0).normals(new Float32Array(3 * SIDE * SIDE));
  const x = Int16Array.from({ length: 4 * SIDE * SIDE }, (_, i) => 2 * ((i >> 9) % 256) - 255);
  const source = { x, e: wholeNoise(eps), eps };
  const chain = chainOf({ source, levels: FLOW, seed: 0 }, 10);
  for (let k = 0; k < 7; k++) chain.step();
  assert.equal(chain.k(), 7);
  const { steps, jumped, jump, gap } = chain.compare();
  for (const way of [steps, jumped]) {
    assert.ok(Math.abs(way.share - 0.3) < 0.02, `${way.share}`);
    assert.ok(Math.abs(way.sd - 0.7) < 0.01, `${way.sd}`);
  }
  assert.ok(gap > 0 && gap < 2 * CHANCE, `${gap}`);
  assert.ok(chain.x.some((value, i) => Math.abs(value - jump[i]) > 0.5));
  for (let k = 0; k < 3; k++) assert.ok(chain.step());
  assert.equal(chain.step(), null);
});
