// @ts-check
// The journey: every sample's way from one ball of noise to its place among the training pictures,
// on their first three principal directions. Hover shows the picture.
import { figure } from "../../../page/chart/figure.js";
import { COLOURS } from "../../../page/chart/theme.js";
import { latest } from "../../../page/kit/asker.js";
import { find } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";

/** @typedef {import("../../../media/page/contracts.js").JourneyShown} Journey */

const LEGEND = 520; // pixels of width from which there is room for the names of classes
const AXES = ["x", "y", "z"];

/**
 * @param {HTMLElement} element the player
 * @param {import("../../../page/kit/host.js").Ask} ask
 * @param {() => void} heard the journey is there
 * @param {AbortSignal} signal
 */
export function journeyView(element, ask, heard, signal) {
  const node = find(element, ".journey");
  const corner = find(element, ".hovered", HTMLCanvasElement);
  const sheet = new Image();
  /** @type {Journey | null} */
  let known = null;
  let about = "";
  let step = 0;
  let failed = "";

  const layout = () => ({
    showlegend: node.clientWidth > LEGEND,
    legend: { orientation: "v", x: 0, y: 1 },
    margin: { l: 0, r: 0, t: 0, b: 0 },
    hovermode: "closest",
    scene: Object.fromEntries(
      AXES.map((axis, i) => [
        `${axis}axis`,
        { title: { text: t("direction {k}", { k: i + 1 }) }, showticklabels: false },
      ]),
    ),
  });
  const describe = () => ({ traces: known ? traces(known, step) : [], layout: layout() });
  const plot = figure(node, describe, {
    signal,
    label: () => t("The ways of the samples among the training pictures"),
    file: "journey",
    empty: () => failed || t("The journey is drawn when the run rests."),
  });
  plot.on("plotly_hover", ({ points }) => {
    const at = points[0]?.customdata;
    corner.hidden = !at || !known;
    if (!at || !known || !sheet.complete) return;
    const { side } = known;
    corner.width = corner.height = side;
    const [x, y] = [at[1] * side, at[0] * side];
    corner.getContext("2d")?.drawImage(sheet, x, y, side, side, 0, 0, side, side);
  });
  plot.on("plotly_unhover", () => {
    corner.hidden = true;
  });

  const question = latest(
    (/** @type {string} */ run) => ask(JSON.stringify({ run })),
    (/** @type {Journey | { error: string }} */ answer) => {
      failed = "error" in answer ? answer.error : "";
      known = "error" in answer ? null : answer;
      if (known) sheet.src = known.sheet;
      node.dataset.run = known?.run ?? "";
      plot.update();
      heard();
    },
    signal,
  );

  return {
    /** What is said below it. */
    said: () =>
      known
        ? t("three directions, {percent} % of the variance", {
            percent: Math.round(100 * known.share),
          })
        : t("ways from noise"),
    /**
     * Ask for the journey of this run, as far as it goes.
     * @param {string | null} run null: of a kept one nobody knows the ways any more
     * @param {number} count frames so far
     */
    of(run, count) {
      if (about === `${run} ${count}`) return;
      about = `${run} ${count}`;
      if (run) return question(run);
      known = null;
      failed = t("The journey of a recorded run is not kept.");
      plot.update();
    },
    /** Mark where the samples are at this step. @param {number} now */
    at(now) {
      step = now;
      plot.update();
    },
  };
}

/**
 * @param {Journey} known
 * @param {number} step
 */
function traces({ paths, places, steps, labels }, step) {
  const space = { type: "scatter3d", mode: "markers" };
  const classes = places.map(({ name, points }, i) => ({
    ...space,
    ...columns(points),
    name: name ? t("training pictures: {name}", { name }) : t("training pictures"),
    marker: { size: 2, color: COLOURS[i % COLOURS.length], opacity: 0.5 },
    hoverinfo: "name",
  }));
  const gap = [null, null, null];
  const ways = paths.flatMap((path) => [...path, gap]); // one line, with a gap after each sample
  const along = paths.flatMap((path) => [...path.map((_, i) => i), path.length - 1]);
  const way = {
    ...space,
    ...columns(ways),
    mode: "lines+markers",
    name: t("ways from noise"),
    line: { color: along, colorscale: "Viridis", width: 2 },
    marker: { size: 1.5, color: along, colorscale: "Viridis" },
    customdata: paths.flatMap((path, sample) => [...path.map((_, i) => [sample, i]), null]),
    text: paths.flatMap((path, sample) => [
      ...path.map((_, i) => said(labels[sample], steps[i])),
      "",
    ]),
    hoverinfo: "text",
  };
  const place = Math.max(
    0,
    steps.findLastIndex((one) => one <= step),
  );
  const now = {
    ...space,
    ...columns(paths.map((path) => path[place])),
    name: t("now"),
    marker: { size: 5, color: "#e8590c", line: { color: "#fff", width: 1 } },
    customdata: paths.map((_, sample) => [sample, place]),
    text: paths.map((_, sample) => said(labels[sample], steps[place])),
    hoverinfo: "text",
  };
  return [...classes, way, now];
}

/** @param {string | undefined} label @param {number} step */
const said = (label, step) => t("{label} · step {k}", { label: label ?? "", k: step });

/** @param {readonly (readonly (number | null)[])[]} points */
const columns = (points) =>
  Object.fromEntries(AXES.map((axis, i) => [axis, points.map((point) => point[i])]));
