// @ts-check
import { pens, settled } from "../../harness.js";
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { find, make } from "../../../../playground/ui/page/kit/dom.js";
import { journeyView } from "../../../../playground/ui/widgets/player/page/journey_view.js";
import { library } from "../../chart/library.js";

const plotly = library(); // fetched once, as in the page
after(plotly.restore);

const known = {
  run: "a",
  steps: [0, 5, 10],
  paths: [
    [
      [9, 0, 0],
      [5, 0, 0],
      [1, 0, 0],
    ],
    [
      [0, 9, 0],
      [0, 5, 0],
      [0, 1, 0],
    ],
  ],
  labels: ["two", "three"],
  places: [{ name: "two", points: [[1, 0, 0]] }],
  share: 0.424,
  sheet: "data:image/webp;base64,",
  side: 8,
};

/** A player in which a journey stands; `answer` is what Python says. @param {any} answer */
function view(answer) {
  const element = make("div", {}, make("div", { className: "journey" }));
  element.append(make("canvas", { className: "hovered", hidden: true }));
  document.body.append(element);
  const leaving = new AbortController();
  /** @type {string[]} */
  const asked = [];
  const heard = { count: 0 };
  const ask = async (/** @type {string} */ question) => {
    asked.push(JSON.parse(question).run);
    return answer;
  };
  const part = journeyView(element, ask, () => void heard.count++, leaving.signal);
  const drawn = () => new Promise((done) => setTimeout(done, 300)).then(() => plotly.last());
  return { part, element, asked, heard, drawn, leave: () => leaving.abort() };
}

test("a journey is asked for once a run, and again when the run has gone on", async () => {
  const { part, asked, heard } = view(known);
  assert.equal(part.said(), "ways from noise");
  for (const count of [3, 3, 11]) {
    part.of("a", count);
    await settled();
  }
  assert.deepEqual(asked, ["a", "a"]);
  assert.equal(heard.count, 2);
  assert.equal(part.said(), "three directions, 42 % of the variance");
});

test("the figure holds classes, a line with gaps, and where the samples are", async () => {
  const { part, drawn } = view(known);
  part.of("a", 11);
  part.at(7); // between two kept frames: the one before
  const { traces, layout } = await drawn();
  const [places, ways, now] = traces;
  assert.equal(places.name, "training pictures: two");
  assert.deepEqual(ways.x, [9, 5, 1, null, 0, 0, 0, null]);
  assert.equal(ways.text[5], "three · step 5");
  assert.deepEqual(
    [now.x, now.y],
    [
      [5, 0],
      [0, 5],
    ],
  );
  assert.ok(layout.scene.zaxis);
});

test("hover shows the picture of that sample at that step", async () => {
  const pen = pens();
  const { part, element, drawn } = view(known);
  part.of("a", 11);
  await drawn();
  Object.defineProperty(Image.prototype, "complete", { get: () => true, configurable: true });
  plotly.fire("plotly_hover", { points: [{ customdata: [1, 2] }] });
  const corner = find(element, ".hovered", HTMLCanvasElement);
  assert.equal(corner.hidden, false);
  const drawing = pen.strokes.filter((one) => one.name === "drawImage").at(-1);
  assert.deepEqual(drawing?.args.slice(1, 5), [16, 8, 8, 8]); // column 2, row 1
  plotly.fire("plotly_unhover", {});
  assert.equal(corner.hidden, true);
});

test("what cannot be shown is said, and nothing is heard after it left", async () => {
  const { part, element, heard, leave } = view({ error: "This run is gone." });
  const note = () => element.querySelector(".figure-note")?.textContent;
  part.of("a", 11);
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(note(), "This run is gone.");
  part.of(null, 11);
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(note(), "The journey of a recorded run is not kept.");
  const before = heard.count;
  part.of("b", 11);
  leave();
  await settled();
  assert.equal(heard.count, before);
});
