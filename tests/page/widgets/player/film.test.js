// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isOver,
  isWhole,
  merged,
  noFilm,
  pace,
  percent,
} from "../../../../playground/ui/widgets/player/page/film.js";
import { frame } from "./frames.js";

const indices = (/** @type {{ index: number }[]} */ frames) => frames.map(({ index }) => index);

test("frames come in order, once, and keep what was asked of them", () => {
  const seen = { ...frame(2, 4), looks: { eps: { w: 1, h: 1 } } };
  const all = merged([frame(0, 4), seen], [frame(3, 4), frame(2, 4), frame(1, 4), frame(1, 4)]);
  assert.deepEqual(indices(all), [0, 1, 2, 3]);
  assert.equal(all[2], seen);
});

test("a film is over with its last frame, and whole when none is missing", () => {
  const { frames } = noFilm();
  assert.deepEqual([isOver(frames), isWhole(frames)], [false, false]);
  const gaps = [frame(0, 2), frame(2, 2)];
  assert.deepEqual([isOver(gaps), isWhole(gaps)], [true, false]);
  assert.ok(isWhole(merged(gaps, [frame(1, 2)])));
});

test("long films play faster, within bounds", () => {
  assert.deepEqual([1, 30, 1000].map(pace), [200, 100, 30]);
});

test("small shares keep two digits", () => {
  const shares = [1, 0.5, 0.051, 0.00012, 0.00001];
  assert.deepEqual(shares.map(percent), ["100 %", "50 %", "5.1 %", "0.012 %", "0 %"]);
});
