// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { start } from "../../../playground/ui/i18n/page/language.js";
import { find } from "../../../playground/ui/page/kit/dom.js";
import { speak, t } from "../../../playground/ui/page/kit/words.js";

const languages = {
  en: { name: "English", offer: "in English", said: "It is English." },
  "zh-Hans": { name: "简体中文", offer: "in Chinese", said: "是中文。" },
};
const fetched = globalThis.fetch;

beforeEach(() => {
  document.body.innerHTML = `<div class="title"></div>`;
  localStorage.clear();
  history.replaceState(null, "", "/?lang=en");
  globalThis.fetch = /** @type {any} */ (async () => ({ json: async () => ({ Steps: "步数" }) }));
});
afterEach(() => {
  globalThis.fetch = fetched;
  speak("en", {});
});

const cookie = () => document.cookie.match(/language=([^;]*)/)?.[1];

test("the address decides, and the server is told by a cookie", async () => {
  history.replaceState(null, "", "/?lang=zh");
  await start({ languages, words: ["words.json"] });
  assert.equal(document.documentElement.lang, "zh-Hans");
  assert.equal(cookie(), "zh-Hans");
  assert.equal(t("Steps"), "步数");
});

test("the button changes the language, is kept, and offers the way back", async () => {
  await start({ languages, words: ["words.json"] });
  assert.equal(cookie(), "en");
  const button = find(document, "#language");
  assert.equal(button.textContent, "简体中文");
  button.click();
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(cookie(), "zh-Hans");
  assert.equal(localStorage.getItem("language"), "zh-Hans");
  assert.equal(button.textContent, "English");
  assert.equal(find(document, "#language-said").textContent, "是中文。");
});

test("where the words cannot be had the page stays as it is", async () => {
  globalThis.fetch = async () => Promise.reject(new Error("gone"));
  history.replaceState(null, "", "/?lang=zh");
  document.documentElement.lang = "en";
  await start({ languages, words: ["words.json"] });
  assert.equal(document.documentElement.lang, "en");
  assert.equal(t("Steps"), "Steps");
});
