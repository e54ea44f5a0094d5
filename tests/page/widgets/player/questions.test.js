// @ts-check
import { settled } from "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { questions } from "../../../../playground/ui/widgets/player/page/questions.js";
import { frame } from "./frames.js";

/** A server that answers when told to. */
function slow() {
  /** @type {{ asked: any, answer: (found: any) => void, fail: () => void }[]} */
  const waiting = [];
  const look = (/** @type {string} */ asked) =>
    new Promise((answer, fail) => {
      waiting.push({ asked: JSON.parse(asked), answer, fail: () => fail(new Error("gone")) });
    });
  return { waiting, look };
}

test("one question at a time; what was asked meanwhile makes the player show again", async () => {
  const { waiting, look } = slow();
  let answered = 0;
  const ask = questions(
    look,
    () => "a",
    () => void answered++,
    new AbortController().signal,
  );
  const [first, second] = [frame(1, 2), frame(2, 2)];
  ask(first, "eps", { what: "eps" });
  ask(second, "eps", { what: "eps" });
  assert.deepEqual(
    waiting.map((one) => one.asked),
    [{ run: "a", index: 1, what: "eps" }],
  );
  waiting[0].answer({ rgb: "", w: 1, h: 1 });
  await settled();
  assert.equal(answered, 1);
  assert.deepEqual(Object.keys(first.looks ?? {}), ["eps"]);
  assert.equal(second.looks, undefined);
});

test("an answer about another run is not kept; a failure is, and is not asked again", async () => {
  const { waiting, look } = slow();
  let run = "a";
  const ask = questions(
    look,
    () => run,
    () => {},
    new AbortController().signal,
  );
  const [old, now] = [frame(1, 2), frame(1, 2)];
  ask(old, "eps", {});
  run = "b";
  waiting[0].answer({ w: 1, h: 1 });
  await settled();
  assert.equal(old.looks, undefined);
  ask(now, "eps", {});
  waiting[1].fail();
  await settled();
  assert.deepEqual(now.looks, { eps: { error: "" } });
});

test("nothing is shown once the player is gone", async () => {
  const { waiting, look } = slow();
  const leaving = new AbortController();
  let answered = 0;
  const ask = questions(
    look,
    () => "a",
    () => void answered++,
    leaving.signal,
  );
  ask(frame(1, 2), "eps", {});
  leaving.abort();
  waiting[0].answer({ w: 1, h: 1 });
  await settled();
  assert.equal(answered, 0);
});
