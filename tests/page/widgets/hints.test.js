// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../../../playground/ui/widgets/page/hints.js";

const element = (/** @type {string} */ selector) =>
  /** @type {HTMLElement} */ (document.querySelector(selector));

test("a button tells what it does when pointed at or focused, also one that came later", () => {
  start({ go: "Start from noise", inner: "Save it" });
  document.body.innerHTML =
    '<button id="go"><span>Go</span></button>' +
    '<div id="inner"><button class="in">Save</button></div>' +
    '<button id="other">Other</button>';
  element("#go span").dispatchEvent(new Event("pointerover", { bubbles: true }));
  element(".in").dispatchEvent(new Event("focusin", { bubbles: true }));
  element("#other").dispatchEvent(new Event("pointerover", { bubbles: true }));
  assert.equal(element("#go").title, "Start from noise");
  assert.equal(element(".in").title, "Save it");
  assert.equal(element("#other").title, "");
});

test("an example is named by its file", () => {
  document.body.innerHTML = '<button class="gallery-item"><img src="/file/a%20cat.png" /></button>';
  start({});
  assert.equal(element("button").getAttribute("aria-label"), "a cat");
});
