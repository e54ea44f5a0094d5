// @ts-check
import "../../harness.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { make } from "../../../../playground/ui/page/kit/dom.js";
import { steps } from "../../../../playground/ui/widgets/player/page/keys.js";

/** @type {(number | string)[]} */
let done = [];
let leaving = new AbortController();
const scrub = make("input", { type: "range" });

/** Press a key on an element; whether the page's own use of it was prevented. */
function press(/** @type {string} */ key, /** @type {Element} */ on, more = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  on.dispatchEvent(event);
  return event.defaultPrevented;
}

beforeEach(() => {
  leaving.abort();
  leaving = new AbortController();
  done = [];
  const element = make("div", {}, scrub);
  scrub.max = "9";
  document.body.append(element);
  Object.defineProperty(element, "offsetParent", { value: document.body });
  const acts = {
    at: () => 4,
    go: (/** @type {number} */ place) => void done.push(place),
    play: () => void done.push("play"),
  };
  steps(element, scrub, acts, leaving.signal);
});

test("arrows, Home, End and the space step and play, wherever the focus is", () => {
  for (const key of ["ArrowLeft", "ArrowRight", "Home", "End", " "]) {
    assert.ok(press(key, document.body));
  }
  assert.deepEqual(done, [3, 5, 0, Infinity, "play"]);
  press(" ", scrub);
  assert.equal(done.at(-1), "play");
});

test("what uses a key itself keeps it, and so do the browser's shortcuts", () => {
  const [field, button] = [make("input", { type: "text" }), make("button", {})];
  document.body.append(field, button);
  assert.ok(!press("ArrowLeft", field));
  assert.ok(!press(" ", button));
  assert.ok(!press("ArrowLeft", document.body, { altKey: true }));
  assert.ok(!press("x", document.body));
  assert.deepEqual(done, []);
  assert.ok(press("ArrowLeft", button)); // a button has no use for it
});

test("without a film, and once the player is gone, keys are the page's", () => {
  scrub.max = "0";
  assert.ok(!press("End", document.body));
  scrub.max = "9";
  leaving.abort();
  assert.ok(!press("End", document.body));
  assert.deepEqual(done, []);
});
