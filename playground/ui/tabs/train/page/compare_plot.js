// @ts-check
// Smoothed losses of several runs on a log scale, and below them each run's newest samples.
import { figure } from "../../../page/chart/figure.js";
import { COLOURS, DASHES } from "../../../page/chart/theme.js";
import { find, make } from "../../../page/kit/dom.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { countOf, paintOne, rowOf } from "./row_tiles.js";

/**
 * @typedef {import("./contracts.js").Comparison} Comparison
 * @typedef {import("./contracts.js").ComparedRun} ComparedRun
 */

/** @param {number} i */
const lookOf = (i) => ({ color: COLOURS[i % COLOURS.length], dash: DASHES[i % DASHES.length] });

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, watch, signal }) {
  const rows = find(element, ".rows");
  /** @type {Comparison} */
  let shown = { over: "steps", runs: [] };

  const plot = figure(
    find(element, ".plot"),
    () => {
      const isOverTime = shown.over === "seconds";
      const at = isOverTime
        ? t("{seconds} s of training", { seconds: "%{x:,.0f}" })
        : t("step {step}", { step: "%{x:,}" });
      const drawn = shown.runs.filter((run) => run.points.length > 1);
      return {
        traces: drawn.map((run) => ({
          type: "scatter",
          mode: "lines",
          name: run.name,
          x: run.points.map((point) => point[0]),
          y: run.points.map((point) => point[1]),
          line: { ...lookOf(shown.runs.indexOf(run)), width: 2.5 },
          hovertemplate: `${at}: %{y:.4f}`,
        })),
        layout: {
          uirevision: shown.over + shown.runs.map((run) => run.name).join(),
          xaxis: {
            title: { text: isOverTime ? t("seconds of training") : t("step") },
            rangemode: "tozero",
          },
          yaxis: { type: "log", title: { text: t("smoothed loss") } },
        },
      };
    },
    {
      signal,
      label: () => t("Smoothed loss of the chosen runs"),
      file: "runs-compared",
      empty: () => t("The losses appear here once training has run."),
    },
  );

  /** @param {ComparedRun} run */
  async function samples(run) {
    const tiles = make("div", { className: "tiles" });
    const { name, row_step: step } = run;
    tiles.setAttribute("role", "img");
    const label = t("Samples of {name} at step {step}", { name, step: step.toLocaleString("en") });
    tiles.setAttribute("aria-label", label);
    const row = await rowOf(run.row);
    for (let k = 0; k < countOf(row); k++) {
      const tile = make("canvas");
      paintOne(tile, row, k);
      tiles.append(tile);
    }
    return tiles;
  }

  /** @param {ComparedRun} run @param {number} i */
  async function line(run, i) {
    const { color, dash } = lookOf(i);
    const mark = make("i", { className: dash });
    mark.style.borderTopColor = color;
    const last = run.points.at(-1);
    const about = [
      t(run.state),
      t("step {step}", { step: run.step.toLocaleString("en") }),
      ...(last ? [t("loss {loss}", { loss: last[1].toFixed(4) })] : []),
    ].join(" · ");
    const name = make("span", {}, mark, run.name, make("br"), about);
    const made = make("div", { className: "line" }, name);
    made.append(run.row ? await samples(run) : t("no samples yet"));
    return made;
  }

  async function show() {
    const mine = shown;
    const lines = await Promise.all(shown.runs.map(line));
    if (mine === shown && !signal.aborted) rows.replaceChildren(...lines);
  }

  function take() {
    if (!props.comparison) return;
    shown = JSON.parse(props.comparison);
    element.dataset.runs = `${shown.runs.filter((run) => run.points.length > 1).length}`;
    plot.update();
    void show();
  }
  onLanguage(() => void show(), signal);
  watch("comparison", take);
  take();
}
