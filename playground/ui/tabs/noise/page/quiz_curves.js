// @ts-check
// The curves behind a question that is answered.
import { BLUE, GREY, ORANGE } from "../../../page/chart/canvas_plot.js";
import { curveOf, logSnr } from "./levels.js";
import { shownLevel } from "./quiz.js";

const OTHER = { dash: [5, 4] };

/**
 * Draw log-SNR over t: of the schedule with both times, or of all that were offered.
 * @param {ReturnType<typeof import("../../../page/chart/canvas_plot.js").canvasPlot>} plot
 * @param {import("./quiz.js").Question} question
 * @param {number} guess
 */
export function drawSolved(plot, question, guess) {
  if (question.kind === "schedule") {
    const lines = question.paths.map((path) => curveOf(path, logSnr));
    plot.draw(({ curve }) =>
      lines.forEach((line, i) => {
        if (i === question.truth) curve(line, BLUE);
        else curve(line, GREY, OTHER);
      }),
    );
    return;
  }
  const times = question.kind === "level" ? [question.truth, guess] : question.times;
  const line = curveOf(question.levels, logSnr);
  plot.draw(({ curve, dot }) => {
    curve(line, BLUE);
    times.forEach((at, i) => {
      const height = logSnr(...shownLevel(question.levels, at));
      if (Number.isFinite(height)) dot(at, height, i ? ORANGE : BLUE, 7);
    });
  });
}
