// @ts-check
import { pens, settled } from "../harness.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { canvasPlot } from "../../../playground/ui/page/chart/canvas_plot.js";
import { ticks } from "../../../playground/ui/page/chart/ticks.js";

/** @typedef {import("../../../playground/ui/page/chart/canvas_plot.js").Axes} Axes */
/** @typedef {import("../../../playground/ui/page/chart/canvas_plot.js").Marks} Marks */

let leaving = new AbortController();
afterEach(() => leaving.abort());

/** A plot of 300 x 200 pixels, and the marks that it draws with. @param {Partial<Axes>} [about] */
function plotted(about = {}) {
  const drawn = pens({ width: 300, height: 200 });
  const canvas = document.createElement("canvas");
  document.body.append(canvas);
  leaving = new AbortController();
  const plot = canvasPlot(canvas, { x: [0, 10], y: [0, 1], ...about }, leaving.signal);
  /** @type {Marks[]} */
  const seen = [];
  plot.draw((marks) => void seen.push(marks));
  return { ...drawn, plot, seen, leave: () => leaving.abort() };
}

test("ticks are round, inside the range, and read as people write numbers", () => {
  assert.deepEqual(
    ticks(-10, 10, 4).map(([, label]) => label),
    ["−10", "−5", "0", "5", "10"],
  );
  for (const [low, high] of [
    [0, 1.05],
    [-3, 3],
    [0, 1000],
    [0.02, 0.03],
  ]) {
    const values = ticks(low, high).map(([value]) => value);
    assert.ok(values.length >= 2 && values.length <= 7, `${values}`);
    assert.ok(values.every((value) => value >= low - 1e-9 && value <= high + 1e-9));
  }
});

test("axes are drawn once for a size, marks at every move", () => {
  const { plot, texts, seen } = plotted();
  const labels = texts().length;
  assert.ok(labels > 5);
  plot.draw((marks) => void seen.push(marks));
  assert.equal(texts().length, labels);
  assert.equal(seen.length, 2);
  plot.change({ y: [0, 2] });
  assert.ok(texts().length > labels);
  assert.equal(seen.length, 3); // the last marks again
});

test("marks stand where the axes say, and values beyond lie on the edge", () => {
  const { seen } = plotted({ x: [1, 256], logX: true, xTicks: [[1, "1"]] });
  const { toX, toY } = seen[0];
  assert.ok(Math.abs(toX(16) - (toX(1) + toX(256)) / 2) < 1e-9);
  assert.equal(toY(7), toY(1));
  assert.equal(toY(-7), toY(0));
  assert.ok(toY(1) < toY(0) && toX(256) < 300);
});

test("labels below never touch", () => {
  const many = Array.from({ length: 60 }, (_, k) => /** @type {const} */ ([k / 6, `${k}00`]));
  const { strokes } = plotted({ xTicks: [...many] });
  const places = strokes.filter(({ name, args }) => name === "fillText" && args[2] === 194);
  assert.ok(places.length > 3 && places.length < 60);
  places.slice(1).forEach(({ args }, k) => {
    assert.ok(args[1] - places[k].args[1] >= (7 * (args[0].length + places[k].args[0].length)) / 2);
  });
});

test("bars reach the floor and leave no gap", () => {
  const { plot, strokes } = plotted();
  strokes.length = 0;
  plot.draw(({ bars }) => bars([0.5, 1, 0.25], [0, 10], "red"));
  const boxes = strokes.filter(({ name }) => name === "fillRect").map(({ args }) => args);
  assert.equal(boxes.length, 3);
  const floor = boxes[0][1] + boxes[0][3];
  boxes.forEach(([x, y, wide, high], i) => {
    assert.equal(y + high, floor);
    if (i < 2) assert.equal(x + wide, boxes[i + 1][0]);
  });
});

test("a plot that left draws no more", async () => {
  const { plot, seen, leave, strokes } = plotted();
  leave();
  const before = strokes.length;
  plot.draw((marks) => void seen.push(marks));
  document.body.classList.toggle("dark");
  await settled();
  assert.equal(strokes.length, before);
  assert.equal(seen.length, 1);
});
