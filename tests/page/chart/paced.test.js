// @ts-check
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { paced } from "../../../playground/ui/page/chart/paced.js";

test("work is done at once, then seldom, and the last call is never lost", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let done = 0;
  const leaving = new AbortController();
  const ask = paced(() => void done++, 250, leaving.signal);
  for (let i = 0; i < 10; i++) ask();
  assert.equal(done, 1);
  mock.timers.tick(250);
  assert.equal(done, 2);
  mock.timers.tick(1000);
  assert.equal(done, 2);
  ask();
  assert.equal(done, 3);
  ask();
  leaving.abort();
  mock.timers.tick(1000);
  assert.equal(done, 3);
  mock.timers.reset();
});
