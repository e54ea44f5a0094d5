// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, toHold } from "../../../playground/ui/permalinks/page/address.js";

const NOW = { origin: "http://here", pathname: "/", search: "?lang=zh&noise.seed=9&present=1" };
const NOTHING = { pictures: {}, drawings: {} };

/** @type {import("../../../playground/ui/permalinks/page/address.js").Control[]} */
const CONTROLS = [
  ["a.steps", 20, "value"],
  ["a.model", "emoji", "value"],
  ["knobs", '{"k": 1}', "text"],
  ["board", "{}", "large"],
  ["a.picture", "/usual.png", "picture"],
];
const USUAL = [20, "emoji", '{"k":1}', "{}", { path: "/usual.png" }];

/** @param {any[]} values */
const told = (values, held = NOTHING) =>
  Object.fromEntries(new URL(addressOf(CONTROLS, values, held, "a", NOW)).searchParams);

test("a page that nobody touched tells its tab and language alone", () => {
  assert.deepEqual(told(USUAL), { tab: "a", lang: "zh" });
});

test("what differs is told, numbers as JSON and words as they are", () => {
  const values = [5, "digits", '{"k":2}', '{"paint":[1]}', { path: "/usual.png" }];
  const expected = { "a.steps": "5", "a.model": "digits", knobs: '{"k":2}' };
  assert.deepEqual(told(values), { tab: "a", lang: "zh", ...expected, board: '{"paint":[1]}' });
});

test("a word that could be read as JSON is told as JSON", () => {
  assert.equal(told([20, "7", ...USUAL.slice(2)])["a.model"], '"7"');
});

test("uploads and long drawings are kept by the server and told by their names", () => {
  const paint = "x".repeat(700);
  const board = JSON.stringify({ paint, tool: "pen" });
  const values = [20, "emoji", '{"k":1}', board, { path: "/mine.png" }];
  assert.deepEqual(toHold(CONTROLS, values), {
    pictures: { "a.picture": "/mine.png" },
    drawings: { board: { paint } },
  });
  const held = { pictures: { "a.picture": "kept-1" }, drawings: { board: { paint: "kept-2" } } };
  const query = told(values, /** @type {any} */ (held));
  assert.equal(query["a.picture"], "kept-1");
  assert.deepEqual(JSON.parse(query.board), { paint: "kept-2", tool: "pen" });
});

test("a picture that was taken away is told, too", () => {
  const values = [...USUAL.slice(0, 4), null];
  assert.deepEqual(toHold(CONTROLS, values).pictures, { "a.picture": null });
});
