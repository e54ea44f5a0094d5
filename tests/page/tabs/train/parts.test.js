// @ts-check
import { mounted, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { BAND_COLOURS } from "../../../../playground/ui/tabs/train/page/bands.js";
import { explained, measured } from "../../../../playground/ui/tabs/train/page/copy_meter.js";
import { within } from "../../../../playground/ui/tabs/train/page/levels_plot.js";
import { area, between } from "../../../../playground/ui/tabs/train/page/paper.js";
import { crc32, zip } from "../../../../playground/ui/tabs/train/page/zip.js";

const card = (/** @type {string} */ name, state = "finished") => ({
  name,
  state,
  message: "",
  facts: [{ key: "step {step}", values: { step: "4" } }],
  began: 0,
});

test("three runs can be ticked, and a card is the same element while its run lives", async () => {
  const names = ["a", "b", "c", "d"];
  const cards = JSON.stringify(names.map((name) => card(name)));
  const part = await mounted("tabs/train/page/run_list", { cards, thumbs: "", chosen: "b" });
  const boxes = () => [...part.element.querySelectorAll("input")];
  assert.equal(part.element.querySelector("li.chosen b")?.textContent, "b");
  for (const box of boxes().slice(0, 3)) {
    box.checked = true;
    box.dispatchEvent(new Event("change"));
  }
  assert.deepEqual(part.events.at(-1), { event: "input", detail: { names: ["a", "b", "c"] } });
  assert.deepEqual(
    boxes().map((box) => box.disabled),
    [false, false, false, true],
  );
  const before = part.element.querySelector("li[data-name=d]");
  part.send({ cards: JSON.stringify([card("d", "running"), card("a")]) });
  assert.equal(part.element.querySelector("li"), before);
  assert.equal(before?.querySelector(".state.busy")?.textContent, "running");
  assert.equal(boxes().length, 2);
});

test("drawings of a class are kept as the part's value, and taken out again", async () => {
  const canvas = /** @type {any} */ (window).HTMLCanvasElement.prototype;
  canvas.getContext = () => ({
    fillRect() {},
    putImageData() {},
    getImageData: () => ({ data: new Uint8ClampedArray(4), width: 1 }),
  });
  canvas.toDataURL = () => "data:image/png;base64,AA";
  const { element, props, events } = await mounted("tabs/train/page/draw_pad", { value: "" });
  const kind = /** @type {HTMLInputElement} */ (element.querySelector(".class"));
  const add = /** @type {HTMLElement} */ (element.querySelector(".add"));
  kind.value = " sun ";
  add.click();
  kind.value = "";
  add.click();
  const data = "data:image/png;base64,AA";
  assert.deepEqual(JSON.parse(props.value), [
    { class: "sun", data },
    { class: "", data },
  ]);
  const first = /** @type {HTMLElement} */ (element.querySelector(".shelf button"));
  assert.equal(first.title, "Take picture 1 (sun) out of the set");
  first.click();
  assert.equal(JSON.parse(props.value).length, 1);
  /** @type {HTMLElement} */ (element.querySelector(".empty")).click();
  assert.equal(props.value, "");
  assert.equal(events.length, 4);
});

test("a fill stays within its colour, and a fast stroke has no gaps", () => {
  const sheet = Uint32Array.from([0, 0, 1, 0, 1, 0, 1, 0, 0]); // the zeros meet at corners alone
  assert.equal(area(sheet, 3, [0, 0]).length, 3);
  assert.equal(area(sheet, 3, [2, 2]).length, 3);
  const line = between([0, 0], [5, 2]);
  line.slice(1).forEach(([x, y], i) => {
    assert.ok(Math.max(Math.abs(x - line[i][0]), Math.abs(y - line[i][1])) === 1);
  });
});

test("the bands of the drawn levels cover the curve, without gap or overlap", () => {
  const density = Array.from({ length: 96 }, () => 1 / 24);
  const parts = BAND_COLOURS.map((_, band) => within(density, band));
  assert.equal(parts[0][0][0], 12);
  assert.equal(parts.at(-1)?.at(-1)?.[0], -12);
  parts.slice(1).forEach((part, i) => {
    const end = parts[i].at(-1);
    assert.ok(end && Math.abs(end[0] - part[0][0]) < 1e-9);
    assert.ok(Math.abs(end[1] - part[0][1]) < 1e-9);
  });
});

test("a verdict names the limit, where there is one", () => {
  const one = { distance: 0.2, neighbour: 0.5, copy: true };
  assert.equal(measured(one), "0.20 < 0.25");
  assert.match(explained(one), /nearer than 0\.250/);
  assert.equal(measured({ distance: 0.2, neighbour: null, copy: null }), "0.20");
});

test("a zip holds its files, found by the directory at its end", async () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926); // the standard check
  const file = new File(["hello"], "a.png");
  const done = /** @type {number[]} */ ([]);
  const parts = await zip([["cats/ä.png", file]], (count) => done.push(count));
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  assert.equal(view.getUint16(end + 10, true), 1);
  const directory = view.getUint32(end + 16, true);
  assert.equal(view.getUint32(directory, true), 0x02014b50);
  assert.equal(directory + view.getUint32(end + 12, true), end);
  const name = new TextDecoder().decode(bytes.subarray(30, 30 + view.getUint16(26, true)));
  assert.equal(name, "cats/ä.png");
  assert.deepEqual(done, [1]);
  await settled();
});
