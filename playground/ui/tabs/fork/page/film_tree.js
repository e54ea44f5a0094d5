// @ts-check
// Films as a tree: a segment a film, from the step of its parent at which it begins to its end.
import { make } from "../../../page/kit/dom.js";
import { paintSheet } from "../../../page/kit/sheets.js";
import { say, t } from "../../../page/kit/words.js";
import { along, begins, inOrder, parentOf } from "./films.js";

const SVG = "http://www.w3.org/2000/svg";
const [ROW, THUMB] = [66, 70]; // pixels
const [LEFT, LINE, BEND] = [8, 44, 8];
const LATE = 0.55; // a film that begins later has its label at the right

/**
 * @typedef {import("./films.js").Film} Film
 * @typedef {import("./films.js").Films} Films
 */

/**
 * Draw the tree anew.
 * @param {HTMLElement} box
 * @param {Films} films
 * @param {number | null} chosen
 * @param {number} step of the chosen film
 * @param {(film: number) => void} choose
 */
export function drawTree(box, films, chosen, step, choose) {
  const rows = inOrder(films);
  const width = Math.max(60, box.clientWidth - THUMB - 16);
  const art = document.createElementNS(SVG, "svg");
  const x = (/** @type {number} */ share) => LEFT + share * width;
  const y = (/** @type {Film} */ film) => rows.indexOf(film) * ROW + LINE;
  for (const film of rows) {
    const from = x(begins(films, film));
    const end = Math.max(x(along(films, film, film.frames.length - 1)), from + BEND);
    const parent = parentOf(films, film);
    const bend = `V${y(film) - BEND} q0 ${BEND} ${BEND} ${BEND}`;
    const down = parent ? `M${from} ${y(parent)} ${bend}` : `M${from} ${y(film)}`;
    add(art, "path", { d: `${down} H${end}`, class: film.number === chosen ? "chosen" : "" });
  }
  const film = chosen === null ? undefined : films.get(chosen);
  if (film) add(art, "circle", { cx: x(along(films, film, step)), cy: y(film), r: 8 });
  const buttons = rows.map((one, i) => {
    const made = row(films, one);
    const from = x(begins(films, one));
    made.style.top = `${i * ROW}px`;
    made.setAttribute("aria-pressed", `${one.number === chosen}`);
    placeLabel(/** @type {HTMLElement} */ (made.firstChild), from, width, box.clientWidth);
    made.addEventListener("click", () => choose(one.number));
    return made;
  });
  box.style.height = `${rows.length * ROW}px`;
  const hadFocus = box.contains(document.activeElement);
  box.replaceChildren(...buttons, art);
  if (!hadFocus) return;
  buttons[rows.findIndex((one) => one.number === chosen)]?.focus({ preventScroll: true });
}

/** @param {Element} art @param {string} tag @param {Record<string, string | number>} about */
function add(art, tag, about) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(about)) made.setAttribute(name, `${value}`);
  art.append(made);
}

/** @param {Films} films @param {Film} film */
function row(films, film) {
  const title = say(film.title);
  const parent = parentOf(films, film);
  const from = { k: film.step, n: (parent?.number ?? 0) + 1 };
  const where = parent ? ` ${t("from step {k} of film {n}", from)}` : "";
  const small = make("small", { textContent: where });
  const label = make("span", { className: "label" }, `${film.number + 1}: ${title}`, small);
  const thumb = make("canvas", { className: "thumb" });
  const last = film.frames.at(-1);
  if (last) paintSheet(thumb, last.x, last.w, last.h);
  return make("button", { type: "button", className: "row", title }, label, thumb);
}

/**
 * @param {HTMLElement} label
 * @param {number} from where its film begins, in pixels
 * @param {number} width of the way
 * @param {number} whole
 */
function placeLabel(label, from, width, whole) {
  if (from < width * LATE) {
    label.style.left = `${from + 6}px`;
    label.style.maxWidth = `${whole - THUMB - from - 14}px`;
  } else {
    label.style.right = `${THUMB + 8}px`;
    label.style.textAlign = "right";
  }
}
