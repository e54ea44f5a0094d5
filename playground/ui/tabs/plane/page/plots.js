// @ts-check
// Plots of the tab: the distance over training, the loss by noise band, and the race.
import { figure } from "../../../page/chart/figure.js";
import { COLOURS, series } from "../../../page/chart/theme.js";
import { find } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";

/** @typedef {{ floor: number, band: readonly [number, number] }} Floor */

/**
 * The distance that real points have, as a line in the band in which chance moves it.
 * @param {Floor | null | undefined} known
 */
export const floorShapes = (known) =>
  known
    ? [
        {
          ...{ type: "rect", xref: "paper", x0: 0, x1: 1, y0: known.band[0], y1: known.band[1] },
          ...{ line: { width: 0 }, fillcolor: "rgba(128,128,128,.18)", layer: "below" },
        },
        {
          ...{ type: "line", xref: "paper", x0: 0, x1: 1, y0: known.floor, y1: known.floor },
          line: { width: 1.5, dash: "dash", color: "rgba(128,128,128,.9)" },
        },
      ]
    : [];

/** @param {Floor | null | undefined} known */
const floorName = (known) =>
  known
    ? [
        {
          ...{ xref: "paper", x: 0, xanchor: "left", y: Math.log10(known.floor), yanchor: "top" },
          ...{ showarrow: false, text: t("floor: real against real, and its chance") },
        },
      ]
    : [];

/** @param {import("./state.js").Scene} scene */
export function plots({ element, facts, store, signal }) {
  const distance = (
    /** @type {string} */ across,
    /** @type {Floor | null | undefined} */ known,
  ) => ({
    xaxis: { title: { text: across }, rangemode: "tozero" },
    yaxis: { type: "log", title: { text: t("distance") }, nticks: 5 },
    shapes: floorShapes(known),
    annotations: floorName(known),
  });

  const curve = figure(
    find(element, ".curve"),
    () => {
      const { curve: points, floor } = store.get();
      const line = {
        ...{ type: "scatter", mode: "lines+markers", name: t("distance"), marker: { size: 4 } },
        ...{ x: points.map((p) => p.seconds), y: points.map((p) => p.distance) },
        ...{ line: { color: COLOURS[0], width: 2.5 }, showlegend: false },
        customdata: points.map((p) => [p.step, p.loss]),
        hovertemplate:
          `${t("step")} %{customdata[0]}<br>${t("distance")} %{y:.4f}<br>` +
          `${t("loss")} %{customdata[1]:.4f}<extra></extra>`,
      };
      return { traces: points.length ? [line] : [], layout: distance(t("s of training"), floor) };
    },
    {
      signal,
      label: () => t("Distance of samples to held-out points over training"),
      file: "plane-distance",
      empty: () => t("Train to see it fall to its floor."),
    },
  );
  const bands = figure(
    find(element, ".bands"),
    () => {
      const { bands: losses, cloud } = store.get();
      const least = cloud?.about.bands_floor ?? [];
      const x = least.map((_, i) => i + 1);
      const learned = {
        ...{ type: "bar", name: t("network"), x, y: losses, marker: { color: COLOURS[0] } },
        text: losses?.map((loss, i) => `${(loss / least[i]).toFixed(2)}×`),
        ...{ textposition: "outside", cliponaxis: false },
        hovertemplate: "%{y:.4f} (%{text})",
      };
      const exact = {
        ...{ type: "scatter", mode: "lines+markers", name: t("exact"), x, y: least },
        line: { color: COLOURS[1], dash: "dash", shape: "hvh" },
        hovertemplate: "%{y:.4f}",
      };
      const axis = { tickvals: [x[0], x[x.length - 1]], ticktext: [t("clean"), t("noise")] };
      const layout = {
        xaxis: { ...axis, title: { text: t("noise band") } },
        yaxis: { title: { text: t("loss") }, rangemode: "tozero" },
      };
      return { traces: losses ? [learned, exact] : [], layout };
    },
    {
      signal,
      label: () => t("The network's loss by noise band, beside the exact denoiser's"),
      file: "plane-bands",
      empty: () => t("Train to see the loss by noise band."),
    },
  );
  const race = figure(
    find(element, ".race"),
    () => {
      const { lanes } = store.get();
      const first = lanes[0]?.points[0];
      const titles = new Map(facts.samplers);
      const traces = lanes.map(({ name, points }, i) => ({
        ...{ type: "scatter", mode: "lines+markers", name: t(titles.get(name) ?? name) },
        ...{ x: points.map((p) => p.calls), y: points.map((p) => p.distance) },
        line: facts.stochastic.includes(name) ? { ...series(i), dash: "dash" } : series(i),
        hovertemplate: "%{x}: %{y:.4f}",
      }));
      return { traces, layout: distance(t("network calls (NFE)"), first) };
    },
    {
      signal,
      label: () => t("Distance against network calls, a line a sampler"),
      file: "plane-race",
      empty: () => t("Race samplers, from the same noise."),
    },
  );
  store.on(["curve", "floor"], ({ curve: points }) => {
    find(element, ".curve").dataset.points = `${points.length}`;
    curve.update();
  });
  store.on(["bands", "cloud"], ({ bands: losses }) => {
    find(element, ".bands").dataset.bands = `${losses?.length ?? 0}`;
    bands.update();
  });
  store.on(["lanes", "racing"], ({ lanes, racing }) => {
    const count = lanes.reduce((sum, { points }) => sum + points.length, 0);
    find(element, ".race").dataset.points = `${count}`;
    if (!racing && lanes.length) element.dataset.raced = `${lanes.length}`;
    race.update();
  });
}
