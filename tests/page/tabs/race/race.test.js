// @ts-check
import { mounted, pens, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { find, findAll } from "../../../../playground/ui/page/kit/dom.js";
import { speak } from "../../../../playground/ui/page/kit/words.js";
import { start as halt } from "../../../../playground/ui/tabs/race/page/halting.js";
import { finished, frame, news } from "./news.js";

const eta = { default: 0, help: "How much noise.", low: 0, high: 1 };
const registry = {
  samplers: {
    ddim: { title: "DDIM", about: "Euler.", knobs: { eta } },
    ddpm: { title: "DDPM", about: "Ho.", knobs: {} },
  },
  schedules: { edm: { title: "EDM", about: "Karras.", knobs: {} } },
};
const line = { budget: 4, lanes: [{ sampler: "ddim" }, { sampler: "ddpm" }] };
const three = { name: "Three", budget: 9, lanes: [...line.lanes, { sampler: "ddim", steps: 3 }] };
const planned = (/** @type {number[]} */ ...calls) =>
  JSON.stringify({
    error: "",
    lanes: calls.map((n) => ({ steps: n, calls: n, stochastic: n === 4, by_hand: false })),
  });

/** @type {any} */
let answer = { waiting: "" };
const part = () =>
  mounted(
    "tabs/race/page/race",
    {
      registry: JSON.stringify(registry),
      presets: JSON.stringify([three]),
      schedule: "edm",
      value: JSON.stringify(line),
      plan: planned(2, 4),
      race: "",
      lane: "",
      given: "",
    },
    { opening: () => answer },
  );
const lanesOf = (/** @type {HTMLElement} */ element) => findAll(element, ".lane");
const textOf = (/** @type {HTMLElement} */ box, /** @type {string} */ name) =>
  find(box, name).textContent;

beforeEach(() => {
  pens();
  answer = { waiting: "" };
  Object.assign(globalThis, {
    ImageData: class {
      /** @param {number} w @param {number} h */
      constructor(w, h) {
        this.data = new Uint8ClampedArray(4 * w * h);
      }
    },
  });
});

test("cards tell Python of what is edited, and what ran before is marked stale", async () => {
  const { element, props, send, events } = await part();
  send({ race: JSON.stringify(finished()) });
  const [first, second] = lanesOf(element);
  const select = find(first, ".sampler", HTMLSelectElement);
  select.value = "ddpm";
  select.dispatchEvent(new Event("change"));
  assert.equal(JSON.parse(props.value).lanes[0].sampler, "ddpm");
  assert.equal(events.at(-1)?.event, "change");
  assert.ok(first.classList.contains("stale") && !second.classList.contains("stale"));
  assert.equal(textOf(first, ".spent"), "2 calls");
  assert.match(textOf(second, ".spent") ?? "", /^4 of 4 calls, step 4 of 4/);
});

test("a knob off its default is named on the card", async () => {
  const { element, props } = await part();
  const [first] = lanesOf(element);
  const field = find(first, ".knobs input", HTMLInputElement);
  field.value = "0.5";
  field.dispatchEvent(new Event("change"));
  assert.equal(textOf(first, ".badge"), "eta 0.5");
  assert.deepEqual(JSON.parse(props.value).lanes[0].sampler_knobs, { eta: 0.5 });
});

test("lanes are added up to six and removed down to two; a preset takes their place", async () => {
  const { element, props } = await part();
  const add = find(element, ".add", HTMLButtonElement);
  for (let i = 0; i < 9; i++) if (!add.disabled) add.click();
  assert.equal(lanesOf(element).length, 6);
  const away = () => find(lanesOf(element)[0], "[title='Remove this lane']", HTMLButtonElement);
  for (let i = 0; i < 9; i++) if (!away().disabled) away().click();
  assert.equal(lanesOf(element).length, 2);
  find(element, ".presets button").click();
  assert.equal(lanesOf(element).length, 3);
  assert.equal(JSON.parse(props.value).budget, 9);
});

test("a race runs to its end, is scrubbed, and other lanes forget it", async () => {
  const { element, send } = await part();
  send({ race: JSON.stringify({ waiting: "Waiting: you are next." }) });
  assert.equal(textOf(element, ".says"), "Waiting: you are next.");
  send({ race: JSON.stringify(news()) });
  assert.equal(element.dataset.busy, "yes");
  send({ race: JSON.stringify(finished()) });
  assert.equal(element.dataset.done, "all");
  assert.equal(textOf(lanesOf(element)[1], ".far"), "0.250 away, by design");
  const scrub = find(element, ".scrub", HTMLInputElement);
  scrub.value = "50";
  scrub.dispatchEvent(new Event("input"));
  assert.match(textOf(lanesOf(element)[0], ".spent") ?? "", /^1 of 2 calls/);
  assert.equal(textOf(lanesOf(element)[1], ".far"), "0.400 away, by design");
  find(element, ".add").click();
  send({ race: JSON.stringify(finished()) }); // what is still on the way is not theirs
  assert.equal(element.dataset.run, "");
  assert.equal(element.dataset.done, "");
});

test("Stop ends what is busy, and says where the reference stands", async () => {
  const { element, send } = await part();
  const reference = { ...news().reference, done: 300, total: 1000 };
  send({ race: JSON.stringify(finished({ reference })) });
  assert.equal(element.dataset.busy, "yes");
  halt("race");
  assert.equal(element.dataset.busy, "");
  assert.match(textOf(element, ".left") ?? "", /^stopped at 300 of 1,000 calls/);
});

test("who opens the tab sees a race, marked, until one is run", async () => {
  answer = finished({ made: { key: "made at start" }, lineup: JSON.stringify(line) });
  const { element, send } = await part();
  await settled();
  assert.equal(textOf(element, ".made"), "made at start");
  assert.equal(element.dataset.busy, "");
  assert.match(textOf(lanesOf(element)[0], ".spent") ?? "", /^2 of 2 calls/);
  send({ race: JSON.stringify(news({ run: "b" })) });
  assert.ok(find(element, ".made").hidden);
  assert.equal(element.dataset.run, "b");
});

test("that race is not shown over other lanes, or over a run", async () => {
  answer = finished({ made: { key: "made" }, lineup: JSON.stringify(three) });
  const other = await part();
  await settled();
  assert.equal(other.element.dataset.run, "");
  answer = finished({ run: "first", made: { key: "made" }, lineup: JSON.stringify(line) });
  const busy = await part();
  busy.send({ race: JSON.stringify(news({ run: "b" })) });
  await settled();
  assert.equal(busy.element.dataset.run, "b");
});

test("a kept race is shown, marked, until the live one goes on", async () => {
  const { element, send } = await part();
  send({ race: JSON.stringify(news()) });
  const shown = { ...finished(), run: "old" };
  const kept = {
    run: "old",
    lanes: shown.lanes,
    frames: [[frame(0, 2, 2)], [frame(1, 4, 4)]],
    last: shown,
    race: line,
  };
  const detail = { part: "race", shown: kept, mark: ["recorded"] };
  document.dispatchEvent(new CustomEvent("run-again", { detail }));
  assert.equal(element.dataset.run, "old");
  assert.equal(textOf(element, ".recorded"), "recorded");
  send({ race: JSON.stringify(news({ frames: [] })) });
  assert.equal(element.dataset.run, "a");
  assert.ok(find(element, ".recorded").hidden);
});

test("cards follow the language and keep what is shown", async () => {
  const { element, send } = await part();
  send({ race: JSON.stringify(finished()) });
  speak("zh-Hans", { "Remove this lane": "移除此赛道", "away, by design": "本应如此" });
  assert.equal(find(lanesOf(element)[0], "[title='移除此赛道']").textContent, "✕");
  assert.equal(textOf(lanesOf(element)[1], ".far"), "0.250 本应如此");
  speak("en", {});
});

test("a part that left hears of nothing any more", async () => {
  const { element, send, leave } = await part();
  leave();
  halt("race");
  document.dispatchEvent(new CustomEvent("run-again", { detail: { part: "race", shown: {} } }));
  assert.equal(element.dataset.run, "");
  void send;
});
