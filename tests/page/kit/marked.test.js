// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { marked } from "../../../playground/ui/page/kit/marked.js";

const shown = (/** @type {string} */ text) => {
  const element = document.createElement("p");
  marked(element, "<b>before</b>");
  marked(element, text);
  return element.innerHTML;
};

test("a little mark-up is shown as such, one inside another too", () => {
  assert.equal(shown("<i>x<sub>t</sub></i> is <b>0.5</b>"), "<i>x<sub>t</sub></i> is <b>0.5</b>");
  assert.equal(shown("plain"), "plain");
});

test("what is shown already stays the same nodes", () => {
  for (const text of ["plain", "<b>{n}</b> of <i>x<sub>t</sub></i>", ""]) {
    const element = document.createElement("p");
    marked(element, text);
    const before = [...element.childNodes];
    marked(element, text);
    assert.deepEqual([...element.childNodes], before);
    for (const [place, node] of [...element.childNodes].entries())
      assert.ok(node === before[place]);
  }
  const element = document.createElement("p");
  element.innerHTML = "3 pictures"; // the same words, but not bold
  marked(element, "<b>3 pictures</b>");
  assert.equal(element.innerHTML, "<b>3 pictures</b>");
});

test("anything else of HTML is text, and a tag that nobody opened closes nothing", () => {
  assert.equal(shown("<img src=x> <i>a</i>"), "&lt;img src=x&gt; <i>a</i>");
  assert.equal(shown("a</i> b <b>c"), "a b <b>c</b>");
});
