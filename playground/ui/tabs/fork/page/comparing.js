// @ts-check
// Two films beside each other: step 20 of 40 is not a 20-step run.
import { find, make } from "../../../page/kit/dom.js";
import { paintSheet } from "../../../page/kit/sheets.js";
import { onLanguage, say, spoken, t } from "../../../page/kit/words.js";

/**
 * @typedef {import("./contracts.js").Comparison} Comparison
 * @typedef {import("./films.js").Films} Films
 */

/** @param {HTMLElement} element the whole part @param {AbortSignal} signal */
export function comparing(element, signal) {
  const box = find(element, ".compare");
  /** @type {{ films: Films, about: Comparison } | null} */
  let shown = null;

  /** @param {number} film @param {number} step @param {"x" | "x0"} what @param {string} caption */
  function figure(film, step, what, caption) {
    const canvas = make("canvas");
    const frame = shown?.films.get(film)?.frames[step];
    if (frame) paintSheet(canvas, frame[what], frame.w, frame.h);
    return make("figure", {}, canvas, make("figcaption", { textContent: caption }));
  }

  function draw() {
    box.hidden = !shown;
    if (!shown) return;
    const { long, short, step, words } = shown.about;
    find(box, ".three").replaceChildren(
      figure(long, step, "x", t("step {k} of {n}", { k: step, n: 2 * step })),
      figure(long, step, "x0", t("its guess there")),
      figure(short, step, "x", t("step {k} of {n}", { k: step, n: step })),
    );
    find(box, "p").textContent = words.map(say).join(spoken() === "en" ? " " : "");
  }

  onLanguage(draw, signal);
  return {
    /** @param {Films} films @param {Comparison} about */
    show(films, about) {
      shown = { films, about };
      draw();
    },
    hide() {
      shown = null;
      draw();
    },
  };
}
