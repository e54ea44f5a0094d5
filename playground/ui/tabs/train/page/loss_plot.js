// @ts-check
// The training loss over steps, of each update and smoothed, on a log scale.
import { figure } from "../../../page/chart/figure.js";
import { COLOURS } from "../../../page/chart/theme.js";
import { find } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { t } from "../../../page/kit/words.js";

/** @typedef {import("./contracts.js").TrainingLoss} TrainingLoss */

/** @type {TrainingLoss} */
const NONE = { run: "", points: [] };

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, watch, signal }) {
  let shown = NONE;

  /** @param {1 | 2} place @param {string} name @param {object} look */
  const trace = (place, name, look) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: shown.points.map((point) => point[0]),
    y: shown.points.map((point) => point[place]),
    hovertemplate: `${t("step {step}", { step: "%{x:,}" })}: %{y:.4f}`,
    ...look,
  });
  const plot = figure(
    find(element, ".plot"),
    () => {
      if (shown.points.length < 2) return { traces: [] };
      const each = trace(1, t("each update"), { line: { color: COLOURS[0], width: 1 } });
      const smooth = trace(2, t("smoothed"), { line: { color: COLOURS[0], width: 2.5 } });
      return {
        traces: [{ ...each, opacity: 0.35, hoverinfo: "skip", hovertemplate: null }, smooth],
        layout: {
          uirevision: shown.run,
          xaxis: { title: { text: t("step") }, rangemode: "tozero" },
          yaxis: { type: "log", title: { text: t("loss") } },
        },
      };
    },
    {
      signal,
      label: () => t("Training loss over steps"),
      file: "training-loss",
      empty: () => t("The loss appears here once training runs."),
    },
  );

  function take() {
    shown = props.loss ? JSON.parse(props.loss) : NONE;
    element.dataset.points = `${shown.points.length}`;
    plot.update();
  }
  translateIn(element, signal);
  watch("loss", take);
  take();
}
