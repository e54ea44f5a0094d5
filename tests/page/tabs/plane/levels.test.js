// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import "../../harness.js";

const levels = await import("../../../../playground/ui/tabs/plane/page/levels.js");
const { halves } = await import("../../../../playground/ui/tabs/plane/page/arrays.js");
const { errorAt, guessAt, leading } =
  await import("../../../../playground/ui/tabs/plane/page/fields.js");
const { stroked } = await import("../../../../playground/ui/tabs/plane/page/point_pad.js");

test("half precision is read, small numbers and negative ones too", () => {
  const bits = new Uint16Array([0x3c00, 0xc000, 0x0001, 0x3555]);
  const found = halves(Buffer.from(bits.buffer).toString("base64"));
  assert.deepEqual([...found.slice(0, 2)], [1, -2]);
  assert.ok(Math.abs(found[2] - 2 ** -24) < 1e-12);
  assert.ok(Math.abs(found[3] - 1 / 3) < 1e-3);
});

test("a level between two is on the line between them; wide ones are shrunk", () => {
  const straight = Float32Array.from([1, 0.5, 0, 0, 0.5, 1]);
  assert.deepEqual(levels.levelAt(0.75, straight), {
    alpha: 0.25,
    sigma: 0.75,
  });
  assert.deepEqual(levels.levelAt(1, straight), { alpha: 0, sigma: 1 });
  assert.equal(levels.scaleOf({ alpha: 1, sigma: 80 }), 1);
});

test("a moment of a path lies between the two frames whose angles hold it", () => {
  assert.deepEqual(levels.momentAt([1.5, 1, 0], 0.5), { k: 1, part: 0.5 });
  assert.deepEqual(levels.momentAt([1.5, 1, 0], 2), { k: 0, part: 0 });
});

test("guesses and errors of a field are taken between its angles", () => {
  const x0 = Float32Array.from([0, 0, 2, 4]);
  const field = { x0, cells: 1, turns: 2, reach: 3, errors: [0, 1] };
  assert.deepEqual([...guessAt(field, Math.PI / 4)], [1, 2]);
  assert.equal(errorAt(field, Math.PI / 4), 0.5);
});

test("the way to less noise is towards the guess", () => {
  assert.ok(leading(1, "velocity")(0, 1) > 0);
  assert.ok(leading(1, "score")(2, 0) < 0);
});

test("a stroke leaves points of its colour along it, and no more than there is room for", () => {
  const made = stroked([], [0, 0], [2, 0], { width: 0, colour: 1 });
  assert.ok(made.length > 100);
  assert.ok(made.every(([x, y, colour]) => x >= 0 && x <= 2 && !y && colour === 1));
  const full = Array.from({ length: 5000 }, () => made[0]);
  assert.equal(stroked(full, [0, 0], [2, 0], { width: 0, colour: 1 }).length, 5000);
});
