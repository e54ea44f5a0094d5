// @ts-check
import { settled } from "../harness.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { speakForGradio } from "../../../playground/ui/i18n/page/gradio_words.js";
import { find } from "../../../playground/ui/page/kit/dom.js";
import { speak } from "../../../playground/ui/page/kit/words.js";

const WORDS = {
  Steps: "步数",
  Cat: "猫",
  "number input for {label}": "{label}的数值",
  "<b>{n} pictures</b>": "<b>{n} 张图片</b>",
};
/** @type {AbortController[]} */
const pages = [];

afterEach(() => {
  speak("en", {});
  for (const page of pages.splice(0)) page.abort();
  document.body.replaceChildren();
});

function page(/** @type {string} */ html) {
  document.body.innerHTML = html;
  const leaving = new AbortController();
  pages.push(leaving);
  speakForGradio(document.body, leaving.signal);
}

test("a whole text or attribute is a key, and English is there again", () => {
  page(`<label title="Steps"> Steps </label><p>Steps of Cat</p>`);
  speak("zh-Hans", WORDS);
  const label = find(document, "label");
  assert.equal(label.textContent, " 步数 ");
  assert.equal(label.title, "步数");
  assert.equal(find(document, "p").textContent, "Steps of Cat");
  speak("en", {});
  assert.equal(label.textContent, " Steps ");
  assert.equal(label.title, "Steps");
});

test("what comes later is said, too, and nothing once the page is English", async () => {
  page("");
  speak("zh-Hans", WORDS);
  document.body.innerHTML = "<span>Cat</span>";
  await settled();
  assert.equal(document.body.textContent, "猫");
  speak("en", {});
  document.body.innerHTML = "<span>Cat</span>";
  await settled();
  assert.equal(document.body.textContent, "Cat");
});

test("our parts, code and what must not be translated stay as they are", () => {
  const kept = `<div class="page-part">Cat</div><code>Cat</code><b translate="no">Cat</b>`;
  page(kept);
  speak("zh-Hans", WORDS);
  assert.equal(document.body.innerHTML, kept);
});

test("a sentence of Gradio's says the name in it in words", () => {
  page(`<input aria-label="number input for Steps">`);
  speak("zh-Hans", WORDS);
  assert.equal(find(document, "input").getAttribute("aria-label"), "步数的数值");
});

test("a text that Python filled in is said with its values, marked up", async () => {
  page(`<p data-t="<b>{n} pictures</b>" data-t-values='{"n":"3"}'>3 pictures</p>`);
  speak("zh-Hans", WORDS);
  const text = find(document, "p");
  assert.equal(text.innerHTML, "<b>3 张图片</b>");
  text.dataset.tValues = '{"n":"4"}';
  await settled();
  assert.equal(text.innerHTML, "<b>4 张图片</b>");
});

test("English that Gradio writes again into the same nodes is said anew", async () => {
  page(`<p data-t="Cat">Cat</p><p data-t="<b>{n} pictures</b>" data-t-values='{"n":"3"}'></p>`);
  speak("zh-Hans", WORDS);
  const [plain, marked] = document.querySelectorAll("p");
  /** @type {Text} */ (plain.firstChild).data = "Cat"; // as a renderer that compares trees does
  marked.replaceChildren("3 pictures");
  await settled();
  assert.equal(plain.textContent, "猫");
  assert.equal(marked.innerHTML, "<b>3 张图片</b>");
});

test("a dropdown shows its choice in words and is read in English", () => {
  page(`<input role="combobox">`);
  const input = /** @type {HTMLInputElement} */ (find(document, "input"));
  const shown = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  const seen = () => shown?.get?.call(input);
  input.value = "Cat";
  speak("zh-Hans", WORDS);
  assert.deepEqual([seen(), input.value], ["猫", "Cat"]);
  input.dispatchEvent(new Event("beforeinput"));
  assert.equal(seen(), "Cat");
  input.dispatchEvent(new Event("blur"));
  assert.equal(seen(), "猫");
  speak("en", {});
  assert.deepEqual([seen(), input.value], ["Cat", "Cat"]);
});

test("what Gradio lays over our parts is said, too, whenever it comes", async () => {
  const over = `<div data-testid="status-tracker"><span>Cat</span></div>`;
  page(`<div class="page-part">${over}<p>Cat</p></div>`);
  speak("zh-Hans", WORDS);
  const part = find(document, ".page-part");
  assert.equal(part.textContent, "猫Cat");
  part.innerHTML = over;
  await settled();
  assert.equal(part.textContent, "猫");
});
