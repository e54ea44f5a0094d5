// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { paintBoard, palette } from "../../../playground/ui/page/kit/painting.js";

const SIDE = 8;

/** A canvas of 8 by 8 whose pen knows which pixels are painted. */
function canvas() {
  const over = document.createElement("canvas");
  over.width = over.height = SIDE;
  const data = new Uint8Array(4 * SIDE * SIDE);
  const each = (/** @type {number[]} */ [x, y, w, h], /** @type {number} */ alpha) => {
    for (let j = Math.max(0, y); j < Math.min(SIDE, y + h); j++) {
      for (let i = Math.max(0, x); i < Math.min(SIDE, x + w); i++) {
        data[4 * (j * SIDE + i) + 3] = alpha;
      }
    }
  };
  const pen = {
    fillStyle: "",
    fillRect: (/** @type {number[]} */ ...box) => each(box, 255),
    clearRect: (/** @type {number[]} */ ...box) => each(box, 0),
    getImageData: () => ({ width: SIDE, data: data.slice() }),
    putImageData: (/** @type {any} */ image) => data.set(image.data),
  };
  Object.assign(over, {
    getContext: () => pen,
    setPointerCapture: () => {},
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 80, height: 80 }),
  });
  document.body.append(over);
  const painted = () => {
    const found = [];
    for (let n = 0; n < SIDE * SIDE; n++) if (data[4 * n + 3]) found.push([n % SIDE, n >> 3]);
    return found;
  };
  return { over, pen, painted };
}

/** @param {HTMLElement} over @param {string} kind @param {number} x @param {number} y */
const point = (over, kind, x, y) =>
  over.dispatchEvent(Object.assign(new Event(kind), { clientX: 10 * x, clientY: 10 * y }));
/** @param {HTMLElement} over @param {string} key @param {object} [more] */
const press = (over, key, more = {}) =>
  over.dispatchEvent(Object.assign(new Event("keydown"), { key, ...more }));

let changes = 0;
beforeEach(() => void (changes = 0));
const board = () => {
  const { over, pen, painted } = canvas();
  const made = paintBoard(over, () => void changes++);
  made.tools.width = 1;
  return { over, pen, painted, made };
};

test("a quick stroke has no gaps, is told once, and is undone as a whole", () => {
  const { over, painted, made } = board();
  point(over, "pointerdown", 1, 2);
  point(over, "pointermove", 5, 2);
  assert.equal(changes, 0);
  point(over, "pointerup", 5, 2);
  const line = [1, 2, 3, 4, 5].map((x) => [x, 2]);
  assert.deepEqual(painted(), line);
  assert.equal(changes, 1);
  made.undo();
  assert.deepEqual(painted(), []);
  assert.ok(!made.canUndo());
});

test("arrow keys and space paint, and stay within the picture", () => {
  const { over, painted } = board();
  for (let i = 0; i < 3; i++) press(over, "ArrowLeft");
  press(over, " ");
  assert.deepEqual(painted(), [[0, 0]]);
  press(over, "z", { ctrlKey: true });
  assert.deepEqual(painted(), []);
});

test("the eraser takes paint away, and a colour ends it", () => {
  const { over, pen, painted, made } = board();
  made.fill();
  made.tools.erase = true;
  point(over, "pointerdown", 3, 3);
  point(over, "pointerup", 3, 3);
  assert.equal(painted().length, SIDE * SIDE - 1);
  const box = document.createElement("div");
  palette(box, { Red: "#e03131", Blue: "#1971c2" }, made);
  /** @type {HTMLButtonElement} */ (box.children[1]).click();
  assert.deepEqual([made.tools.erase, made.tools.colour], [false, "#1971c2"]);
  assert.equal(box.children[1].getAttribute("aria-pressed"), "true");
  assert.equal(box.children[0].getAttribute("aria-pressed"), "false");
  point(over, "pointerdown", 3, 3);
  assert.equal(pen.fillStyle, "#1971c2");
  assert.equal(painted().length, SIDE * SIDE);
});
