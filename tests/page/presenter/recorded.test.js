// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../../../playground/ui/presenter/page/beat_file.js";
import { recordedRuns, settings } from "../../../playground/ui/presenter/page/recorded.js";

test("what an address sets in its tab is told by names of controls", () => {
  const query = "?tab=denoise&denoise.steps=20&denoise.your-picture~2=none&race.seed=1";
  assert.deepEqual(settings(query), ["Steps", "20", "Your picture", "none"]);
});

test("a file of beats is read, and what is none is refused", () => {
  const beat = { caption: "x".repeat(400), query: "?t=1" };
  const [first] = read(JSON.stringify({ beats: [beat] }));
  assert.deepEqual(first, { caption: "x".repeat(300), query: "?t=1", start: false });
  for (const wrong of ["{}", "[{}]", '[{"caption": 1, "query": ""}]', "no JSON"]) {
    assert.throws(() => read(wrong));
  }
});

/** Have a base of this browser that holds one kept run. @param {any} kept */
function keeping(kept) {
  const answered = (/** @type {any} */ result) => {
    const asked = /** @type {any} */ ({ result });
    setTimeout(() => asked.onsuccess());
    return asked;
  };
  const runs = { get: () => answered(kept) };
  const base = { transaction: () => ({ objectStore: () => runs }), close: () => {} };
  /** @type {any} */ (globalThis).indexedDB = { open: () => answered(base) };
}

test("a kept run is shown by a part that comes late", async () => {
  const leaving = new AbortController();
  const { signal } = leaving;
  const beat = { caption: "", query: "?tab=race", start: true };
  keeping({ part: "race", shown: "all", when: 0 });
  const runs = recordedRuns(() => true, signal);
  await runs.play(beat, "player"); // which is not the part that made it
  let asked = 0;
  document.addEventListener("run-again", () => asked++, { signal });
  const played = runs.play(beat, "race");
  while (!asked) await new Promise((done) => setTimeout(done, 5)); // nobody was there
  /** @type {any[]} */
  const heard = [];
  const part = (/** @type {Event} */ event) => {
    event.preventDefault();
    heard.push(/** @type {CustomEvent} */ (event).detail.shown);
  };
  document.addEventListener("run-again", part, { signal });
  await played;
  assert.deepEqual(heard, ["all"]);
  leaving.abort();
});
