// @ts-check
// What the ideal denoiser's guess of one sample is made of: training pictures and their weights.
import { find, make } from "../../../page/kit/dom.js";
import { paintSheet } from "../../../page/kit/sheets.js";
import { t } from "../../../page/kit/words.js";
import { percent } from "./film.js";
import { effectivePlot } from "./step_plots.js";

/**
 * @param {HTMLElement} element the player
 * @param {AbortSignal} signal
 */
export function idealView(element, signal) {
  const row = find(element, ".row");
  const effective = effectivePlot(find(element, ".effective", HTMLCanvasElement), signal);
  /**
   * @param {import("./film.js").Film} film
   * @param {import("./film.js").Frame} frame
   * @param {number} sample from 0
   * @param {import("./film.js").Look | undefined} found undefined: not asked yet
   */
  return (film, frame, sample, found) => {
    effective(film.frames, frame, sample);
    find(element, ".whose").textContent = t("ideal guess of picture {k}: a mean of these", {
      k: sample + 1,
    });
    if (!found) return; // what is there stays until the answer comes
    const pictures = found.pictures ?? [];
    while (row.children.length > pictures.length) row.lastElementChild?.remove();
    while (row.children.length < pictures.length) {
      row.append(make("div", { className: "top" }, make("canvas"), make("div")));
    }
    pictures.forEach((one, i) => {
      const canvas = find(row.children[i], "canvas", HTMLCanvasElement);
      const share = found.weights?.[i] ?? 0;
      paintSheet(canvas, one.rgb, one.w, one.h);
      canvas.style.opacity = `${0.35 + 0.65 * share}`;
      find(row.children[i], "div").textContent = percent(share);
    });
  };
}
