// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as quiz from "../../../../playground/ui/tabs/noise/page/quiz.js";
import {
  panelsOf,
  solution,
  solvedPanels,
} from "../../../../playground/ui/tabs/noise/page/quiz_texts.js";

const LEVELS = { alpha: new Float64Array([1, 1, 1]), sigma: new Float64Array([0, 1, 40]) };
const chances =
  (/** @type {number[]} */ ...values) =>
  () =>
    values.shift() ?? 0.5;

test("a guess of t has points by its distance, a choice all or none", () => {
  const level = quiz.levelQuestion(LEVELS, chances(0.5));
  const points = (/** @type {number} */ t) => quiz.pointsOf(level, { t, chosen: null });
  assert.equal(points(level.truth), quiz.MOST);
  assert.ok(Math.abs(points(level.truth + 0.1) - quiz.MOST / 2) < 1e-9);
  assert.equal(points(level.truth - 0.3), 0);
  const first = quiz.firstQuestion(LEVELS, chances(0.5, 0.5, 0.9));
  assert.equal(quiz.pointsOf(first, { t: 0, chosen: first.truth }), quiz.MOST);
  assert.equal(quiz.pointsOf(first, { t: 0, chosen: 1 - first.truth }), 0);
  assert.equal(quiz.pointsOf(first, { t: 0, chosen: null }), 0);
});

test("the one that came first has the smaller t, whichever is drawn", () => {
  for (let i = 0; i < 50; i++) {
    const { times, truth } = quiz.firstQuestion(LEVELS, Math.random);
    assert.ok(times[truth] < times[1 - truth]);
    assert.ok(times.every((t) => t >= 0.03 && t <= 0.95));
  }
});

test("three schedules are offered, each once", () => {
  for (let i = 0; i < 20; i++) {
    const names = quiz.threeNames(Math.random);
    assert.equal(new Set(names).size, 3);
    assert.ok(names.every((name) => quiz.OFFERED.includes(name)));
  }
});

test("panels hide the answer, and show it once it is told", () => {
  const level = quiz.levelQuestion(LEVELS, chances(0.5));
  assert.deepEqual(
    panelsOf(level).map(({ caption }) => caption),
    ["t = ?"],
  );
  assert.equal(solvedPanels(level, 0.2).length, 2);
  assert.match(solution(level, 0.2, String), /It was t = 0\.490; you said 0\.200/);
  const schedule = quiz.scheduleQuestion(["a", "b", "c"], [LEVELS, LEVELS, LEVELS], chances(0.4));
  assert.equal(schedule.truth, 1);
  assert.equal(panelsOf(schedule).length, quiz.TIMES.length);
  assert.match(
    solution(schedule, 0, (name) => `<${name}>`),
    /It was <b>/,
  );
});

test("where the variance explodes the picture keeps its scale", () => {
  const [alpha, sigma] = quiz.shownLevel(LEVELS, 1);
  assert.ok(Math.abs(Math.hypot(alpha, sigma) - 1) < 1e-12);
  assert.deepEqual(quiz.shownLevel(LEVELS, 0), [1, 0]);
});
