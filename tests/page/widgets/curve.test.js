// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { LEAST_FALL, falling, pchip, put } from "../../../playground/ui/widgets/page/curve.js";

const knob = { low: -15, high: 15, step: 0.1 };

test("falling values fall by at least the least fall, and what falls stays", () => {
  const fell = falling([5, 6, 1, 1, -20]);
  fell.slice(1).forEach((value, k) => assert.ok(value <= fell[k] - LEAST_FALL + 1e-12));
  assert.ok(falling([3, 2, 1]).every((value, k) => Math.abs(value - (3 - k)) < 1e-12));
});

test("the cubic passes through its points and never rises between falling ones", () => {
  const points = falling([10, 9.9, 2, 1.9, -12]);
  const at = pchip(points);
  points.forEach((value, k) => assert.ok(Math.abs(at(k) - value) < 1e-9));
  for (let u = 0; u < 4; u += 0.01) assert.ok(at(u + 0.01) <= at(u) + 1e-9);
});

test("a point that is put makes others give way on both sides", () => {
  const after = put([10, 5, 0, -5], 1, -3, knob);
  assert.deepEqual(after.slice(0, 2), [10, -3]);
  assert.ok(after[2] < -3 && after[3] === -5);
  assert.ok(put([10, 5, 0, -5], 3, 8, knob).every((value) => value >= 8));
});
