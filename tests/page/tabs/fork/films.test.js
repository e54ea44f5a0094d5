// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tree from "../../../../playground/ui/tabs/fork/page/films.js";

/** @returns {import("../../../../playground/ui/tabs/fork/page/films.js").Film} */
const film = (
  /** @type {number} */ number,
  /** @type {number | null} */ parent = null,
  more = {},
) => ({
  ...{ number, parent, step: 0, total: 4, title: "", painted: false, note: "", frames: [] },
  ...more,
});
const frame = (/** @type {number} */ index, x0 = "") => ({
  index,
  w: 1,
  h: 1,
  x: "",
  x0,
  text: "",
});
const films = (/** @type {ReturnType<typeof film>[]} */ ...all) =>
  new Map(all.map((one) => [one.number, one]));

test("a film is followed by its branches, theirs between", () => {
  const all = films(film(0), film(1), film(2, 0), film(3, 2), film(4, 0));
  assert.deepEqual(
    tree.inOrder(all).map((one) => one.number),
    [0, 2, 3, 4, 1],
  );
});

test("a branch begins where its parent is at that step, and ends where all end", () => {
  const branch = film(1, 0, { step: 3, total: 1 });
  const leaf = film(2, 1, { step: 0, total: 2 });
  const all = films(film(0), branch, leaf);
  assert.equal(tree.begins(all, branch), 0.75);
  assert.equal(tree.along(all, leaf, 1), 0.875);
  assert.equal(tree.along(all, leaf, 2), 1);
});

test("where a branch begins it shows its parent's guess, unless it was painted on", () => {
  const root = film(0, null, { frames: [frame(0), frame(1, "a"), frame(2, "b")] });
  const branch = film(1, 0, { step: 2, frames: [frame(0), frame(1, "c")] });
  const all = films(root, branch);
  assert.equal(tree.guessAt(all, branch, 0), "b");
  assert.equal(tree.guessAt(all, branch, 1), "c");
  assert.equal(tree.guessAt(all, { ...branch, painted: true }, 0), "");
  assert.equal(tree.guessAt(all, root, 0), "");
});

test("news of a film is taken in once, however often it is sent", () => {
  const all = films();
  const about = film(0);
  assert.ok(tree.takeIn(all, { frames: [frame(0), frame(1)], film: about, compare: null }).isNew);
  const again = tree.takeIn(all, { frames: [frame(1), frame(2)], film: about, compare: null });
  assert.ok(!again.isNew);
  assert.deepEqual(
    again.film.frames.map((one) => one.index),
    [0, 1, 2],
  );
});
