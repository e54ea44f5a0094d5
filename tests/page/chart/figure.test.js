// @ts-check
import { mounted, settled } from "../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { figure } from "../../../playground/ui/page/chart/figure.js";
import { speak, t } from "../../../playground/ui/page/kit/words.js";
import { library } from "./library.js";

void mounted;

test("a figure keeps its node, follows the language, and is purged when it leaves", async () => {
  const { calls, restore } = library();
  const node = document.createElement("div");
  document.body.append(node);
  const leaving = new AbortController();
  let traces = /** @type {any[]} */ ([]);
  const plot = figure(
    node,
    () => ({ traces: traces.map((one) => ({ ...one, name: t("loss") })) }),
    {
      signal: leaving.signal,
      label: () => t("loss over steps"),
      empty: () => t("Nothing yet."),
    },
  );
  await settled();
  assert.equal(node.querySelector(".figure-note")?.textContent, "Nothing yet.");
  assert.equal(calls.length, 0); // the library is not even fetched
  traces = [{ x: [1, 2], y: [3, 4] }];
  await new Promise((done) => setTimeout(done, 260));
  plot.update();
  await settled();
  await settled();
  const drawn = () => calls.filter(([name]) => name === "react");
  assert.equal(drawn().length, 1);
  const first = drawn()[0][1];
  speak("zh-Hans", { loss: "损失" });
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(drawn().length, 2);
  const second = drawn()[1][1];
  assert.equal(second[0], first[0]);
  assert.equal(second[1][0].name, "损失");
  assert.equal(second[2].uirevision, first[2].uirevision);
  speak("en", {});
  leaving.abort();
  await settled();
  assert.ok(calls.some(([name]) => name === "purge"));
  restore();
});
