// @ts-check
import { mounted, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ahead, nearest } from "../../../../playground/ui/tabs/train/page/rows.js";

/** Pictures that are there at once. */
class Picture {
  src = "";
  naturalHeight = 16;
  naturalWidth = 8 * 18 - 2;
  async decode() {}
}

/** @param {(question: any) => any} answer */
async function machine(answer) {
  Object.assign(globalThis, { Image: Picture });
  const canvas = /** @type {any} */ (window).HTMLCanvasElement.prototype;
  canvas.getContext = () => ({ drawImage() {}, clearRect() {} });
  const part = await mounted(
    "tabs/train/page/time_machine",
    { rows: "" },
    { row: (text) => answer(JSON.parse(text)) },
  );
  const scrub = /** @type {HTMLInputElement} */ (part.element.querySelector(".scrub"));
  const when = () => part.element.querySelector(".when")?.textContent;
  const rows = (/** @type {number[]} */ steps, run = "cats", kept = /** @type {number[]} */ ([])) =>
    part.send({ rows: JSON.stringify({ run, steps, kept, ideal: false }) });
  return { ...part, scrub, when, rows };
}
const row = () => ({ png: "", says: [{ key: "after {time}", values: { time: "0:05" } }] });

test("every row is fetched ahead once, those far apart first", () => {
  const steps = Array.from({ length: 40 }, (_, i) => i);
  const order = ahead(steps);
  assert.deepEqual(order.slice(0, 4), [0, 16, 32, 8]);
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    steps,
  );
});

test("the nearest kept model is so on a log scale, and there may be none", () => {
  assert.equal(nearest([10, 1000], 90), 10);
  assert.equal(nearest([10, 1000], 110), 1000);
  assert.equal(nearest([], 5), null);
});

test("the newest row is followed until a person scrubs; it stays where it was put", async () => {
  /** @type {number[]} */
  const asked = [];
  const { scrub, when, rows, element } = await machine(({ step }) => {
    asked.push(step);
    return row();
  });
  rows([2, 6]);
  await settled();
  await settled();
  assert.equal(when(), "at step 6, the newest · after 0:05");
  scrub.value = "0";
  scrub.dispatchEvent(new Event("input"));
  await settled();
  await settled();
  assert.equal(when(), "at step 2 · after 0:05");
  rows([2, 6, 9]);
  await settled();
  assert.equal(element.dataset.shown, "2");
  assert.equal(scrub.dataset.step, "2");
  assert.deepEqual(asked, [6, 2]); // each once
  rows([3], "dogs"); // another run is followed again
  await settled();
  await settled();
  assert.equal(when(), "at step 3, the newest · after 0:05");
});

test("a row that cannot be had is said to be so, and asked for again later", async () => {
  let fails = true;
  const { when, rows } = await machine(() => (fails ? { error: "This row is gone." } : row()));
  rows([4]);
  await settled();
  await settled();
  assert.equal(when(), "– this row cannot be had just now");
  fails = false;
  rows([4]);
  await settled();
  await settled();
  assert.match(when() ?? "", /^at step 4, the newest/);
});
