// @ts-check
import { settled } from "../harness.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { findAll } from "../../../playground/ui/page/kit/dom.js";
import { speak } from "../../../playground/ui/page/kit/words.js";
import { start } from "../../../playground/ui/widgets/page/tab_groups.js";

const tab = (/** @type {string} */ id) => `<button role="tab" data-tab-id="${id}"></button>`;
const groups = { noise: "See", denoise: "See", race: "Try", plain: "" };
const marks = () => findAll(document, "[role=tab]").map((one) => one.dataset.group ?? null);

afterEach(() => speak("en", {}));

test("the first tab of each group carries its word, in the page's language", () => {
  document.body.innerHTML = `<div role="tablist">${Object.keys(groups).map(tab).join("")}</div>`;
  start(groups);
  assert.deepEqual(marks(), ["See", null, "Try", null]);
  speak("zh-Hans", { See: "先看" });
  assert.deepEqual(marks(), ["先看", null, "Try", null]);
});

test("tabs that are laid out anew are marked again", async () => {
  document.body.innerHTML = `<div role="tablist">${tab("noise")}</div>`;
  start(groups);
  document.querySelector("[role=tablist]")?.insertAdjacentHTML("beforeend", tab("race"));
  await settled();
  assert.deepEqual(marks(), ["See", "Try"]);
});
