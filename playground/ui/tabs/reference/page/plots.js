// @ts-check
// The schedules, the spacings and the samplers' orders of convergence, to be compared at will.
import { figure } from "../../../page/chart/figure.js";
import { series } from "../../../page/chart/theme.js";
import { latest } from "../../../page/kit/asker.js";
import { find } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { t } from "../../../page/kit/words.js";
import { options } from "./options.js";
import { orders } from "./orders.js";

/**
 * @typedef {import("./contracts.js").Catalogue} Catalogue
 * @typedef {import("./contracts.js").Spacing} Spacing
 * @typedef {"log_snr" | "alpha" | "sigma"} Quantity
 */

const NAMES = { log_snr: "log-SNR", alpha: "alpha", sigma: "sigma" };

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount(host) {
  const { element, props, server, watch, signal } = host;
  /** @type {Catalogue} */
  let known = { curves: [], samplers: [], spacings: [], chosen: [] };
  /** @type {Spacing[]} */
  let grids = [];
  const select = (/** @type {string} */ name) => find(element, name, HTMLSelectElement);
  const quantity = select(".quantity");
  const schedule = select(".schedule");
  const steps = find(element, ".steps", HTMLInputElement);
  const convergence = orders(host);

  const curves = figure(
    find(element, ".curves"),
    () => {
      const shown = /** @type {Quantity} */ (quantity.value);
      const traces = known.curves.map((curve, i) => {
        const y = curve[shown];
        const x = y.map((_, k) => k / (y.length - 1));
        return { type: "scatter", mode: "lines", name: t(curve.title), x, y, line: series(i) };
      });
      const axes = { xaxis: { title: { text: "t" } }, yaxis: { title: { text: NAMES[shown] } } };
      return { traces, layout: axes };
    },
    {
      signal,
      label: () => t("Every schedule over t; their formulas stand below"),
      file: "schedules",
    },
  );

  const lines = figure(
    find(element, ".spacings"),
    () => ({
      traces: grids.map((grid, i) => ({
        type: "scatter",
        mode: "lines+markers",
        name: t(grid.title),
        x: grid.log_snr.map((_, k) => k),
        y: grid.log_snr,
        line: series(i),
        marker: { size: 5 },
      })),
      layout: {
        xaxis: { title: { text: t("step") }, rangemode: "tozero" },
        yaxis: { title: { text: "log-SNR" } },
      },
    }),
    { signal, label: () => t("The log-SNR at each step, by spacing"), file: "spacings" },
  );

  const askSpacings = latest(
    (/** @type {string} */ question) => server.spacing(question),
    (/** @type {Spacing[] | { error: string }} */ answer) => {
      if ("error" in answer) return;
      grids = answer;
      lines.update();
    },
    signal,
  );
  const ask = () =>
    askSpacings(JSON.stringify({ schedule: schedule.value, steps: +steps.value || 20 }));

  function take() {
    if (!props.catalogue) return;
    known = JSON.parse(props.catalogue);
    options(schedule, known.curves, "cosine");
    curves.update();
    ask();
    convergence.take(known);
  }

  quantity.addEventListener("change", curves.update);
  schedule.addEventListener("change", ask);
  steps.addEventListener("change", ask);
  translateIn(element, signal);
  watch("catalogue", take);
  take();
}
