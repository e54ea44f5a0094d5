// @ts-check
// The knobs of one registry entry, as sliders; its value {entry: {knob: value}} is what was moved.
import { find, make } from "../../page/kit/dom.js";
import { onLanguage, t } from "../../page/kit/words.js";
import { curvePad } from "./curve_pad.js";

/**
 * @typedef {{ default: any, help: string, low: number, high: number, step: number,
 *   choices?: string[] }} Knob
 * @typedef {{ entry: string, entries: string, value: string, given: string, panel: string }} Props
 * @typedef {{ name: string, knob: Knob, show: (value: number) => void }} Point
 */

/** @param {import("../../page/kit/host.js").Host<Props>} host */
export function mount({ element, props, trigger, watch, signal }) {
  const box = find(element, ".knobs");
  /** @type {Record<string, Record<string, Knob>>} */
  const entries = JSON.parse(props.entries);
  /** @type {Record<string, Record<string, any>>} */
  let moved = JSON.parse(props.value || "{}");
  let drawn = new AbortController(); // lets go of what the entry before held

  /** @param {string} name @param {any} value */
  function tell(name, value) {
    (moved[props.entry] ??= {})[name] = value;
    props.value = JSON.stringify(moved);
    trigger("change");
  }
  /** @param {string} name @param {Knob} knob */
  const valueOf = (name, knob) => moved[props.entry]?.[name] ?? knob.default;

  /**
   * A slider and a field for a number.
   * @param {string} name
   * @param {Knob} knob
   * @param {string} id
   * @param {(value: number) => void} [heard]
   */
  function number(name, knob, id, heard) {
    const about = { min: knob.low, max: knob.high, value: valueOf(name, knob) };
    const help = t(knob.help);
    const slide = make("input", { type: "range", step: knob.step, ...about, title: help });
    slide.value = `${about.value}`; // once the range is known
    const field = make("input", { type: "number", step: "any", ...about, id });
    slide.setAttribute("aria-label", t("slider for {name}", { name }));
    slide.addEventListener("input", () => {
      field.value = slide.value;
      tell(name, +slide.value);
      heard?.(+slide.value);
    });
    field.addEventListener("change", () => {
      slide.value = field.value;
      const value = field.value === "" ? null : +field.value;
      tell(name, value);
      heard?.(value ?? knob.default);
    });
    const show = (/** @type {number} */ value) => {
      field.value = slide.value = `${value}`;
      tell(name, value);
    };
    return { controls: [field, slide], show };
  }

  /** @param {string} name @param {Knob} knob @param {string} id */
  function choice(name, knob, id) {
    const select = make("select", { id, title: t(knob.help) });
    for (const value of knob.choices ?? []) {
      select.append(make("option", { value, textContent: t(value) }));
    }
    select.value = valueOf(name, knob);
    select.addEventListener("change", () => tell(name, select.value));
    return select;
  }

  function draw() {
    drawn.abort();
    drawn = new AbortController();
    signal.addEventListener("abort", () => drawn.abort(), { signal: drawn.signal });
    const knobs = Object.entries(entries[props.entry] ?? {});
    /** @type {Point[]} */
    const points = [];
    /** @type {ReturnType<typeof curvePad> | null} */
    let pad = null;
    const rows = knobs.map(([name, knob]) => {
      const id = `${element.id || props.panel}-${name}`;
      const row = make("div", { className: "knob" });
      row.append(make("label", { textContent: name, htmlFor: id }));
      if (knob.choices) row.append(choice(name, knob, id));
      else {
        const k = props.entry === "drawn" && /^p\d+$/.test(name) ? points.length : -1;
        const heard = k < 0 ? undefined : (/** @type {number} */ value) => pad?.set(k, value);
        const { controls, show } = number(name, knob, id, heard);
        if (k >= 0) points.push({ name, knob, show });
        row.append(...controls);
      }
      row.append(make("small", { textContent: t(knob.help) }));
      return row;
    });
    box.replaceChildren(...rows);
    if (points.length) {
      const values = points.map(({ name, knob }) => valueOf(name, knob));
      const shown = (/** @type {number} */ k, /** @type {number} */ v) => points[k].show(v);
      pad = curvePad(points[0].knob, values, shown, drawn.signal);
      pad.reset.addEventListener("click", () => {
        points.forEach(({ knob, show }, k) => {
          show(knob.default);
          pad?.set(k, knob.default);
        });
      });
      box.prepend(pad.pad);
    }
    if (!knobs.length && props.entry) {
      const none = t("{entry} has no knobs.", { entry: props.entry });
      box.append(make("div", { className: "none", textContent: none }));
    }
    element.dataset.entry = props.entry;
  }

  // settings that come from elsewhere take the place of what was moved
  watch("given", () => {
    moved = JSON.parse(props.given).knobs;
    props.value = JSON.stringify(moved);
    draw();
  });
  watch("entry", draw);
  onLanguage(draw, signal);
  draw();
}
