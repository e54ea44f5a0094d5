// @ts-check
// The reference beside the plot, and what the plot means.
import { find } from "../../../page/kit/dom.js";
import { paintSquare } from "../../../page/kit/sheets.js";
import { say, t } from "../../../page/kit/words.js";
import { costOf } from "./race_run.js";

/** @param {HTMLElement} element the whole part */
export function notes(element) {
  const canvas = find(element, ".target canvas", HTMLCanvasElement);
  const said = (/** @type {string} */ name) => find(element, name);
  return {
    /** @param {import("./race_run.js").RaceRun} run */
    tell({ last, lanes }) {
      const reference = last?.reference;
      if (reference?.sheet) paintSquare(canvas, reference.sheet);
      else canvas.width = 8;
      said(".left").textContent = reference
        ? costOf(reference, { halted: last.halted, resting: Boolean(last.made) })
        : t("{n} calls, after the lanes", { n: "1,000" });
      said(".radii").textContent = last?.radii ? ` (${say(last.radii)})` : "";
      said(".apart").textContent = last?.apart
        ? t("Two different pictures here are {distance} apart.", {
            distance: last.apart.toFixed(2),
          })
        : "";
      said(".fresh").hidden = !lanes.some((lane) => lane.stochastic);
    },
  };
}
