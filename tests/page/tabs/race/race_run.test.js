// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as race from "../../../../playground/ui/tabs/race/page/race_run.js";
import { lines, logTicks } from "../../../../playground/ui/tabs/race/page/race_plot.js";
import { finished, frame, news } from "./news.js";

test("news add frames once, and another run begins anew", () => {
  let run = race.grown(race.nothing(), news(), false);
  run = race.grown(run, news({ frames: [frame(0, 1, 2), frame(0, 0, 2)] }), false);
  assert.deepEqual(
    run.frames.map((lane) => lane.map((one) => one.index)),
    [[0, 1], [0]],
  );
  run = race.grown(run, news({ run: "b" }), false);
  assert.deepEqual(
    run.frames.map((lane) => lane.length),
    [1, 1],
  );
});

test("lanes are shown at the same share of their calls", () => {
  const run = race.grown(race.nothing(), finished(), false);
  assert.equal(race.reached(run), 1);
  assert.deepEqual(
    [0, 0.25, 0.5, 0.9, 1].map((share) => [0, 1].map((i) => race.frameAt(run, i, share)?.index)),
    [
      [0, 0],
      [0, 1],
      [1, 2],
      [1, 3],
      [2, 4],
    ],
  );
  run.frames[1].pop();
  assert.equal(race.reached(run), 0.75);
});

test("a distance is that of the newest measured step, and none before the first", () => {
  const { lanes, frames } = race.grown(race.nothing(), finished(), false);
  assert.deepEqual(
    frames[1].map((one) => race.distanceAt(lanes[1], one)),
    [null, null, 0.4, 0.4, 0.25],
  );
  assert.equal(race.distanceSaid(0.005, true), "0.0050");
  assert.equal(race.distanceSaid(0.25, false), "≈ 0.250");
});

test("what is busy is what more is to come of", () => {
  const stands = (/** @type {any} */ more, halted = false) =>
    race.stands(race.grown(race.nothing(), news(more), halted));
  assert.deepEqual(stands({}), { busy: true, done: "" });
  assert.deepEqual(stands({ lanes_done: true }), { busy: true, done: "lanes" });
  assert.deepEqual(stands({ lanes_done: true }, true), { busy: false, done: "lanes" });
  assert.deepEqual(stands({ made: { key: "made" } }), { busy: false, done: "" });
  const whole = race.stands(race.grown(race.nothing(), finished(), false));
  assert.deepEqual(whole, { busy: false, done: "all" });
});

test("the reference says what it costs, at every stage", () => {
  const { reference } = news();
  const said = (/** @type {any} */ more, how = {}) => race.costOf({ ...reference, ...more }, how);
  const under = { done: 200, total: 1100, left: 12.4 };
  assert.equal(said({}), "1,000 calls, after the lanes");
  assert.equal(said({ known: true }), "so far a rough one of 100 calls");
  assert.equal(said(under), "200 of 1,100 calls, 12 s left");
  assert.match(said({ ...under, known: true }), /^so far a rough one of 100 calls; 200 of 1,100/);
  assert.match(said(under, { halted: true }), /^stopped at 200 of 1,100 calls/);
  assert.equal(said({ ...under, known: true }, { resting: true }), "a rough one of 100 calls");
  assert.equal(said({ final: true }), "1,000 calls");
});

test("lines are dashed where chance is in them, and there are none without a reference", () => {
  assert.deepEqual(lines(race.grown(race.nothing(), news(), false), []), []);
  const found = lines(race.grown(race.nothing(), finished(), false), ["1 Euler", "2 DDPM"]);
  assert.deepEqual(
    found.map(({ name, x, y, line }) => [name, x, y, line.dash]),
    [
      ["1 Euler", [1, 2], [0.5, 0.005], "solid"],
      ["2 DDPM", [2, 4], [0.4, 0.25], "dash"],
    ],
  );
});

test("ticks of distances are few and round", () => {
  assert.deepEqual(logTicks([0.0084, 0.5]), [0.01, 0.03, 0.1, 0.3]);
  assert.deepEqual(logTicks([0.25, 0.9]), [0.3, 0.5, 0.7, 1]);
});
