// @ts-check
// A column of pictures and two numbers for every guidance scale, as they come.
import { figure } from "../../../page/chart/figure.js";
import { COLOURS } from "../../../page/chart/theme.js";
import { find, make } from "../../../page/kit/dom.js";
import { paintSheet } from "../../../page/kit/sheets.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";

/**
 * @typedef {import("./contracts.js").SweepNews} SweepNews
 * @typedef {"fidelity" | "diversity"} Quantity
 */
const LEFT = 52; // pixels left of the first column, as in the style sheet
const RIGHT = 10;
/** What the curves are called. @type {[Quantity, () => string][]} */
const CURVES = [
  ["fidelity", () => t("in its class, by the judge")],
  ["diversity", () => t("variety; 1 is that of all real pictures")],
];

/** @param {import("../../../page/kit/host.js").Host<{ column: string, scales: string }>} host */
export function mount({ element, props, watch, signal }) {
  /** @type {number[]} */
  const scales = JSON.parse(props.scales);
  const places = scales.map(String);
  /** @type {SweepNews | null} */
  let news = null;
  let painted = 0;
  const columns = scales.map((scale) => {
    const canvas = make("canvas", { width: 2, height: 3 });
    const two = make("span", { className: "two" });
    find(element, ".columns").append(make("div", {}, make("b", {}, `${scale}`), canvas, two));
    return { canvas, two };
  });

  const layout = {
    margin: { l: LEFT, r: RIGHT, t: 8, b: 4 },
    xaxis: { type: "category", range: [-0.5, scales.length - 0.5], categoryarray: places },
    yaxis: { rangemode: "tozero", automargin: false },
    showlegend: true,
  };

  const plot = figure(find(element, ".plot"), () => ({ traces: traces(), layout }), {
    signal,
    label: () => t("Fidelity and diversity by guidance scale"),
    file: "guidance",
  });
  /** The curves so far, and real pictures as a dotted line each. */
  function traces() {
    const { columns: done = [], real = null } = news ?? {};
    return CURVES.flatMap(([key, name], i) => {
      const color = COLOURS[i];
      const curve = {
        type: "scatter",
        mode: "lines+markers",
        name: name(),
        legendgroup: key,
        x: done.map((one) => places[one.place]),
        y: done.map((one) => one.gain[key]),
        line: { color },
        hovertemplate: "%{y:.2f}",
      };
      if (!real) return [curve];
      const line = { color, dash: "dot", width: 1.5 };
      const about = { type: "scatter", mode: "lines", legendgroup: key, showlegend: false };
      const realName = t("real pictures of the class");
      const y = places.map(() => real[key]);
      return [curve, { ...about, name: realName, x: places, y, line, hovertemplate: "%{y:.2f}" }];
    });
  }

  function tell() {
    find(element, ".about").hidden = news !== null;
    find(element, ".said").textContent = news ? say(news.text) : "";
  }

  function take() {
    if (!props.column) return;
    const before = news?.run;
    news = /** @type {SweepNews} */ (JSON.parse(props.column));
    if (news.run !== before) {
      painted = 0;
      for (const { canvas, two } of columns) {
        paintSheet(canvas, "");
        two.textContent = "";
      }
    }
    for (const { place, gain, sheet } of news.columns.slice(painted)) {
      const { canvas, two } = columns[place];
      paintSheet(canvas, sheet.rgb, sheet.w, sheet.h);
      two.textContent = `${(100 * gain.fidelity).toFixed(0)} % · ${gain.diversity.toFixed(2)}`;
    }
    painted = news.columns.length;
    element.dataset.columns = `${painted}`;
    tell();
    plot.update();
  }

  translateIn(element, signal);
  onLanguage(tell, signal);
  watch("column", take);
  tell();
  take();
}
