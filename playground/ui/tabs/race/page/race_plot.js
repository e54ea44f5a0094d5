// @ts-check
// Distance (log) against network calls, a line a lane; dashed where fresh noise is drawn.
import { figure } from "../../../page/chart/figure.js";
import { COLOURS } from "../../../page/chart/theme.js";
import { t } from "../../../page/kit/words.js";
import { told } from "./race_run.js";

const WIDE = 40; // of the largest to the smallest: fewer ticks a decade

/** @typedef {import("./race_run.js").RaceRun} RaceRun */

/**
 * Return the lines of these lanes, as Plotly takes them; none before there is a reference.
 * @param {RaceRun} run
 * @param {string[]} names of the lanes
 */
export function lines({ lanes }, names) {
  const known = lanes.map(({ points }) => points.filter(([, distance]) => distance > 0));
  if (!known.some((points) => points.length)) return [];
  return known.map((points, i) => ({
    type: "scatter",
    mode: "lines+markers",
    name: names[i] ?? `${i + 1}`,
    x: points.map(([calls]) => calls),
    y: points.map(([, distance]) => distance),
    line: {
      color: COLOURS[i % COLOURS.length],
      width: 3,
      dash: lanes[i].stochastic ? "dash" : "solid",
    },
    marker: { size: points.map((_, k) => (k === points.length - 1 ? 10 : 4)) },
    hovertemplate: "%{x}: %{y:.4f}",
  }));
}

/**
 * Return round values among these, few enough to be read on a logarithmic axis.
 * @param {number[]} values
 */
export function logTicks(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const steps = high / low > WIDE ? [1, 3] : [1, 2, 3, 5, 7];
  const found = [];
  for (let power = -6; power <= 1; power++) {
    for (const step of steps) found.push(+(step * 10 ** power).toPrecision(1));
  }
  return found.filter((value) => value >= low / 1.2 && value <= high * 1.2);
}

/**
 * Keep the plot in this node.
 * @param {HTMLElement} node
 * @param {() => RaceRun} read
 * @param {() => string[]} names
 * @param {AbortSignal} signal
 */
export function racePlot(node, read, names, signal) {
  return figure(
    node,
    () => {
      const traces = lines(read(), names());
      const said = title(read());
      const marks = logTicks(traces.flatMap(({ y }) => y));
      return {
        traces,
        layout: {
          xaxis: { title: { text: t("network calls") }, rangemode: "tozero" },
          yaxis: { type: "log", tickvals: marks, ticktext: marks.map(String) },
          legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", title: { text: said } },
          hovermode: "closest",
        },
      };
    },
    {
      signal,
      file: "race",
      label: () => t("Distance to the reference against network calls, a line a lane"),
      empty: () => waiting(read()),
    },
  );
}

/** @param {RaceRun} run */
function title({ last }) {
  const reference = last?.reference;
  if (!reference?.known || reference.final) return t("distance to the reference");
  return t("distance to a rough reference ({n} calls)", { n: told(reference.rough) });
}

/** @param {RaceRun} run */
function waiting({ last }) {
  if (!last) return t("Distances appear here as the lanes run.");
  if (last.halted) return t("Stopped before there was a reference; Race computes it.");
  return t("It is measured as soon as there is a rough reference, which comes after the lanes.");
}
