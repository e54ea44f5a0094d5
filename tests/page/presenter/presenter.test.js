// @ts-check
import { mounted, settled } from "../harness.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const PAGE = `<div class="title"><h1>Diffusion Playground</h1></div>
  <button role="tab" aria-selected="true" data-tab-id="a"></button>
  <div id="panel"><figure></figure><figure></figure>
    <input type="range" min="0" max="10" step="1" value="3"></div>
  <button id="go"></button><button id="link-restore"></button>`;
const BEATS = [
  { caption: "One", query: "?t=1", start: false },
  { caption: "Two", query: "?tab=a", start: true },
];

/** @param {string} key */
const press = (key) =>
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const slider = () => /** @type {HTMLInputElement} */ (document.querySelector("#panel input"));
const caption = () => document.querySelector("#talk-caption")?.textContent;

beforeEach(() => {
  document.body.innerHTML = PAGE;
  localStorage.setItem("beats", JSON.stringify(BEATS));
  history.replaceState(null, "", "/");
  // there is no layout here: all that stands in the page is in sight
  Element.prototype.getClientRects = () => /** @type {any} */ ([{}]);
  /** @type {any} */ (globalThis).indexedDB = { open: () => ({}) };
});

const mountedPresenter = () =>
  mounted("presenter/page/presenter", { stages: ["panel"], starts: { a: ["panel", "go", "go"] } });

test("a talk by keys alone: along the slider, from beat to beat, and off again", async () => {
  await mountedPresenter();
  press("p");
  const panel = /** @type {HTMLElement} */ (document.querySelector("#panel"));
  assert.ok(panel.classList.contains("stage"));
  assert.match(panel.style.getPropertyValue("--least-text"), /px$/);
  assert.equal(location.search, "?present=1");
  for (const key of ["ArrowRight", "PageDown", "PageUp"]) press(key);
  assert.equal(slider().value, "4");
  press("ArrowDown");
  assert.equal(document.querySelectorAll("figure.shown").length, 1);
  press("Enter");
  assert.equal(caption(), "One");
  assert.equal(location.search, "?t=1&present=1");
  press("2");
  assert.equal(caption(), "Two");
  press("b");
  assert.ok(document.documentElement.classList.contains("black"));
  press("Escape");
  assert.equal(document.querySelectorAll(".stage, figure.shown").length, 0);
  assert.equal(panel.style.getPropertyValue("--least-text"), "");
  assert.ok(!new URL(location.href).searchParams.has("present"));
});

test("letters typed into a field do not open the stage", async () => {
  await mountedPresenter();
  const field = document.createElement("input");
  document.body.append(field);
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "p", bubbles: true }));
  assert.equal(document.querySelector(".stage"), null);
});

test("beats are moved, captioned and deleted in the box, and this browser keeps them", async () => {
  await mountedPresenter();
  /** @type {HTMLElement} */ (document.querySelector("#talk")).click();
  const line = (/** @type {number} */ n) =>
    /** @type {Element} */ (document.querySelectorAll("#talk-box li")[n]);
  const act = (/** @type {string} */ label) =>
    /** @type {HTMLElement} */ (document.querySelector(`[aria-label="${label}"]`)).click();
  act("Move down beat 1");
  assert.equal(line(0).querySelector("input")?.value, "Two");
  act("Delete beat 1");
  assert.deepEqual(JSON.parse(localStorage.getItem("beats") ?? ""), [BEATS[0]]);
  act("Delete beat 1");
  assert.match(line(0).textContent ?? "", /No beats yet/);
});

test("buttons stand in one order, and all is gone when the part leaves", async () => {
  const part = await mountedPresenter();
  const ids = () => [...document.querySelectorAll(".title button")].map(({ id }) => id);
  assert.deepEqual(ids(), ["lesson-button", "talk"]);
  part.leave();
  await settled();
  assert.deepEqual(ids(), []);
  assert.equal(document.querySelectorAll("#talk-box, #lesson, #talk-caption").length, 0);
  press("p");
  assert.equal(document.querySelector(".stage"), null);
});
