// @ts-check
import { mounted, pens, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { find, findAll } from "../../../../playground/ui/page/kit/dom.js";

const grid = {
  rows: { sampler: ["ddim", "heun"] },
  columns: { steps: [5, 10, 20] },
  schedule: "edm",
  measured: true,
};
const title = (/** @type {string} */ name) => ({ title: name, about: "" });
const part = () =>
  mounted("tabs/race/page/grid", {
    registry: JSON.stringify({
      samplers: { ddim: title("DDIM"), heun: title("Heun"), unipc: title("UniPC") },
      schedules: { edm: title("EDM") },
    }),
    kinds: JSON.stringify({ sampler: "Sampler", schedule: "Schedule", steps: "Steps" }),
    most: 7,
    classes: "[]",
    value: JSON.stringify(grid),
    filled: "",
    given: "",
  });

test("before it is filled in, a grid shows its cells and says which button does", async () => {
  pens();
  const { element } = await part();
  await settled();
  const heads = findAll(element, ".head").map((one) => one.textContent);
  assert.deepEqual(heads, ["5", "10", "20", "DDIM", "Heun"]);
  assert.equal(findAll(element, ".cell").length, 6);
  assert.match(find(element, ".about").textContent ?? "", /Press Fill in/);
  const unipc = findAll(element, ".chip").find((one) => one.textContent === "UniPC");
  unipc?.click(); // nine cells, and seven are the most
  assert.equal(findAll(element, ".cell").length, 0);
  assert.equal(find(element, ".about").textContent, "");
  unipc?.click();
  assert.equal(findAll(element, ".cell").length, 6);
});
