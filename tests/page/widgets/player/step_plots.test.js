// @ts-check
import { pens } from "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { make } from "../../../../playground/ui/page/kit/dom.js";
import {
  askedPlot,
  effectivePlot,
  placed,
} from "../../../../playground/ui/widgets/player/page/step_plots.js";
import { frame } from "./frames.js";

test("the calls of one step stand side by side within it", () => {
  const calls = placed([
    [1, 0, 0],
    [2, 1, 1],
    [2, 3, 4],
  ]);
  assert.deepEqual(
    calls.map((one) => one.at),
    [0.5, 1.25, 1.75],
  );
  assert.deepEqual(calls[2], { step: 2, low: 3, high: 4, at: 1.75 });
});

test("every call is a dot, and the guided levels are named", () => {
  const pen = pens();
  const plot = askedPlot(make("canvas", {}), new AbortController().signal);
  const frames = [0, 1, 2].map((k) => frame(k, 2));
  plot(frames, frames[1], null);
  assert.equal(pen.strokes.filter((one) => one.name === "arc").length, 2);
  assert.ok(!pen.texts().includes("guided"));
  plot(frames, frames[1], [-3, 3]);
  assert.ok(pen.texts().includes("guided"));
});

test("the plot says of how many pictures the ideal guess is made", () => {
  const pen = pens();
  const plot = effectivePlot(make("canvas", {}), new AbortController().signal);
  const about = { pictures: 1500 };
  const frames = [frame(0, 1, about), frame(1, 1, { ...about, effective: [3.14, 1200] })];
  plot(frames, frames[1], 0);
  assert.ok(pen.texts().includes("3.1 of 1,500"));
  plot(frames, frames[1], 1);
  assert.ok(pen.texts().includes("1,200 of 1,500"));
});
