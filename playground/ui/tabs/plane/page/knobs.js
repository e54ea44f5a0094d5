// @ts-check
// The knobs of the chosen schedule, sampler and guidance; what was moved is
// {kind: {entry: {knob: value}}}.
import { find, make } from "../../../page/kit/dom.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { fill } from "./controls.js";
import { guideOf, KNOBS, knobsOf, word } from "./state.js";

/**
 * Return what was moved with this knob at this value; null and its default are not moved.
 * @param {Record<string, any>} moved
 * @param {[kind: string, entry: string, name: string]} at
 * @param {any} value
 * @param {any} usual its default
 */
export function turned(moved, [kind, entry, name], value, usual) {
  const all = structuredClone(moved);
  const mine = ((all[kind] ??= {})[entry] ??= {});
  mine[name] = value;
  if (value === null || value === usual) delete mine[name];
  if (!Object.keys(mine).length) delete all[kind][entry];
  if (!Object.keys(all[kind]).length) delete all[kind];
  return all;
}

/**
 * @param {import("./state.js").Scene} scene
 * @param {(what: string) => void} changed what has to be made anew
 */
export function knobs({ element, facts, store, signal }, changed) {
  const box = find(element, ".turn");
  const opens = find(element, ".open-knobs");
  let laid = "";

  /** @param {[string, string, string]} at @param {any} knob @param {string} title */
  function row(at, knob, title) {
    const [kind, entry, name] = at;
    const field = knob.choices ? make("select") : make("input", { type: "number" });
    const value = knobsOf(store.get())[kind]?.[entry]?.[name] ?? knob.default;
    if (field instanceof HTMLSelectElement) {
      fill(
        field,
        knob.choices.map((/** @type {string} */ one) => [one, t(one)]),
        value,
      );
    } else Object.assign(field, { min: knob.low, max: knob.high, step: knob.step, value });
    field.addEventListener("change", () => {
      if (field.value === "") field.value = knob.default;
      const now = knob.choices ? field.value : +field.value;
      const all = turned(knobsOf(store.get()), at, now, knob.default);
      const text = Object.keys(all).length ? JSON.stringify(all) : "";
      store.set({ controls: { ...store.get().controls, [KNOBS]: text } });
      changed(kind === "schedule" ? "cloud" : "samples");
    });
    return make("label", { title: t(knob.help) }, `${title} · ${name}`, field);
  }

  function lay() {
    const state = store.get();
    const chosen = {
      schedule: word(state, "schedule"),
      sampler: word(state, "sampler"),
      guidance: guideOf(facts, state),
    };
    const now = JSON.stringify([chosen, word(state, KNOBS)]);
    if (now === laid) return;
    laid = now;
    /** @type {Record<string, [string, string][]>} */
    const lists = { schedule: facts.schedules, sampler: facts.samplers, guidance: facts.guidance };
    const rows = Object.entries(chosen).flatMap(([kind, entry]) => {
      const list = lists[kind];
      const title = t(list.find(([name]) => name === entry)?.[1] ?? entry);
      const every = Object.entries(facts.knobs[kind][entry] ?? {});
      return every.map(([name, knob]) => row([kind, entry, name], knob, title));
    });
    box.replaceChildren(...rows);
  }
  opens.addEventListener("click", () => {
    box.hidden = !box.hidden;
    opens.setAttribute("aria-expanded", `${!box.hidden}`);
  });
  store.on(["controls"], lay);
  onLanguage(() => {
    laid = "";
    lay();
  }, signal);
  lay();
}
