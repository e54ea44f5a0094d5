// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../../../playground/ui/page/kit/folding.js";

/** An accordion as Gradio makes it. @param {string} id */
function accordion(id) {
  const box = document.createElement("div");
  box.id = id;
  const label = document.createElement("button");
  label.className = "label-wrap";
  label.addEventListener("click", () => label.classList.toggle("open"));
  box.append(label);
  document.body.append(box);
  return { label, isOpen: () => label.classList.contains("open") };
}
const frame = () => new Promise((done) => requestAnimationFrame(done));

test("an accordion opens as it was left, and is not pressed again when its tab is", async () => {
  const before = accordion("one-more");
  start(["one-more"]);
  before.label.click();
  await frame();
  before.label.parentElement?.remove();
  const after = accordion("one-more"); // the page was loaded anew
  start(["one-more"]);
  assert.ok(after.isOpen());
  start(["one-more"]);
  assert.ok(after.isOpen());
});

test("one that comes late is waited for", async () => {
  localStorage.setItem("unfolded", JSON.stringify({ late: true }));
  start(["late"]);
  await frame();
  const { isOpen } = accordion("late");
  await frame();
  await frame();
  assert.ok(isOpen());
});
