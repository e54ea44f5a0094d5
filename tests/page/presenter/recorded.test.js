// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../../../playground/ui/presenter/page/beat_file.js";
import { settings } from "../../../playground/ui/presenter/page/recorded.js";

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
