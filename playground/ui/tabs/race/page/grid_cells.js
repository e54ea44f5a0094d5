// @ts-check
// The cells of a grid: pictures under their settings, to be walked through by arrow keys.
import { find, make } from "../../../page/kit/dom.js";
import { paintSquare } from "../../../page/kit/sheets.js";
import { t } from "../../../page/kit/words.js";

/** @typedef {import("./contracts.js").GridNews} GridNews */
/** @typedef {import("./contracts.js").GridAxis} Axis */
/** @typedef {[rows: Axis, columns: Axis]} Axes */

const LEAST = 72; // pixels of a cell's side
const MOST = 260;

/**
 * Return how large the cells are: as large as the window has room for.
 * @param {{ width: number, height: number }} room
 * @param {number} rows
 * @param {number} columns
 */
export function sideOf({ width, height }, rows, columns) {
  const [wide, tall] = [width / columns - 8, height / rows - 34];
  return Math.round(Math.max(LEAST, Math.min(MOST, wide, tall)));
}

/**
 * What is told of a chosen cell.
 * @param {Record<string, any> | undefined} cell
 */
export function cellSaid(cell) {
  if (!cell) return t("This cell is not filled in yet.");
  const own = ["class", "guidance", "seed"].filter((key) => cell[key] !== undefined);
  return [
    cell.sampler,
    cell.schedule,
    t("{n} steps", { n: cell.steps }),
    ...own.map((key) => t(`${key} {value}`, { value: cell[key] })),
    t("{n} network calls", { n: cell.nfe }),
    t("{n} s", { n: cell.seconds.toFixed(2) }),
    ...(cell.distance === null ? [] : [t("distance {d}", { d: cell.distance.toFixed(4) })]),
  ].join(" · ");
}

/** @param {HTMLElement} element the whole part */
export function gridCells(element) {
  const box = find(element, ".cells");
  const said = find(element, ".about");
  /** @type {HTMLButtonElement[]} */
  let cells = [];
  /** @type {GridNews["cells"]} */
  let facts = [];
  /** @type {number | null} */
  let chosen = null;

  /** @param {number} at */
  function choose(at) {
    chosen = at;
    cells.forEach((cell, i) => cell.setAttribute("aria-selected", `${i === at}`));
    said.textContent = cellSaid(facts[at]);
  }

  /** @param {number} at @param {number} columns @param {string} label */
  function cell(at, columns, label) {
    const canvas = make("canvas", { width: 8, height: 8 });
    const made = make("button", { type: "button", className: "cell" }, canvas, make("span"));
    made.setAttribute("aria-label", label);
    made.addEventListener("focus", () => choose(at));
    made.addEventListener("click", () => choose(at));
    made.addEventListener("keydown", (event) => {
      /** @type {Record<string, number>} */
      const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
      const next = cells[at + (steps[event.key] ?? NaN)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
    return made;
  }

  const label = (/** @type {number} */ i) => find(cells[i], "span");

  /** Lay empty cells out, as large as fit. @param {Axis} rows @param {Axis} columns */
  function layOut(rows, columns) {
    const margin = window.innerWidth > 900 ? 230 : 105;
    const zoom = /** @type {any} */ (element).currentCSSZoom ?? 1;
    const width = find(element, ".scroll").clientWidth - margin;
    const height = window.innerHeight / zoom - 380;
    const side = sideOf({ width, height }, rows.labels.length, columns.labels.length);
    box.style.setProperty("--columns", `${columns.labels.length}`);
    box.style.setProperty("--side", `${side}px`);
    const [down, across] = [t(rows.title), t(columns.title)];
    cells = [];
    chosen = null;
    const corner = make("div", { className: "corner", textContent: `${across} →\n${down} ↓` });
    const heads = columns.labels.map((one) =>
      make("div", { className: "head", textContent: t(one) }),
    );
    const lines = rows.labels.flatMap((one) => {
      const head = make("div", { className: "head row", textContent: t(one) });
      const line = columns.labels.map((other) => {
        const about = `${down} ${t(one)}, ${across} ${t(other)}`;
        return cell(cells.push(/** @type {any} */ (null)) - 1, columns.labels.length, about);
      });
      cells.splice(cells.length - line.length, line.length, ...line);
      return [head, ...line];
    });
    box.replaceChildren(corner, ...heads, ...lines);
  }

  return {
    /** Lay out what is to be filled in; null: no such grid can be. @param {Axes | null} axes */
    foresee(axes) {
      box.classList.add("foreseen");
      if (axes) layOut(...axes);
      else box.replaceChildren();
      said.textContent = axes
        ? t("Press Fill in: each cell is sampled with the settings of its row and its column.")
        : "";
    },
    /** Lay the cells of another grid out. @param {GridNews} news */
    begin({ rows, columns }) {
      box.classList.remove("foreseen");
      layOut(rows, columns);
      said.textContent = t("Choose a cell to read its settings here.");
    },
    /** Show the new pictures, and what is known of all cells. @param {GridNews} news */
    show(news) {
      facts = news.cells;
      news.new.forEach((one, i) => {
        paintSquare(find(cells[news.first + i], "canvas", HTMLCanvasElement), one);
      });
      facts.forEach((one, i) => {
        const far = one.distance === null ? "" : ` · ${one.distance.toFixed(3)}`;
        label(i).textContent = t("{n} calls", { n: one.nfe }) + far;
      });
      if (news.now) label(facts.length).textContent = `${Math.round(100 * news.now.share)}%`;
      if (chosen !== null) said.textContent = cellSaid(facts[chosen]);
    },
  };
}
