// @ts-check
// The controls: each stands for a value of the state, as links hold it.
import { find, findAll, make } from "../../../page/kit/dom.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { guideOf, KNOBS, word } from "./state.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/**
 * Offer these, keeping what is chosen.
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} options value and text
 * @param {string} [chosen]
 */
export function fill(select, options, chosen = select.value) {
  select.replaceChildren(
    ...options.map(([value, text]) => make("option", { value, textContent: text })),
  );
  choose(select, chosen);
}
/** @param {HTMLSelectElement} select @param {string} value one that is not there is added */
function choose(select, value) {
  const isThere = [...select.options].some((one) => one.value === value);
  if (!isThere) select.append(make("option", { value, textContent: value }));
  select.value = value;
}

/**
 * @param {import("./state.js").Scene} scene
 * @param {{ changed: (name: string, what: string) => void, turned: () => void }} heard
 *   changed: a control was, and what has to be made anew; turned: the slider of t was
 */
export function controls({ element, facts, store, signal }, { changed, turned }) {
  const field = (/** @type {string} */ name) =>
    /** @type {Field} */ (find(element, name === "t" ? "#plane-t" : `.control.${name}`));
  const slider = field("t");
  const titled = (/** @type {[string, string][]} */ list) =>
    list.map(([name, title]) => /** @type {[string, string]} */ ([name, t(title)]));

  function offer() {
    const state = store.get();
    const { cloud, own } = state;
    const select = (/** @type {string} */ name) => /** @type {HTMLSelectElement} */ (field(name));
    const names = cloud?.about.class_names ?? [];
    const yours = own ? [/** @type {[string, string]} */ (["", t("Your own")])] : [];
    fill(select("cloud"), [...yours, ...titled(facts.clouds)], own ? "" : word(state, "cloud"));
    fill(select("schedule"), titled(facts.schedules), word(state, "schedule"));
    fill(select("sampler"), titled(facts.samplers), word(state, "sampler"));
    const targets = facts.targets.map((one) => /** @type {[string, string]} */ ([one, one]));
    fill(select("target"), targets, word(state, "target"));
    const drawers = Object.entries({
      network: t("the network"),
      exact: t("the exact denoiser"),
      student: t("its student"),
    });
    /** @type {[string, string][]} */
    const kept = (cloud?.about.models ?? []).map((name) => [`model: ${name}`, name]);
    fill(select("who"), [...drawers, ...kept], word(state, "who"));
    /** @type {[string, string][]} */
    const kinds = names.map((name) => [name, t(name)]);
    fill(select("kind"), [["any", t("as in the data")], ...kinds], word(state, "kind"));
    const isClassed = Boolean(state.controls.classes);
    const guides = facts.guidance.filter(([one]) => isClassed || !facts.classed.includes(one));
    fill(select("guide"), titled(guides), guideOf(facts, state));
    find(element, ".check").hidden = Boolean(cloud) && !names.length;
    for (const part of findAll(element, ".classed")) part.hidden = !isClassed || !names.length;
  }

  function show() {
    const state = store.get();
    for (const { name } of facts.controls) {
      const one = field(name);
      const value = state.controls[name];
      if (one instanceof HTMLSelectElement) {
        if (name === "cloud" && state.own) choose(one, "");
        else choose(one, name === "guide" ? guideOf(facts, state) : String(value));
      } else if (one.type === "checkbox") one.checked = Boolean(value);
      else if (one.value !== value) one.value = String(value);
    }
    field(KNOBS).value = word(state, KNOBS);
  }

  for (const { name, changes } of facts.controls) {
    const one = field(name);
    one.addEventListener("change", () => {
      const isFlag = one instanceof HTMLInputElement && one.type === "checkbox";
      const value = isFlag ? one.checked : one.value;
      const own = name === "cloud" ? { own: null, painting: false } : {};
      store.set({ controls: { ...store.get().controls, [name]: value }, ...own });
      changed(name, changes);
    });
  }
  slider.addEventListener("input", () => {
    turned();
    store.set({ controls: { ...store.get().controls, t: slider.value } });
  });
  store.on(["cloud", "own"], offer);
  store.on(["controls"], (state) => {
    if (Boolean(state.controls.classes) === find(element, ".kind").closest("label")?.hidden)
      offer();
    show();
  });
  const words = () => {
    offer();
    show();
  };
  onLanguage(words, signal);
  words();
}
