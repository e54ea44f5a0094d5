// @ts-check
import { mounted, pens } from "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { find, findAll } from "../../../playground/ui/page/kit/dom.js";
import { speak } from "../../../playground/ui/page/kit/words.js";

const eta = { default: 0.5, help: "How much noise.", low: 0, high: 1, step: 0.1 };
const points = Object.fromEntries(
  [10, 5, 0, -5, -10].map((value, k) => [
    `p${k}`,
    { default: value, help: "log-SNR.", low: -15, high: 15, step: 0.1 },
  ]),
);
const entries = JSON.stringify({ ddim: {}, ancestral: { eta }, drawn: points });
const panel = (/** @type {string} */ entry) =>
  mounted("widgets/page/knob_panel", { entry, entries, value: "{}", given: "", panel: "p" });

test("a slider tells Python its knob under its entry", async () => {
  const part = await panel("ancestral");
  const slide = /** @type {HTMLInputElement} */ (find(part.element, "input[type=range]"));
  slide.value = "0.8";
  slide.dispatchEvent(new Event("input"));
  assert.deepEqual(JSON.parse(part.props.value), { ancestral: { eta: 0.8 } });
  assert.deepEqual(part.events, [{ event: "change", detail: undefined }]);
});

test("what was moved stays with its entry while another is shown", async () => {
  const part = await panel("ancestral");
  part.send({ given: JSON.stringify({ knobs: { ancestral: { eta: 0.1 } } }) });
  part.send({ entry: "ddim" });
  assert.equal(find(part.element, ".none").textContent, "ddim has no knobs.");
  part.send({ entry: "ancestral" });
  const field = /** @type {HTMLInputElement} */ (find(part.element, "input[type=number]"));
  assert.equal(field.value, "0.1");
});

test("a drawn schedule has a pad above its points, in the page's language", async () => {
  const { texts } = pens();
  const part = await panel("drawn");
  assert.equal(findAll(part.element, ".pad").length, 1);
  assert.ok(texts().includes("log-SNR over t"));
  speak("zh-Hans", { "log-SNR over t": "对数信噪比随 t" });
  assert.ok(texts().includes("对数信噪比随 t"));
  speak("en", {});
});

test("a part that left hears of nothing any more", async () => {
  const { strokes } = pens();
  const part = await panel("drawn");
  part.leave();
  const before = strokes.length;
  speak("zh-Hans", {});
  speak("en", {});
  assert.equal(strokes.length, before);
});
