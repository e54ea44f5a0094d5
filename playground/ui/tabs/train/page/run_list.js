// @ts-check
// Cards of all runs; a card stays the same element while its run lives, so that focus and scroll
// stay.
import { find, findAll, make } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, spoken, t } from "../../../page/kit/words.js";

/** @typedef {import("./contracts.js").RunCard} RunCard */

const MOST = 3; // that a comparison can tell apart
// a run without samples
const EMPTY = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const BUSY = ["starting", "running", "waiting"];
const BAD = ["failed", "crashed", "not responding"];

/** @param {number} seconds since 1970 */
export function dated(seconds) {
  if (!seconds) return "";
  return new Date(1000 * seconds).toLocaleString(spoken() === "en" ? "en-GB" : spoken(), {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, trigger, watch, signal }) {
  const list = find(element, "ul");
  /** @type {Record<string, string>} newest samples, by the run's name */
  const thumbs = {};
  /** @type {Map<string, HTMLElement>} */
  const cards = new Map();

  const boxes = () => findAll(list, "input", HTMLInputElement);
  function limit() {
    const isFull = boxes().filter((box) => box.checked).length >= MOST;
    for (const box of boxes()) box.disabled = isFull && !box.checked;
  }

  /** @param {string} name */
  function cardOf(name) {
    const open = make(
      "button",
      { type: "button", className: "open" },
      make("img", { className: "thumb", alt: "" }),
      make(
        "div",
        { className: "text" },
        make("div", { className: "name" }, make("b"), make("span", { className: "state" })),
        make("div", { className: "facts" }),
        make("div", { className: "date" }),
      ),
    );
    const box = make("input", { type: "checkbox" });
    const card = make("li", {}, open, make("label", {}, box, make("span")));
    card.dataset.name = name;
    open.addEventListener("click", () => trigger("select", { name }));
    box.addEventListener("change", () => {
      limit();
      const names = findAll(list, "li")
        .filter((one) => one.querySelector("input:checked"))
        .map((one) => one.dataset.name);
      trigger("input", { names });
    });
    return card;
  }

  /** @param {HTMLElement} node @param {string} text */
  function set(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  /** @param {HTMLElement} card @param {RunCard} run */
  function fill(card, run) {
    const { name, state, message, facts, began } = run;
    const look = BUSY.includes(state) ? " busy" : BAD.includes(state) ? " bad" : "";
    set(find(card, "b"), name);
    set(find(card, ".state"), t(state));
    find(card, ".state").className = `state${look}`;
    set(find(card, ".facts"), facts.map(say).join(" · "));
    const why = say(message);
    set(find(card, ".date"), why || dated(began));
    find(card, ".date").title = why;
    find(card, ".open").title = t("Show {name}", { name });
    find(card, "label").title = t("Compare its loss and samples with others");
    set(find(card, "label span"), t("compare"));
    find(card, "input").setAttribute("aria-label", t("Compare {name}", { name }));
    const source = thumbs[name] || EMPTY;
    const thumb = find(card, ".thumb", HTMLImageElement);
    if (thumb.getAttribute("src") !== source) thumb.src = source;
    card.classList.toggle("chosen", name === props.chosen);
  }

  function draw() {
    if (props.thumbs) Object.assign(thumbs, JSON.parse(props.thumbs));
    /** @type {RunCard[]} */
    const runs = props.cards ? JSON.parse(props.cards) : [];
    const names = new Set(runs.map((run) => run.name));
    for (const [name, card] of cards) {
      if (names.has(name)) continue;
      card.remove();
      cards.delete(name);
      delete thumbs[name];
    }
    runs.forEach((run, place) => {
      const card = cards.get(run.name) ?? cardOf(run.name);
      cards.set(run.name, card);
      fill(card, run);
      if (list.children[place] !== card) list.insertBefore(card, list.children[place] ?? null);
    });
    limit();
    find(element, ".none").hidden = runs.length > 0;
    element.dataset.count = `${runs.length}`;
  }

  translateIn(element, signal);
  onLanguage(draw, signal);
  watch(["cards", "thumbs", "chosen"], draw);
  draw();
}
