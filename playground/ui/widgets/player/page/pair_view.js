// @ts-check
// The two sheets of pictures side by side: now and the guess, or the model and the ideal denoiser.
import { find } from "../../../page/kit/dom.js";
import { frameOne, paintSheet } from "../../../page/kit/sheets.js";
import { say, t } from "../../../page/kit/words.js";

const ORANGE = "#e8590c";
/** What a view shows, in words. @type {Record<string, () => string>} */
const SAYS = {
  x: () => t("now, xₜ"),
  x0: () => t("the guess of the result, x₀"),
  eps: () => t("what the model takes for noise, ε"),
  change: () => t("what this step changed"),
};

/**
 * Return what shows a frame on both sides.
 * @param {HTMLElement} element the player
 * @param {import("./questions.js").Question} ask
 */
export function pairView(element, ask) {
  const left = find(element, "canvas.x", HTMLCanvasElement);
  const right = find(element, "canvas.x0", HTMLCanvasElement);
  const [leftSaid, rightSaid] = [find(element, ".left"), find(element, ".right")];

  /**
   * Paint one side; return what is said below it.
   * @param {HTMLCanvasElement} canvas
   * @param {import("./film.js").Frame} frame
   * @param {string} what
   * @param {boolean} ideal
   */
  function paint(canvas, frame, what, ideal) {
    const { w, h } = frame;
    if (what === "x" || what === "x0") {
      paintSheet(canvas, (ideal ? frame.ideal : frame)?.[what] ?? "", w, h);
      return SAYS[what]();
    }
    const key = (ideal ? "ideal " : "") + what;
    /** @type {import("./film.js").Look | undefined} */
    const found = frame.index ? frame.looks?.[key] : { w, h };
    if (!found)
      ask(frame, key, { what: key }); // what is there stays until the answer comes
    else paintSheet(canvas, found.rgb ?? "", w, h);
    if (!found?.note) return SAYS[what]();
    return t("{what} ({note})", { what: SAYS[what](), note: say(found.note) });
  }

  return {
    canvases: [left, right],
    /**
     * @param {import("./film.js").Film} film
     * @param {import("./film.js").Frame} frame
     * @param {string} view
     * @param {number | null} marked a picture, from 0
     */
    show({ beside, count }, frame, view, marked) {
      const own = paint(left, frame, beside ? view : "x", false);
      const other = paint(right, frame, view, beside);
      if (marked !== null) for (const one of [left, right]) frameOne(one, count, marked, ORANGE);
      leftSaid.textContent = beside ? t("the model: {what}", { what: own }) : own;
      rightSaid.textContent = beside
        ? t("the ideal denoiser, not guided: {what}", { what: other })
        : other;
    },
  };
}
