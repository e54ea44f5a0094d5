// @ts-check
// Samples beside their nearest training pictures, each with its verdict; and the share over steps.
import { figure } from "../../../page/chart/figure.js";
import { find, findAll, make } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { paintOne, rowOf } from "./row_tiles.js";

/**
 * @typedef {import("./contracts.js").Copies} Copies
 * @typedef {import("./contracts.js").Verdict} Verdict
 */

const COPY = "#d55e00"; // the frame of a copy, and the line of their share

/** @param {Verdict} verdict @returns {string} what is said on hover */
export function explained({ distance, neighbour }) {
  const far = distance.toFixed(3);
  if (neighbour === null)
    return t(
      "Distance {far} to the nearest training picture (root mean square, " +
        "from -1 black to 1 white)",
      { far },
    );
  return t(
    "Distance {far} to the nearest training picture, whose own nearest neighbour is {next} away; " +
      "a copy is nearer than {limit} (root mean square, from -1 black to 1 white)",
    { far, next: neighbour.toFixed(3), limit: (neighbour / 2).toFixed(3) },
  );
}

/** @param {Verdict} verdict @returns {string} its distance, against the limit where there is one */
export function measured({ distance, neighbour, copy }) {
  const far = distance.toFixed(2);
  return neighbour === null ? far : `${far} ${copy ? "<" : "≥"} ${(neighbour / 2).toFixed(2)}`;
}

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, watch, signal }) {
  const pairs = find(element, ".pairs");
  /** @type {Copies | null} */
  let shown = null;

  const plot = figure(
    find(element, ".shares"),
    () => {
      const points = shown?.shares.filter(([, share]) => share !== null) ?? [];
      const line = {
        type: "scatter",
        mode: "lines+markers",
        x: points.map(([step]) => step),
        y: points.map(([, share]) => share),
        line: { color: COPY, width: 2.5 },
        hovertemplate: `${t("step {step}", { step: "%{x:,}" })}: %{y:.0%}<extra></extra>`,
      };
      return {
        traces: points.length ? [line] : [],
        layout: {
          uirevision: shown?.run,
          xaxis: { title: { text: t("step") }, rangemode: "tozero" },
          yaxis: {
            range: [-0.03, 1.03],
            tickformat: ".0%",
            nticks: 4,
            title: { text: t("share of copies") },
          },
        },
      };
    },
    { signal, label: () => t("Share of copies over steps"), file: "copies" },
  );

  function tell() {
    find(element, ".headline").textContent = shown
      ? say(shown.headline)
      : t("Verdicts appear here some ten seconds after training begins.");
    const words = { ".base": shown?.base, ".warn-word": shown?.warning, ".rule": shown?.rule };
    for (const [place, text] of Object.entries(words)) {
      find(element, place).textContent = text ? say(text) : "";
    }
    find(element, ".key").style.visibility = shown ? "" : "hidden";
    shown?.matches.forEach((verdict, i) => label(pairs.children[i], verdict));
  }

  /** @param {Element | undefined} pair @param {Verdict} verdict */
  function label(pair, verdict) {
    if (!(pair instanceof HTMLElement)) return;
    const { copy } = verdict;
    pair.className = copy ? "pair copy" : "pair";
    pair.title = explained(verdict);
    find(pair, "b").textContent = copy === null ? "–" : copy ? t("copy") : t("no copy");
    find(pair, "small").textContent = measured(verdict);
  }

  function pair() {
    const pictures = make("div", {}, make("canvas"), make("canvas"));
    return make("div", {}, pictures, make("span", {}, make("b"), make("small")));
  }

  /** @param {Copies} message */
  async function pictures(message) {
    const rows = await Promise.all([rowOf(message.samples), rowOf(message.nearest)]);
    if (message !== shown || signal.aborted) return;
    while (pairs.children.length > message.matches.length) pairs.lastChild?.remove();
    while (pairs.children.length < message.matches.length) pairs.append(pair());
    message.matches.forEach((verdict, i) => {
      const tiles = findAll(pairs.children[i], "canvas", HTMLCanvasElement);
      tiles.forEach((tile, which) => paintOne(tile, rows[which], i));
      label(pairs.children[i], verdict);
    });
    element.dataset.pairs = `${message.matches.length}`;
  }

  function take() {
    shown = props.copies ? JSON.parse(props.copies) : null;
    if (shown) void pictures(shown);
    else pairs.replaceChildren();
    tell();
    plot.update();
  }
  translateIn(element, signal);
  onLanguage(tell, signal);
  watch("copies", take);
  take();
}
