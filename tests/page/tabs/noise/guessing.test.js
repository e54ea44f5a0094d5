// @ts-check
import { settled } from "../../harness.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { guessing } from "../../../../playground/ui/tabs/noise/page/guessing.js";

/** Somebody who guesses when told to. */
function guesser() {
  /** @type {{ question: string, answer: (a: string) => void, fail: () => void }[]} */
  const asked = [];
  /** @type {string[]} */
  const heard = [];
  const state = { now: /** @type {string | null} */ ("a"), lost: 0, slow: 0 };
  const leaving = new AbortController();
  const asking = guessing(
    {
      question: () => state.now,
      ask: (question) =>
        new Promise((answer, fail) => {
          asked.push({ question, answer, fail: () => fail(new Error("gone")) });
        }),
      heard: async (answer) => void heard.push(answer),
      slow: () => void state.slow++,
      lost: () => void state.lost++,
    },
    leaving.signal,
  );
  return { asked, heard, state, leaving, ...asking };
}

test("one question at a time, and then the newest; what lay between is never asked", async () => {
  const { asked, heard, state, ask } = guesser();
  ask();
  for (state.now of ["b", "c", "d"]) ask();
  assert.equal(asked.length, 1);
  asked[0].answer("of a");
  await settled();
  await settled();
  assert.deepEqual(
    asked.map(({ question }) => question),
    ["a", "d"],
  );
  asked[1].answer("of d");
  await settled();
  await settled();
  assert.deepEqual(heard, ["of a", "of d"]);
  ask(); // it is answered already
  assert.equal(asked.length, 2);
});

test("a finger that drags asks now and then, and as soon as it rests", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { asked, state, ask, hold } = guesser();
    hold(true);
    ask();
    asked[0].answer("of a");
    await Promise.resolve().then(() => Promise.resolve());
    for (let i = 0; i < 9; i++) await Promise.resolve();
    mock.timers.tick(0);
    state.now = "b";
    ask();
    assert.equal(asked.length, 1); // it has only just asked
    mock.timers.tick(60);
    assert.equal(asked.length, 2); // it rests
  } finally {
    mock.timers.reset();
  }
});

test("a question without an answer is asked again, unless the part has left", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { asked, state, ask, leaving } = guesser();
    ask();
    mock.timers.tick(700);
    assert.equal(state.slow, 1);
    asked[0].fail();
    for (let i = 0; i < 9; i++) await Promise.resolve();
    assert.equal(state.lost, 1);
    mock.timers.tick(2000);
    assert.equal(asked.length, 2);
    leaving.abort();
    asked[1].answer("late");
    for (let i = 0; i < 9; i++) await Promise.resolve();
    mock.timers.tick(5000);
    assert.equal(asked.length, 2);
  } finally {
    mock.timers.reset();
  }
});

test("nobody asks while nobody looks", () => {
  const { asked, state, ask } = guesser();
  state.now = null;
  ask();
  assert.equal(asked.length, 0);
});
