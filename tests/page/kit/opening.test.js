// @ts-check
import "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "../../../playground/ui/page/kit/opening.js";

/** Answer these, one after another. @param {any[]} answers */
function server(answers) {
  const seen = /** @type {any[]} */ ([]);
  const left = new AbortController();
  const part = {
    isWanted: () => true,
    tell: (/** @type {any} */ text) => void seen.push(text),
    show: (/** @type {any} */ answer) => void seen.push(answer),
  };
  const ask = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { seen, left, part, run: () => open(ask, part, left.signal), rest: answers };
}

test("it waits, shows what grows, and ends when all is there", async () => {
  const all = [{ waiting: "soon" }, new Error("lost"), { frames: 1, more: true }, { frames: 2 }];
  const { seen, run, rest } = server([...all, { frames: 3 }]);
  assert.equal(await run(), true);
  assert.deepEqual(seen, ["soon", { frames: 1, more: true }, { frames: 2 }]);
  assert.equal(rest.length, 1);
});

test("why it cannot be made is told once", async () => {
  const { seen, run, rest } = server([{ failed: "no model" }, { frames: 1 }]);
  assert.equal(await run(), false);
  assert.deepEqual(seen, ["no model"]);
  assert.equal(rest.length, 1);
});

test("nothing is shown once something else came, or the part has left", async () => {
  const first = server([{ waiting: "soon" }, { frames: 1 }]);
  const isWanted = () => first.seen.length === 0;
  Object.assign(first.part, { isWanted });
  assert.equal(await first.run(), false);
  assert.deepEqual(first.seen, ["soon"]);
  const second = server([{ waiting: "soon" }, { frames: 1 }]);
  const running = second.run();
  second.left.abort();
  assert.equal(await running, false);
  assert.deepEqual(second.seen, []);
});
