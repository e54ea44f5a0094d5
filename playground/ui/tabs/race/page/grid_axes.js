// @ts-check
// What a grid holds: its two axes and what all cells share; what is sent is that.
import { find, make } from "../../../page/kit/dom.js";
import { say, t } from "../../../page/kit/words.js";

/** @typedef {import("../../../page/kit/words.js").Value} Value */

/** Where an axis of numbers begins. @type {Record<string, number[]>} */
const NUMBERS = {
  steps: [5, 10, 20, 40],
  calls: [5, 10, 20, 40],
  guidance: [0, 1, 2, 4],
  seed: [0, 1, 2, 3],
};
const CHOSEN = 4; // values that an axis of names begins with

/**
 * @typedef {"rows" | "columns"} AxisName
 * @typedef {Record<string, any> & { rows: Record<string, any[]>,
 *   columns: Record<string, any[]> }} Grid
 */

/**
 * Keep the fields in which a grid is set.
 * @param {import("../../../page/kit/host.js").Host} host
 * @param {() => void} changed
 */
export function gridAxes({ element, props, trigger }, changed) {
  const registry = JSON.parse(props.registry);
  /** @type {Record<string, string>} titles */
  const kinds = JSON.parse(props.kinds);
  /** @type {Grid} */
  const grid = JSON.parse(props.value);

  const by = (/** @type {AxisName} */ axis) => Object.keys(grid[axis])[0];
  const valuesOf = (/** @type {AxisName} */ axis) => grid[axis][by(axis)];
  /** @param {string} kind @returns {Record<string, { title: string, about: Value }>} */
  const entries = (kind) =>
    ({ sampler: registry.samplers, schedule: registry.schedules })[kind] ?? {};
  /** @param {string} kind @returns {[string, string][]} names and titles */
  function names(kind) {
    if (kind !== "class") {
      return Object.entries(entries(kind)).map(([name, { title }]) => [name, t(title)]);
    }
    return JSON.parse(props.classes).map((/** @type {string} */ one) => [one, t(one)]);
  }

  function tell() {
    props.value = JSON.stringify(grid);
    trigger("change");
    changed();
  }

  /** @param {[string, string][]} named @param {string} chosen */
  function options(named, chosen) {
    const select = make("select");
    for (const [value, textContent] of named) select.append(make("option", { value, textContent }));
    select.value = chosen;
    return select;
  }

  /** @param {AxisName} axis @param {string} kind */
  function chips(axis, kind) {
    return names(kind).map(([name, title]) => {
      const about = entries(kind)[name]?.about;
      const chip = make("button", { type: "button", className: "chip", textContent: title });
      if (about) chip.title = say(about);
      const press = () => chip.setAttribute("aria-pressed", `${grid[axis][kind].includes(name)}`);
      chip.addEventListener("click", () => {
        const chosen = grid[axis][kind];
        const wanted = (/** @type {string} */ one) => (one === name) !== chosen.includes(one);
        grid[axis][kind] = names(kind)
          .map(([one]) => one)
          .filter(wanted);
        press();
        tell();
      });
      press();
      return chip;
    });
  }

  /** @param {AxisName} axis */
  function values(axis) {
    const kind = by(axis);
    const box = find(element, `[data-axis="${axis}"] .values`);
    if (!NUMBERS[kind]) return box.replaceChildren(...chips(axis, kind));
    const field = make("input", { type: "text", inputMode: "decimal" });
    field.value = grid[axis][kind].join(", ");
    field.title = t("Numbers, with commas between");
    field.setAttribute("aria-label", t("{kind}, with commas between", { kind: t(kinds[kind]) }));
    field.addEventListener("change", () => {
      const parts = field.value.split(/[\s,;]+/).filter(Boolean);
      grid[axis][kind] = parts.map((one) => (isNaN(+one) ? one : +one));
      tell();
    });
    box.replaceChildren(field);
  }

  /** @param {AxisName} axis @param {AxisName} other */
  function fill(axis, other) {
    const select = find(element, `[data-axis="${axis}"] select`, HTMLSelectElement);
    const free = Object.entries(kinds).filter(([kind]) => kind !== by(other));
    select.replaceChildren(
      ...free.map(([value, title]) => make("option", { value, textContent: t(title) })),
    );
    select.value = by(axis);
    select.onchange = () => {
      const kind = select.value;
      const some = names(kind).slice(0, CHOSEN);
      grid[axis] = { [kind]: NUMBERS[kind] ?? some.map(([name]) => name) };
      draw();
      tell();
    };
    values(axis);
  }

  // what all cells share, unless an axis changes it
  function others() {
    const on = [by("rows"), by("columns")];
    /** @type {HTMLElement[]} */
    const parts = [];
    for (const kind of ["sampler", "schedule"]) {
      if (on.includes(kind)) continue;
      const select = options(names(kind), grid[kind]);
      select.title = t(kinds[kind]);
      select.setAttribute("aria-label", t("{kind} of all cells", { kind: t(kinds[kind]) }));
      select.addEventListener("change", () => {
        grid[kind] = select.value;
        tell();
      });
      parts.push(select);
    }
    if (!on.includes("steps") && !on.includes("calls")) {
      const field = make("input", { type: "number", min: 1, max: 1000 });
      field.value = grid.steps;
      field.addEventListener("change", () => {
        grid.steps = +field.value;
        tell();
      });
      parts.push(make("label", {}, t("Steps"), field));
    }
    const tick = make("input", { type: "checkbox", checked: grid.measured });
    tick.addEventListener("change", () => {
      grid.measured = tick.checked;
      tell();
    });
    const label = make("label", {}, tick, t("distance to 1,000 calls"));
    label.title = t(
      "A reference for every class, guidance and seed: 1,000 calls each, after the cells",
    );
    find(element, ".others .values").replaceChildren(...parts, label);
  }

  function draw() {
    fill("rows", "columns");
    fill("columns", "rows");
    others();
    changed();
  }

  return {
    draw,
    /** How many cells there are. */
    count: () => valuesOf("rows").length * valuesOf("columns").length,
    /** What an axis and its values are called. @param {AxisName} axis */
    called(axis) {
      const named = new Map(names(by(axis)));
      const labels = valuesOf(axis).map((one) => named.get(one) ?? `${one}`);
      return { title: kinds[by(axis)], labels };
    },
    /** Follow a link. @param {Grid} wanted */
    set(wanted) {
      if (JSON.stringify(wanted) === JSON.stringify(grid)) return;
      Object.assign(grid, wanted);
      draw();
      tell();
    },
    /** Another model has other classes. */
    classes() {
      const there = names("class").map(([name]) => name);
      for (const axis of /** @type {AxisName[]} */ (["rows", "columns"])) {
        if (by(axis) !== "class") continue;
        const kept = grid[axis].class.filter((one) => there.includes(one));
        grid[axis].class = kept.length ? kept : there.slice(0, CHOSEN);
        tell();
      }
      draw();
    },
  };
}
