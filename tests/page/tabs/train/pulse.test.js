// @ts-check
import { mounted, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";

test("a change is told once, an opened tab at once, and nothing out of sight", async () => {
  mock.timers.enable({ apis: ["setInterval"] });
  /** @type {string[]} */
  const asked = [];
  let stamp = "a";
  const part = await mounted(
    "tabs/train/page/pulse",
    { run: "" },
    {
      stamp: (/** @type {string} */ question) => {
        asked.push(JSON.parse(question).run);
        return { stamp };
      },
    },
  );
  const tab = document.createElement("div");
  tab.setAttribute("role", "tabpanel");
  let isOpen = false;
  tab.getClientRects = () => /** @type {any} */ (isOpen ? [{}] : []);
  document.body.append(tab);
  tab.append(part.element);
  const later = async () => {
    mock.timers.tick(700);
    await settled();
  };

  await later();
  assert.deepEqual(asked, []);
  isOpen = true;
  for (let k = 0; k < 3; k++) await later();
  assert.deepEqual([asked.length, part.events.length], [3, 1]);
  stamp = "b";
  part.send({ run: "mine" });
  await settled();
  assert.deepEqual([asked.at(-1), part.events.length], ["mine", 2]);
  isOpen = false;
  await later();
  isOpen = true;
  await later();
  assert.equal(part.events.length, 3);
  part.leave();
  await later();
  assert.equal(asked.length, 5);
  mock.timers.reset();
});
