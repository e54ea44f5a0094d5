// @ts-check
import { mounted, pens, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { find, findAll } from "../../../../playground/ui/page/kit/dom.js";
import { speak } from "../../../../playground/ui/page/kit/words.js";
import { filled, settingsOf } from "../../../../playground/ui/tabs/noise/page/terms.js";

const path = new Float64Array([1, 0.8, 0, 0, 0.6, 1]); // two steps
const schedule = {
  schedule: "flow",
  knobs: { shift: 2 },
  moved: { shift: 2 },
  title: { key: "flow matching" },
  summary: { key: "A straight line." },
  source: "Liu 2022",
  levels: Buffer.from(path.buffer).toString("base64"),
};
const scene = { path: "cat", schedule, seed: 7, by: "ideal: bundled pictures", bundled: "cat.jpg" };
const recipe = { title: { key: "sigma, the noise" }, about: { key: "How much." }, code: "«k»" };
const given = {
  value: '{"view":"one","t":0.3}',
  given: "",
  picture: "",
  noise: "",
  scene: JSON.stringify(scene),
  recipes: JSON.stringify({ sigma: recipe }),
  schedules: JSON.stringify([{ name: "flow", title: { key: "flow matching" } }]),
};
const lab = () => {
  const drawn = pens();
  const levels = () => ({ levels: schedule.levels });
  return mounted("tabs/noise/page/noise_canvas", { ...given }, { levels }).then((part) => ({
    ...part,
    ...drawn,
    text: (/** @type {string} */ selector) => find(part.element, selector).textContent,
  }));
};

test("the lab takes the schedule's steps and says what it is", async () => {
  const { element, text, send } = await lab();
  assert.equal(find(element, "#noise-t", HTMLInputElement).max, "2");
  assert.equal(text(".about"), "A straight line. (Liu 2022)");
  assert.equal(find(element, ".first .term").innerHTML, "noised picture <i>x<sub>t</sub></i>");
  send({ given: JSON.stringify({ state: { view: "one", t: 1 } }) });
  assert.equal(find(element, "#noise-t", HTMLInputElement).value, "2");
});

test("a view is read when it is opened, and lets go of all when it leaves", async () => {
  const part = await lab();
  for (const name of ["steps", "duel", "quiz", "article"]) {
    find(part.element, `#view-${name}`).click();
    const view = find(part.element, `#part-${name}`);
    for (let i = 0; i < 50 && !view.childElementCount; i++) await settled();
    assert.ok(view.childElementCount > 3, name);
    assert.equal(view.hidden, false);
    assert.equal(JSON.parse(part.props.value).view, name);
  }
  assert.equal(findAll(part.element, "[role=tabpanel]:not([hidden])").length, 1);
  speak("zh-Hans", { "Schedule duel": "调度对决", "show x / r": "显示 x / r" });
  assert.equal(part.text("#view-duel"), "调度对决");
  assert.equal(part.text("#part-duel .check span"), "显示 x / r");
  part.leave();
  const before = part.strokes.length;
  speak("en", {});
  assert.equal(part.text("#view-duel"), "调度对决");
  assert.equal(part.strokes.length, before);
});

test("the Python of a term holds the settings of the moment", () => {
  const settings = settingsOf(scene, "1", "2");
  assert.equal(filled("get(«schedule»)(«k» / «steps»)", settings), 'get("flow", shift=2)(1 / 2)\n');
  assert.equal(settings.picture, 'ASSETS / "pictures" / "cat.jpg"');
  const mine = settingsOf({ ...scene, path: "/a/b/me.png", bundled: null }, "1", "2");
  assert.equal(mine.picture, '"me.png"');
  assert.match(mine.yours, /torch\.cat/);
  assert.equal(filled("«nothing»", settings), "«nothing»\n");
});
