// @ts-check
import { settled } from "../harness.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as state from "../../../playground/ui/permalinks/page/page_state.js";

/** @type {string[]} */
let pressed = [];

beforeEach(() => {
  pressed = [];
  document.body.replaceChildren();
  for (const id of ["link-remember", "link-restore"]) {
    const one = document.createElement("button");
    one.id = id;
    one.addEventListener("click", () => pressed.push(id));
    document.body.append(one);
  }
  history.replaceState(null, "", "/");
});

test("showing a page is over once the server has answered for this very address", async () => {
  let isShown = false;
  const shown = state.showPage("?a=1").then(() => (isShown = true));
  assert.deepEqual(pressed, ["link-restore"]);
  assert.equal(location.search, "?a=1");
  history.replaceState(null, "", "/?a=2");
  state.start({ event: "asked" });
  state.start({ event: "shown" });
  await settled();
  assert.equal(isShown, false);
  history.replaceState(null, "", "/?a=1");
  assert.deepEqual(state.start({ event: "asked" }), ["?a=1"]);
  state.start({ event: "shown" });
  await shown;
});

test("a page that is kept has an address, and says what could not be kept", async () => {
  const part = new AbortController();
  /** @type {any} */
  let asked;
  const hold = async (/** @type {string} */ text) => {
    asked = JSON.parse(text);
    return { pictures: { p: null }, drawings: {}, error: "No room." };
  };
  state.serve({ hold }, null, part.signal);
  const kept = state.keepPage();
  assert.deepEqual(pressed, ["link-remember"]);
  /** @type {any[]} */
  const controls = [
    ["steps", 20, "value"],
    ["p", "/usual", "picture"],
  ];
  state.start({ event: "remembered", controls }, 5, { path: "/mine" });
  assert.equal(await kept, "No room.");
  assert.equal(location.search, "?steps=5");
  assert.deepEqual(asked, { lasts: true, pictures: { p: "/mine" }, drawings: {} });
  part.abort();
  assert.match((await state.ask("hold")).error, /try again/);
});
