// @ts-check
// What to draw: model, class, calls, pictures, and the seed, whose slider spans 30 of them.
import { find, findAll, make } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";

/**
 * @typedef {import("./contracts.js").LiveModel} LiveModel
 * @typedef {Omit<import("./contracts.js").Question, "teacher" | "page" | "ticket">} Settings
 */

const [EACH, ANY] = ["one of each", "any"];
const CALLS = [1, 2, 3, 4];
const PICTURES = [1, 4, 9];
const SEEDS = 1e6; // among which others are thrown
const WHOLE = 1.001; // to the next whole seed, from a whole one, too

/**
 * Return which seed a slider begins at so that it can show this one.
 * @param {number} seed
 * @param {number} span
 */
export const baseOf = (seed, span) => (seed > span ? Math.floor(seed) : 0);

/**
 * @param {HTMLElement} element the whole part
 * @param {() => void} moved called when anything is another
 * @param {AbortSignal} signal
 */
export function controls(element, moved, signal) {
  const slider = find(element, "#live-seed", HTMLInputElement);
  const model = find(element, ".model", HTMLSelectElement);
  const kind = find(element, ".kind", HTMLSelectElement);
  const shown = find(element, ".seed");
  /** @type {LiveModel[]} */
  let models = [];
  let base = 0;

  /** @param {string} name @param {number[]} values @param {number} chosen */
  function radios(name, values, chosen) {
    const box = find(element, `.${name}`);
    for (const value of values) {
      const radio = make("input", { type: "radio", name: `live-${name}`, value: `${value}` });
      radio.checked = value === chosen;
      box.append(make("label", {}, radio, make("span", { textContent: `${value}` })));
    }
    box.addEventListener("change", moved);
  }

  /** @param {string} name @param {number | string} value @returns {boolean} whether there is one */
  function choose(name, value) {
    const wanted = String(value);
    const all = findAll(element, `.${name} input`, HTMLInputElement);
    const radio = all.find((one) => one.value === wanted);
    if (radio) radio.checked = true;
    return Boolean(radio);
  }

  /** @param {string} name */
  const chosen = (name) => {
    const all = findAll(element, `.${name} input`, HTMLInputElement);
    return Number(all.find((one) => one.checked)?.value ?? 1);
  };

  const seed = () => Math.round((base + Number(slider.value)) * 100) / 100;

  /** @param {HTMLSelectElement} select @param {[string, string][]} options value, text */
  function fill(select, options) {
    const kept = select.value;
    select.replaceChildren(
      ...options.map(([value, textContent]) => make("option", { value, textContent })),
    );
    if (options.some(([value]) => value === kept)) select.value = kept;
  }

  function classes() {
    const known = models.find((one) => one.name === model.value)?.classes ?? [];
    const words = /** @type {[string, string][]} */ (known.map((word) => [word, t(word)]));
    if (known.length) words.unshift([EACH, t("one of each")], [ANY, t("any")]);
    fill(kind, known.length ? words : [[ANY, t("any")]]);
  }

  function again() {
    fill(
      model,
      models.map(({ name, few }) => [name, few ? `${name} · ${t("few calls")}` : name]),
    );
    classes();
    tellSeed();
  }

  function tellSeed() {
    const text = seed().toFixed(2);
    shown.textContent = text;
    slider.setAttribute("aria-valuetext", t("seed {seed}", { seed: text }));
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const isTyped = event.target instanceof HTMLSelectElement;
    if (isTyped || event.ctrlKey || event.altKey || event.metaKey) return;
    if (choose("calls", event.key)) {
      moved();
      return event.preventDefault();
    }
    if (event.target !== slider) return;
    const at = Number(slider.value);
    if (event.key === "PageUp") slider.value = `${Math.floor(at + WHOLE)}`;
    else if (event.key === "PageDown") slider.value = `${Math.ceil(at - WHOLE)}`;
    else return;
    moved();
    event.preventDefault();
  }

  radios("calls", CALLS, CALLS[0]);
  radios("count", PICTURES, PICTURES[1]);
  model.addEventListener("change", () => {
    classes();
    moved();
  });
  kind.addEventListener("change", moved);
  slider.addEventListener("input", moved);
  element.addEventListener("keydown", pressed, { signal });
  find(element, ".dice").addEventListener("click", () => {
    base = Math.floor(Math.random() * SEEDS);
    moved();
  });

  return {
    slider,
    again,
    tellSeed,
    hasModels: () => models.length > 0,
    /** @returns {Settings} */
    read: () => ({
      model: model.value,
      class_name: kind.value,
      calls: chosen("calls"),
      pictures: chosen("count"),
      seed: seed(),
    }),
    /** Show these settings, those that are told. @param {Partial<Settings>} told */
    write(told) {
      if (!told.model) return;
      model.value = told.model;
      classes();
      if (told.class_name) kind.value = told.class_name;
      if (told.calls !== undefined) choose("calls", told.calls);
      if (told.pictures !== undefined) choose("count", told.pictures);
      if (told.seed !== undefined) {
        base = baseOf(told.seed, Number(slider.max));
        slider.value = `${told.seed - base}`;
      }
      tellSeed();
    },
    /** Offer these. @param {LiveModel[]} found */
    offer(found) {
      models = found;
      again();
    },
  };
}
