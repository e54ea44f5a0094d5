// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import "../../harness.js";

const { request, guideOf, planeStore, opened } =
  await import("../../../../playground/ui/tabs/plane/page/state.js");
const { linked } = await import("../../../../playground/ui/tabs/plane/page/link.js");
const { turned } = await import("../../../../playground/ui/tabs/plane/page/knobs.js");

/** @type {any} */
const facts = {
  controls: [
    {
      name: "cloud",
      field: "cloud",
      kind: "word",
      first: "moons",
      view: false,
    },
    {
      name: "classes",
      field: "classes",
      kind: "flag",
      first: false,
      view: false,
    },
    {
      name: "net-width",
      field: "width",
      kind: "number",
      first: "128",
      view: false,
    },
    { name: "seed", field: "seed", kind: "number", first: "0", view: false },
    {
      name: "guide",
      field: "guidance_kind",
      kind: "word",
      first: "interval",
      view: false,
    },
    { name: "t", field: "t", kind: "number", first: "0", view: true },
  ],
  classed: ["interval"],
  racers: ["ddim"],
};
const state = (/** @type {Record<string, any>} */ controls = {}, own = null) => ({
  ...planeStore(facts, new AbortController().signal).get(),
  controls: { ...opened(facts), ...controls },
  own,
});

test("a request has the fields of its controls, numbers as numbers", () => {
  const asked = /** @type {any} */ (request(facts, state({ "net-width": "64", t: "0.25" })));
  assert.equal(asked.width, 64);
  assert.deepEqual(asked.view, { t: 0.25 });
  assert.equal(asked.cloud, "moons");
  assert.equal("width" in asked.view, false);
});

test("a seed is a whole number from 0, and what was moved of knobs is sent", () => {
  const knobs = '{"sampler":{"ddpm":{"eta":0.5}}}';
  const asked = /** @type {any} */ (request(facts, state({ seed: "-2.5", knobs })));
  assert.equal(asked.seed, 0);
  assert.deepEqual(asked.sampler_knobs, { ddpm: { eta: 0.5 } });
});

test("without classes there is but one kind of guidance", () => {
  assert.equal(guideOf(facts, state()), "autoguidance");
  assert.equal(guideOf(facts, state({ classes: true })), "interval");
});

test("a link holds what differs from how the tab opens, or a cloud of one's own", () => {
  assert.deepEqual(linked(facts, state()), {});
  assert.deepEqual(linked(facts, state({ t: "0.3", guide: "interval" })), {
    t: "0.3",
  });
  const own = /** @type {any} */ ({ points: [[0, 1, 0]] });
  assert.deepEqual(linked(facts, state({ cloud: "rings" }, own)), { own });
});

test("a knob that is back at its default is not moved any more", () => {
  const moved = turned({}, ["sampler", "ddpm", "eta"], 0.5, 1);
  assert.deepEqual(moved, { sampler: { ddpm: { eta: 0.5 } } });
  assert.deepEqual(turned(moved, ["sampler", "ddpm", "eta"], 1, 1), {});
});
