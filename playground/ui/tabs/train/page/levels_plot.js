// @ts-check
// How often training draws which level, over log-SNR, clean at the left; each noise band in the
// colour that it has in the plot of the loss. Dashed: even in angle.
import { figure } from "../../../page/chart/figure.js";
import { find } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { BAND_COLOURS, edge } from "./bands.js";

/** @typedef {import("./contracts.js").LevelDraws} LevelDraws */

const MOST = 12; // log-SNR at either end

/** @param {number[]} density @returns {[number, number][]} log-SNR at each bin's middle, density */
const points = (density) =>
  density.map((p, k) => [MOST - ((k + 0.5) / density.length) * 2 * MOST, p]);

/**
 * The part of a curve that lies in a band, with its ends between two points found on the line.
 * @param {number[]} density
 * @param {number} band
 * @returns {[number, number][]}
 */
export function within(density, band) {
  const high = Math.min(MOST, edge(band));
  const low = Math.max(-MOST, edge(band + 1));
  /** @type {[number, number][]} */
  const every = [[MOST, 0], ...points(density), [-MOST, 0]];
  /** @type {[number, number][]} */
  const found = [];
  every.slice(1).forEach(([x1, y1], k) => {
    const [x0, y0] = every[k];
    const at = (/** @type {number} */ x) => y0 + ((y1 - y0) * (x0 - x)) / (x0 - x1);
    const from = Math.min(x0, high);
    const to = Math.max(x1, low);
    if (from <= to) return;
    if (!found.length) found.push([from, at(from)]);
    found.push([to, at(to)]);
  });
  return found;
}

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, watch, signal }) {
  const says = find(element, ".says");
  /** @type {LevelDraws} */
  let shown = { even: [], density: [], shares: [], says: [] };

  /** @param {[number, number][]} line */
  const ends = (line) => ({ x: line.map(([x]) => x), y: line.map(([, y]) => y) });
  const plot = figure(
    find(element, ".plot"),
    () => ({
      traces: [
        ...BAND_COLOURS.map((color, band) => ({
          type: "scatter",
          mode: "lines",
          ...ends(within(shown.density, band)),
          line: { color, width: 1 },
          fill: "tozeroy",
          hovertemplate: t("log-SNR {x}: {share} % of all draws lie in this band", {
            x: "%{x:.1f}",
            share: (100 * (shown.shares[band] ?? 0)).toFixed(0),
          }).concat("<extra></extra>"),
        })),
        {
          type: "scatter",
          mode: "lines",
          ...ends(points(shown.even)),
          line: { dash: "dash", width: 1.5, color: "#888" },
          hoverinfo: "skip",
        },
      ],
      layout: {
        showlegend: false,
        xaxis: { range: [MOST, -MOST], title: { text: "log-SNR" } },
        yaxis: { showticklabels: false, rangemode: "tozero", fixedrange: true },
      },
    }),
    { signal, label: () => t("How often training draws which log-SNR"), file: "levels-drawn" },
  );

  const tell = () => (says.textContent = shown.says.map(say).join(" "));
  function take() {
    shown = JSON.parse(props.levels);
    element.dataset.shares = JSON.stringify(shown.shares);
    tell();
    plot.update();
  }
  translateIn(element, signal);
  onLanguage(tell, signal);
  watch("levels", take);
  take();
}
