// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as levels from "../../../../playground/ui/tabs/noise/page/levels.js";

/** A path of levels from its angles. @param {(t: number) => number} angle */
function path(angle, last = 100) {
  const at = Array.from({ length: last + 1 }, (_, k) => k / last);
  return {
    alpha: Float64Array.from(at, (t) => Math.cos(angle(t))),
    sigma: Float64Array.from(at, (t) => (t ? Math.sin(angle(t)) : 0)),
  };
}
const even = path((t) => (t * Math.PI) / 2);
const near = (/** @type {number} */ a, /** @type {number} */ b, off = 1e-9) =>
  assert.ok(Math.abs(a - b) < off, `${a} is not ${b}`);

test("levels come as Python sends them: alphas, then sigmas", () => {
  const both = new Float64Array([1, 0.5, 0, 0, 0.5, 1]);
  const text = Buffer.from(both.buffer).toString("base64");
  const { alpha, sigma } = levels.levelsOf(text);
  assert.deepEqual([...alpha], [1, 0.5, 0]);
  assert.deepEqual([...sigma], [0, 0.5, 1]);
  assert.deepEqual(levels.levelAt({ alpha, sigma }, 0.6), [0.5, 0.5]);
});

test("between two steps the angle is even, at the steps it is theirs", () => {
  for (const t of [0, 0.123, 0.5, 0.999, 1]) {
    const [alpha, sigma] = levels.between(even, t);
    near(Math.atan2(sigma, alpha), (t * Math.PI) / 2, 1e-12);
    near(Math.hypot(alpha, sigma), 1, 1e-12);
  }
});

test("the t of a log-SNR is found under any schedule, and 1 where it never comes", () => {
  const short = path((t) => t); // ends at one radian
  for (const schedule of [even, short]) {
    for (const wanted of [6, 1, 0]) {
      const [alpha, sigma] = levels.between(schedule, levels.timeOf(schedule, wanted));
      near(levels.logSnr(alpha, sigma), wanted, 1e-6);
    }
  }
  assert.equal(levels.timeOf(short, -10), 1);
});

test("log-SNR is infinite at both ends, and curves leave such points out", () => {
  assert.equal(levels.logSnr(1, 0), Infinity);
  assert.equal(levels.logSnr(0, 1), -Infinity);
  const points = levels.curveOf(even, levels.logSnr, { unit: 100 });
  assert.ok(points.every(([x, y]) => x > 0 && Number.isFinite(y)));
  points.slice(1).forEach(([, y], i) => assert.ok(y < points[i][1]));
  const few = levels.curveOf(
    path((t) => t, 4000),
    (a) => a,
    { most: 50 },
  );
  assert.ok(few.length < 60);
  assert.equal(few[few.length - 1][0], 1);
});

test("numbers read as people write them", () => {
  assert.equal(levels.fixed(-1.25, 1), "−1.3");
  assert.equal(levels.fixed(Infinity, 2), "∞");
  assert.equal(levels.fixed(-Infinity, 2), "−∞");
});
