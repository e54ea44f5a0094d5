// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as formulas from "../../../../playground/ui/tabs/noise/page/article_formulas.js";
import { spread } from "../../../../playground/ui/tabs/noise/page/distributions.js";
import { VALUES, error } from "../../../../playground/ui/tabs/noise/page/small_pictures.js";
import { normalStream } from "../../../../playground/ui/tabs/noise/page/torch_noise.js";

const x0 = Float32Array.from({ length: VALUES }, (_, i) => Math.sin(i / 50));
const eps = normalStream(0).normals(new Float32Array(VALUES));

test("the walk's variance grows by the same at every step, and steps stay as they were", () => {
  const walked = formulas.randomWalk(x0, normalStream(1));
  const variance = (/** @type {number} */ n) => spread(walked(n)).sd ** 2;
  const steps = [4, 8].map((n) => (variance(n) - variance(0)) / n);
  for (const one of steps) assert.ok(Math.abs(one - formulas.WALK ** 2) < 0.01, `${one}`);
  assert.equal(walked(4), walked(4));
  assert.equal(walked(0), x0);
});

test("its inverse shrinks picture and noise alike, to plain grey", () => {
  const back = formulas.codeInverse(eps, 3);
  back.forEach((v, i) => assert.ok(Math.abs(v - formulas.SHRINKS ** 3 * eps[i]) < 1e-5));
  const grey = error(new Float32Array(VALUES), x0);
  const shrunk = error(formulas.codeInverse(formulas.codeForward(x0, eps, 2), 20), x0);
  assert.ok(Math.abs(shrunk - grey) < 1, `${shrunk} ${grey}`);
});

test("errors over the steps are those of the steps themselves", () => {
  const noised = x0.map((v, i) => 0.5 * v + 0.8 * eps[i]);
  const { own, field } = formulas.errorsOverSteps(x0, eps, noised);
  for (const n of [0, 1, 7]) {
    const back = formulas.codeInverse(formulas.codeForward(x0, eps, n), n);
    assert.ok(Math.abs(own[n][1] - error(back, x0)) < 1e-3);
    assert.ok(Math.abs(field[n][1] - error(formulas.codeInverse(noised, n), x0)) < 1e-3);
  }
  assert.equal(own.length, formulas.STEPS + 1);
});
