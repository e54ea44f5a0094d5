// @ts-check
import { mounted, pens, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { find, findAll } from "../../../../playground/ui/page/kit/dom.js";
import { speak } from "../../../../playground/ui/page/kit/words.js";
import { start } from "../../../../playground/ui/tabs/fork/page/place.js";

const film = (/** @type {number} */ number, more = {}) => ({
  ...{ number, parent: null, step: 0, total: 4, title: `film ${number}` },
  ...{ painted: false, note: "", ...more },
});
const frame = (/** @type {number} */ index) => ({
  ...{ index, w: 1, h: 1, x: btoa("\x00\x80\xff"), x0: index ? btoa("\x01\x80\xff") : "" },
  text: { key: "step {k} of {n}", values: { k: index, n: 4 } },
});
const news = (/** @type {number} */ number, /** @type {number[]} */ steps, more = {}) => ({
  frames: steps.map(frame),
  film: film(number, more),
  compare: null,
});
const ALL = [0, 1, 2, 3, 4];
const opening = () => ({
  films: [news(0, ALL), news(1, [0, 1, 2], { parent: 0, step: 2, total: 2 })],
  film: 0,
  step: 2,
  made: { key: "made at start" },
});

/** @type {any} */
let answer = { waiting: "" };
const part = () =>
  mounted(
    "tabs/fork/page/fork",
    { value: "{}", given: "", message: "" },
    { opening: () => answer },
  );
/** @param {Awaited<ReturnType<typeof part>>} page @param {object} message */
const say = (page, message) => page.send({ message: JSON.stringify(message) });
const facts = (/** @type {HTMLElement} */ element) => find(element, ".facts").textContent;
const pressed = () => start(null, "tree", 7, 7, "sent", 5, "digits", false);

beforeEach(() => {
  pens();
  answer = { waiting: "" };
  const kind = /** @type {any} */ (window).HTMLCanvasElement.prototype;
  const pen = kind.getContext();
  kind.getContext = () =>
    Object.assign(pen, { getImageData: () => ({ width: 1, data: new Uint8ClampedArray(4) }) });
  Object.assign(globalThis, {
    ImageData: class {
      /** @param {number} w @param {number} h */
      constructor(w, h) {
        this.data = new Uint8ClampedArray(4 * w * h);
      }
    },
  });
});

test("a film is followed to its end, and another step stays when more arrive", async () => {
  const page = await part();
  const { element } = page;
  assert.match(facts(element) ?? "", /^Press Start/);
  say(page, { waiting: "Waiting: you are next." });
  assert.equal(facts(element), "Waiting: you are next.");
  say(page, news(0, [0, 1]));
  assert.equal(facts(element), "film 1 · step 1 of 4");
  const scrub = find(element, ".scrub", HTMLInputElement);
  assert.equal(scrub.max, "4");
  scrub.value = "0";
  scrub.dispatchEvent(new Event("input"));
  say(page, news(0, [1, 2, 3, 4]));
  assert.equal(facts(element), "film 1 · step 0 of 4");
  assert.equal(element.dataset.count, "5");
  assert.match(find(element, ".plan").textContent ?? "", /^On from step 0 of 4 of film 1/);
});

test("who opens the tab sees films that fork, marked, and goes on from them", async () => {
  answer = opening();
  const page = await part();
  const { element } = page;
  await settled();
  assert.equal(find(element, ".made").textContent, "made at start");
  assert.equal(facts(element), "film 1 · step 2 of 4");
  assert.equal(findAll(element, ".tree .row").length, 2);
  assert.deepEqual(pressed(), ["tree", 0, 2, "", 5, "digits", true]);
  say(page, news(2, [0], { parent: 0, step: 2, total: 2 }));
  assert.ok(find(element, ".made").hidden);
  assert.equal(findAll(element, ".tree .row").length, 3);
  assert.deepEqual(pressed(), ["tree", 2, 0, "", 5, "digits", false]);
});

test("a film of one's own takes the place of those the tab opened with", async () => {
  answer = opening();
  const page = await part();
  await settled();
  say(page, news(0, [0]));
  assert.equal(findAll(page.element, ".tree .row").length, 1);
  assert.equal(page.element.dataset.made, "");
});

test("clearing forgets all films, and no opening comes afterwards", async () => {
  answer = opening();
  const page = await part();
  say(page, { clear: true });
  await settled();
  assert.equal(findAll(page.element, ".tree .row").length, 0);
  assert.deepEqual(pressed(), ["tree", 7, 7, "sent", 5, "digits", false]);
});

test("what was made is not covered by the opening", async () => {
  answer = opening();
  const page = await part();
  say(page, news(0, [0, 1]));
  await settled();
  assert.equal(facts(page.element), "film 1 · step 1 of 4");
  assert.equal(page.element.dataset.films, "1");
});

test("a film in the tree is chosen, at its end; a part that left stands nowhere", async () => {
  answer = opening();
  const { element, leave } = await part();
  await settled();
  findAll(element, ".tree .row")[1].click();
  assert.deepEqual([element.dataset.film, element.dataset.step], ["1", "2"]);
  assert.match(find(element, ".plan").textContent ?? "", /It is clean there/);
  leave();
  assert.deepEqual(pressed(), ["tree", 7, 7, "sent", 5, "digits", false]);
});

test("two films are compared, in the page's language", async () => {
  const page = await part();
  say(page, news(0, [0, 1, 2]));
  const words = [{ key: "One." }, { key: "Two." }];
  const compare = { long: 0, short: 1, step: 2, words };
  say(page, { ...news(1, [0, 1, 2], { total: 2 }), compare });
  const box = find(page.element, ".compare");
  assert.ok(!box.hidden);
  assert.equal(findAll(box, "canvas").length, 3);
  assert.deepEqual([page.element.dataset.film, page.element.dataset.step], ["0", "2"]);
  assert.equal(find(box, "p").textContent, "One. Two.");
  speak("zh-Hans", {
    "One.": "一。",
    "Two.": "二。",
    "film {film} · {text}": "影片 {film} · {text}",
  });
  assert.equal(find(box, "p").textContent, "一。二。");
  assert.match(facts(page.element) ?? "", /^影片 1/);
  speak("en", {});
});

test("a kept run is shown marked, until a live one goes on", async () => {
  const page = await part();
  say(page, news(0, [0, 1]));
  const kept = { films: new Map([[5, { ...film(5), frames: ALL.map(frame) }]]), chosen: 5 };
  const detail = { part: "fork", shown: kept, mark: ["kept"] };
  document.dispatchEvent(new CustomEvent("run-again", { detail }));
  assert.equal(page.element.dataset.film, "5");
  say(page, news(0, [2]));
  assert.equal(facts(page.element), "film 1 · step 2 of 4");
});
