// @ts-check
import { mounted, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { find, findAll } from "../../../../playground/ui/page/kit/dom.js";
import { speak } from "../../../../playground/ui/page/kit/words.js";
import { baseOf } from "../../../../playground/ui/tabs/live/page/controls.js";
import { duration, pace } from "../../../../playground/ui/tabs/live/page/pace.js";
import { onward } from "../../../../playground/ui/tabs/live/page/playing.js";

const PICTURE = "data:image/png;base64,AAAA";
const how = { key: "{sampler}, levels of {schedule}", values: { sampler: "c", schedule: "flow" } };
const models = [
  { name: "fast", classes: ["cat", "dog"], few: true },
  { name: "slow", classes: [], few: false },
];
const opens = { model: "fast", class_name: "dog", calls: 2, pictures: 4, seed: 5 };
const drawing = (more = {}) => ({
  ...{ picture: PICTURE, ms: 10, calls: 1, steps: 1, by: "fast", how },
  ...more,
});
const teachers = drawing({ ms: 1500, calls: 40, steps: 20, by: "slow" });

/** @type {any[]} */
let asked = [];
/** @type {any} what the server says next */
let says = {};

/** Mount it; the server writes down what it is asked. */
const part = (more = {}) =>
  mounted(
    "tabs/live/page/live_board",
    {
      ...{ value: "{}", given: "", models: JSON.stringify(models), opens: JSON.stringify(opens) },
      ...more,
    },
    {
      draw(/** @type {string} */ text) {
        asked.push(JSON.parse(text));
        return says.draw ?? drawing({ calls: asked[asked.length - 1].calls });
      },
      teach: () => says.teach ?? teachers,
      opening: () => says.opening ?? { failed: "There is no model." },
    },
  );
const textOf = (/** @type {HTMLElement} */ element, /** @type {string} */ name) =>
  find(element, name).textContent;
const sliderOf = (/** @type {HTMLElement} */ element) =>
  find(element, "#live-seed", HTMLInputElement);

/** @param {HTMLElement} element @param {number} value */
function drag(element, value) {
  sliderOf(element).value = `${value}`;
  sliderOf(element).dispatchEvent(new Event("input", { bubbles: true }));
}

/** Wait for questions that follow each other. */
async function answers() {
  for (let i = 0; i < 5; i++) await settled();
}

beforeEach(() => {
  asked = [];
  says = {};
  speak("en", {});
});

test("it opens with what the app drew while idle, marked, and asks for nothing", async () => {
  const made = { key: "made on this machine: {settings}", values: { settings: "fast" } };
  says.opening = { question: opens, few: drawing({ calls: 2 }), many: teachers, made };
  const { element } = await part();
  await answers();
  assert.deepEqual(asked, []);
  assert.equal(textOf(element, ".made"), "made on this machine: fast");
  assert.equal(find(element, ".now").getAttribute("src"), PICTURE);
  assert.equal(textOf(element, ".fast"), "2 calls · 10 ms");
  assert.equal(textOf(element, ".slow"), "40 calls · 1.5 s");
  assert.match(textOf(element, ".slow-about") ?? "", /^150 times as long · slow: 20 steps of c,/);
  assert.equal(element.dataset.drawn, "5");
  drag(element, 6);
  assert.ok(find(element, ".made").hidden);
  assert.ok(find(element, ".many").classList.contains("old"));
  await answers();
  assert.deepEqual(
    asked.map(({ seed, calls, class_name }) => [seed, calls, class_name]),
    [[6, 2, "dog"]],
  );
});

test("where that cannot be made it asks for the same at once", async () => {
  const { element } = await part();
  await answers();
  assert.deepEqual(
    asked.map(({ model, seed }) => [model, seed]),
    [["fast", 5]],
  );
  assert.equal(textOf(element, ".fast"), "2 calls · 10 ms");
  assert.ok(find(element, ".made").hidden);
});

test("a drag asks for the newest place alone, with rising tickets", async () => {
  const { element } = await part();
  await answers();
  for (const seed of [6, 7, 8, 9]) drag(element, seed);
  await answers();
  assert.deepEqual(
    asked.map(({ seed }) => seed),
    [5, 6, 9],
  );
  assert.ok(asked[1].ticket > asked[0].ticket && asked[2].ticket > asked[1].ticket);
  assert.equal(new Set(asked.map(({ page }) => page)).size, 1);
});

test("a link's settings come before those it opens with", async () => {
  const state = { model: "slow", class_name: "any", calls: 3, pictures: 9, seed: 1234.5 };
  const { element, send } = await part({ value: JSON.stringify(state) });
  await answers();
  const { page, ticket, ...told } = asked[0];
  assert.deepEqual(told, state);
  assert.ok(page && ticket);
  assert.equal(textOf(element, ".seed"), "1234.50");
  send({ given: JSON.stringify({ state: { ...state, seed: 2 } }) });
  await answers();
  assert.equal(sliderOf(element).value, "2");
});

test("keys choose the calls and go to whole seeds, and links hear of what is chosen", async () => {
  const { element, props } = await part();
  const press = (/** @type {string} */ key) =>
    sliderOf(element).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  press("4");
  press("PageUp");
  await answers();
  assert.deepEqual([asked.at(-1).calls, asked.at(-1).seed], [4, 6]);
  press("PageDown");
  await answers();
  assert.equal(asked.at(-1).seed, 5);
  sliderOf(element).dispatchEvent(new Event("change", { bubbles: true }));
  assert.deepEqual(JSON.parse(props.value), { ...opens, calls: 4 });
});

test("another model brings its classes", async () => {
  const { element } = await part();
  const values = () => findAll(element, ".kind option", HTMLOptionElement).map((o) => o.value);
  assert.deepEqual(values(), ["one of each", "any", "cat", "dog"]);
  const model = find(element, ".model", HTMLSelectElement);
  model.value = "slow";
  model.dispatchEvent(new Event("change"));
  await answers();
  assert.deepEqual(values(), ["any"]);
  assert.equal(asked.at(-1).model, "slow");
});

test("when the slider rests the teacher draws the same noise", async () => {
  const { element } = await part();
  while (element.dataset.taught !== "5") await settled();
  assert.equal(textOf(element, ".slow"), "40 calls · 1.5 s");
  assert.ok(!find(element, ".many").classList.contains("old"));
});

test("an error is told in words, and the same is not asked again", async () => {
  says.draw = { error: "There is no such model." };
  const { element } = await part();
  await answers();
  assert.equal(textOf(element, ".fast-about"), "There is no such model.");
  assert.ok(find(element, ".now").classList.contains("old"));
  drag(element, 5);
  await answers();
  assert.equal(asked.length, 1);
});

test("what is said follows the language, and nothing is asked once the part has left", async () => {
  const { element, leave } = await part();
  await answers();
  speak("zh-Hans", { "{n} calls": "{n} 次调用", any: "任意", "▶ Play": "▶ 播放" });
  assert.equal(textOf(element, ".fast"), "2 次调用 · 10 ms");
  assert.equal(textOf(element, ".play"), "▶ 播放");
  assert.equal(find(element, ".kind", HTMLSelectElement).value, "dog");
  leave();
  drag(element, 9);
  speak("en", {});
  await answers();
  assert.equal(asked.length, 1);
  assert.equal(textOf(element, ".play"), "▶ 播放");
});

test("play presses the slider on until it is pressed again", async () => {
  const { element } = await part();
  const play = find(element, ".play");
  play.click();
  assert.equal(play.getAttribute("aria-pressed"), "true");
  assert.equal(play.textContent, "⏸ Pause");
  sliderOf(element).dispatchEvent(new Event("pointerdown"));
  assert.equal(play.getAttribute("aria-pressed"), "false");
});

test("the slider that goes by itself turns at its ends", () => {
  assert.deepEqual(onward(1, 1, 100, 30), { value: 1.05, way: 1 });
  assert.deepEqual(onward(29.99, 1, 100, 30), { value: 30, way: -1 });
  assert.deepEqual(onward(0.01, -1, 100, 30), { value: 0, way: 1 });
  assert.equal(onward(1, 1, 5000, 30).value, 1.05); // a tab that slept does not jump
});

test("seeds beyond the slider begin at their whole one", () => {
  assert.equal(baseOf(30, 30), 0);
  assert.equal(baseOf(1234.5, 30), 1234);
});

test("how long a drawing takes is the median of its kind", () => {
  const speed = pace();
  for (const ms of [10, 900, 12]) speed.add("a", ms, ms);
  assert.equal(speed.usual(), 12);
  assert.equal(speed.rate(), null);
  speed.add("b", 50, 1000);
  assert.equal(speed.usual(), 50);
  for (const at of [2000, 2100, 2200, 2300]) speed.add("b", 50, at);
  assert.equal(speed.rate(), 10);
  assert.deepEqual([duration(12.4), duration(1500)], ["12 ms", "1.5 s"]);
});

test("it opens with few calls at once, and many as they become clear", async () => {
  const made = { key: "made on this machine: {settings}", values: { settings: "fast" } };
  says.opening = { question: opens, few: drawing({ calls: 2 }), many: null, made, more: true };
  const { element } = await part();
  await answers();
  assert.equal(textOf(element, ".fast"), "2 calls · 10 ms");
  assert.equal(textOf(element, ".slow-about"), "the same noise, in many calls…");
  const noisy = "data:image/png;base64,BBBB";
  says.opening = { ...says.opening, many: { ...teachers, picture: noisy } };
  while (find(element, ".many").getAttribute("src") !== noisy) await settled();
  assert.equal(textOf(element, ".slow"), "");
  says.opening = { ...says.opening, many: teachers, more: undefined };
  while (textOf(element, ".slow") !== "40 calls · 1.5 s") await settled();
  assert.deepEqual(asked, []);
});
