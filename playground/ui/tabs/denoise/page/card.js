// @ts-check
// One card of the strip: a thumbnail in which a picture is chosen, a star, and a way out.
import { make } from "../../../page/kit/dom.js";
import { pictureAt, shapeOf } from "../../../page/kit/sheets.js";
import { say, t } from "../../../page/kit/words.js";

/**
 * @typedef {import("./contracts.js").CardShown} CardShown
 * @typedef {object} Acts
 * @property {(key: string, picture: number | null) => void} choose null: the one of before
 * @property {(act: "star" | "delete", key: string) => void} press
 *
 * @typedef {object} Card
 * @property {HTMLLIElement} box
 * @property {(source: string) => void} picture show this thumbnail
 * @property {(about: CardShown, isChosen: boolean, picture: number) => void} mark
 * @property {() => void} leave put the focus on a neighbour's way out
 */

/**
 * @param {CardShown} first
 * @param {Acts} acts
 * @returns {Card}
 */
export function card(first, { choose, press }) {
  let about = first;
  let picture = 1;
  const { key } = first;
  const image = make("img", { alt: "" });
  const frame = make("span", { className: "frame" });
  const thumb = make("button", { type: "button", className: "thumb" }, image, frame);
  const star = make("button", { type: "button", className: "star" });
  const away = make("button", { type: "button", className: "away", textContent: "✕" });
  const name = make("span");
  const foot = make("div", { className: "foot" }, name, star, away);
  const words = make("div", { className: "words" });
  const box = make("li", {}, thumb, foot, words);

  thumb.addEventListener("click", (event) => {
    if (!event.detail) return choose(key, picture); // by a key
    const edge = thumb.getBoundingClientRect();
    const within = (/** @type {number} */ at, /** @type {number} */ size) =>
      Math.max(0, Math.min(0.9999, at / size));
    const x = within(event.clientX - edge.left, edge.width);
    const y = within(event.clientY - edge.top, edge.height);
    choose(key, (pictureAt(about.count, x, y) ?? about.count - 1) + 1);
  });
  thumb.addEventListener("keydown", (event) => {
    const { columns } = shapeOf(about.count);
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const by = moves[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation(); // else the player would step
    choose(key, picture + by);
  });
  star.addEventListener("click", () => press("star", key));
  away.addEventListener("click", () => {
    const next = box.nextElementSibling ?? box.previousElementSibling;
    /** @type {HTMLElement | null | undefined} */ (next?.querySelector(".away"))?.focus();
    press("delete", key);
  });

  return {
    box,
    picture(source) {
      if (image.src !== source) image.src = source;
    },
    mark(now, isChosen, number) {
      about = now;
      picture = number;
      const { columns, rows } = shapeOf(about.count);
      const of = { line: about.line, k: number, n: about.count };
      box.classList.toggle("chosen", isChosen);
      thumb.setAttribute("aria-pressed", `${isChosen}`);
      thumb.ariaLabel = t("{line} · Picture {k} of {n}; arrow keys choose another", of);
      frame.hidden = !isChosen || about.count === 1;
      Object.assign(frame.style, {
        width: `${100 / columns}%`,
        height: `${100 / rows}%`,
        left: `${(((number - 1) % columns) * 100) / columns}%`,
        top: `${(Math.floor((number - 1) / columns) * 100) / rows}%`,
      });
      star.textContent = about.starred ? "★" : "☆";
      star.setAttribute("aria-pressed", `${about.starred}`);
      star.title = about.starred ? t("Take the star away") : t("Keep this one longest");
      star.ariaLabel = t("Star: {line}", { line: about.line });
      away.title = t("Delete this one");
      away.ariaLabel = t("Delete: {line}", { line: about.line });
      name.textContent = about.model;
      words.title = say(about.line);
      words.replaceChildren(...about.short.map((text) => make("div", {}, say(text))));
    },
    leave: () => box.remove(),
  };
}
