// @ts-check
// The knobs of a lane's sampler and schedule, behind its gear.
import { make } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";

/** @typedef {import("../../../page/kit/words.js").Value} Value */

/**
 * @typedef {{ default: any, help: string, low: number, high: number, choices?: string[] }} Knob
 * @typedef {{ title: string, about: Value, knobs: Record<string, Knob> }} Entry
 * @typedef {{ samplers: Record<string, Entry>, schedules: Record<string, Entry> }} Registry
 *
 * @typedef {object} Lane
 * @property {string} sampler
 * @property {string} [schedule]
 * @property {number | null} [steps] none: as many as the calls allow
 * @property {Record<string, any>} [sampler_knobs]
 * @property {Record<string, any>} [schedule_knobs]
 */

/**
 * Return the two registries with what the lane has chosen of each.
 * @param {Registry} registry
 * @param {Lane} lane
 * @returns {[Entry | undefined, "sampler_knobs" | "schedule_knobs"][]}
 */
const chosen = (registry, lane) => [
  [registry.samplers[lane.sampler], "sampler_knobs"],
  [registry.schedules[lane.schedule ?? ""], "schedule_knobs"],
];

/**
 * Fill the box with a field a knob.
 * @param {HTMLElement} box
 * @param {Registry} registry
 * @param {Lane} lane
 * @param {() => void} edited
 */
export function fillKnobs(box, registry, lane, edited) {
  const fields = chosen(registry, lane).flatMap(([entry, key]) =>
    Object.entries(entry?.knobs ?? {}).map(([name, knob]) => field(lane, key, name, knob, edited)),
  );
  const none = make("small", { textContent: t("Neither has knobs.") });
  box.replaceChildren(...(fields.length ? fields : [none]));
}

/**
 * @param {Lane} lane
 * @param {"sampler_knobs" | "schedule_knobs"} key
 * @param {string} name
 * @param {Knob} knob
 * @param {() => void} edited
 */
function field(lane, key, name, knob, edited) {
  const input = knob.choices
    ? make(
        "select",
        {},
        ...knob.choices.map((c) => make("option", { value: c, textContent: t(c) })),
      )
    : make("input", { type: "number", min: knob.low, max: knob.high, step: "any" });
  input.value = lane[key]?.[name] ?? knob.default;
  input.addEventListener("change", () => {
    const value = knob.choices || input.value === "" ? input.value : +input.value;
    lane[key] = { ...lane[key], [name]: value === "" ? knob.default : value };
    edited();
  });
  const help = make("small", { textContent: t(knob.help) });
  return make("label", {}, name, input, help);
}

/**
 * Return the knobs that are not at their defaults, which would else be hidden behind the gear.
 * @param {Registry} registry
 * @param {Lane} lane
 */
export const movedKnobs = (registry, lane) =>
  chosen(registry, lane)
    .flatMap(([entry, key]) =>
      Object.entries(lane[key] ?? {})
        .filter(([name, value]) => `${entry?.knobs[name]?.default}` !== `${value}`)
        .map(([name, value]) => `${name} ${value}`),
    )
    .join(", ");
