// @ts-check
import { mounted, pens, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { find, findAll } from "../../../../playground/ui/page/kit/dom.js";
import { speak } from "../../../../playground/ui/page/kit/words.js";
import { start as choose } from "../../../../playground/ui/tabs/edit/page/mode.js";
import { start as sent } from "../../../../playground/ui/tabs/edit/page/painted_mask.js";
import { momentAt, shapeOf } from "../../../../playground/ui/tabs/edit/page/panels.js";

const moment = (/** @type {string} */ key, /** @type {number} */ index, text = "") => ({
  ...{ key, index, text, caption: { key: "now, x" } },
  ...{ w: 1, h: 1, x: btoa("\x00\x80\xff") },
});
const news = (more = {}) => ({
  run: "a",
  panels: [],
  loop: false,
  words: null,
  made: null,
  ...more,
});
const whole = (more = {}) =>
  news({
    panels: [0, 1, 2, 3].map((k) => moment("now", k, `step ${k}`)).concat(moment("guess", 1, "g")),
    words: [{ key: "It ended." }, { key: "Far away." }],
    ...more,
  });

/** @type {any} */
let answer = { waiting: "" };
const part = (more = {}) =>
  mounted(
    "tabs/edit/page/edit",
    { value: "{}", given: "", message: "", source: "", ...more },
    { opening: () => answer },
  );
const small = (/** @type {HTMLElement} */ element, /** @type {string} */ key) =>
  find(element, `figure[data-key=${key}] small`).textContent;

beforeEach(() => {
  pens();
  answer = { waiting: "" };
  const kind = /** @type {any} */ (window).HTMLCanvasElement.prototype;
  const pen = kind.getContext();
  kind.getContext = () =>
    Object.assign(pen, { getImageData: () => ({ width: 1, data: new Uint8ClampedArray(4) }) });
  kind.toDataURL = () => "data:image/png;base64,AAAA";
  Object.assign(globalThis, {
    ImageData: class {
      /** @param {number} w @param {number} h */
      constructor(w, h) {
        this.data = new Uint8ClampedArray(4 * w * h);
      }
    },
  });
});

test("panels lie in rows of four, and one that ended earlier stays at its end", () => {
  assert.deepEqual(shapeOf(1), { rows: 1, columns: 2 });
  assert.deepEqual(shapeOf(4), { rows: 1, columns: 4 });
  assert.deepEqual(shapeOf(8), { rows: 2, columns: 4 });
  const some = [undefined, moment("a", 1), undefined, moment("a", 3)];
  const at = (/** @type {number} */ place) => momentAt(/** @type {any} */ (some), place)?.index;
  assert.deepEqual([0, 1, 2, 3, 9].map(at), [1, 1, 1, 3, 3]);
});

test("an edit is followed to its end, then scrubbed, and another takes its place", async () => {
  const { element, send } = await part();
  send({ message: JSON.stringify({ waiting: "Waiting: you are next." }) });
  assert.equal(find(element, ".words").textContent, "Waiting: you are next.");
  send({ message: JSON.stringify(news({ panels: [moment("now", 0, "step 0")] })) });
  assert.equal(element.dataset.done, "");
  send({ message: JSON.stringify(whole()) });
  assert.equal(small(element, "now"), "step 3");
  assert.equal(element.dataset.done, "yes");
  assert.equal(find(element, ".words").textContent, "It ended. Far away.");
  const scrub = find(element, ".scrub", HTMLInputElement);
  scrub.value = "1";
  scrub.dispatchEvent(new Event("input"));
  assert.equal(small(element, "now"), "step 1");
  assert.equal(small(element, "guess"), "g");
  send({ message: JSON.stringify(news({ run: "b", panels: [moment("noise", 0)] })) });
  assert.deepEqual(
    findAll(element, ".panels figure").map((one) => one.dataset.key),
    ["noise"],
  );
});

test("who opens the tab sees an edit, marked, until one is made", async () => {
  answer = whole({ run: "first", made: { key: "made at start" } });
  const { element, send } = await part();
  await settled();
  assert.equal(find(element, ".made").textContent, "made at start");
  assert.equal(small(element, "now"), "step 3");
  send({ message: JSON.stringify(news({ panels: [moment("now", 0, "step 0")] })) });
  assert.ok(find(element, ".made").hidden);
  assert.equal(small(element, "now"), "step 0");
});

test("which edit is meant goes into links, and out of them when the part has left", async () => {
  const { element, props, leave } = await part();
  choose("inpaint");
  assert.equal(find(element, ".edit").dataset.mode, "inpaint");
  assert.deepEqual(JSON.parse(props.value), { mode: "inpaint" });
  leave();
  choose("invert");
  assert.deepEqual(JSON.parse(props.value), { mode: "inpaint" });
});

test("a press sends what is painted, or what a program sent", async () => {
  await part();
  assert.deepEqual(sent(null, "cat", "[0, 0, 4, 4]", 3), ["cat", "[0, 0, 4, 4]", 3]);
  const { keepMask } = await import("../../../../playground/ui/tabs/edit/page/painted_mask.js");
  keepMask("data:image/png;base64,AAAA");
  assert.deepEqual(sent(null, "cat", "", 3), ["cat", "data:image/png;base64,AAAA", 3]);
  keepMask("");
});

test("captions and words follow the language", async () => {
  const { element, send } = await part();
  send({ message: JSON.stringify(whole()) });
  speak("zh-Hans", { "now, x": "现在 x", "It ended.": "结束了。", "Far away.": "很远。" });
  assert.match(find(element, "figure[data-key=now] figcaption").textContent ?? "", /^现在 x/);
  assert.equal(find(element, ".words").textContent, "结束了。很远。");
  speak("en", {});
});
