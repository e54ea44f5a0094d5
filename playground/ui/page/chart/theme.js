// @ts-check
// How every figure looks: the page's colours, letters and margins, in either theme and on a stage.
import { leastText } from "../kit/looks.js";

/** Okabe & Ito 2008: apart for the colour-blind as well. */
export const COLOURS = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#7f5fc7",
  "#8a6d3b",
];

/** Strokes that tell lines of one colour apart. */
export const DASHES = ["solid", "dash", "dot", "dashdot"];

/** @param {number} i which of many series @returns {{ color: string, dash: string }} */
export const series = (i) => ({
  color: COLOURS[i % COLOURS.length],
  dash: DASHES[Math.floor(i / COLOURS.length) % DASHES.length],
});

const GRID = "rgba(128,128,128,.25)";
const SIZE = 13; // pixels of letters where the stage asks for no larger ones

/**
 * Return the layout of this figure: what it asks for, over the page's own look.
 * @param {Element} node
 * @param {Record<string, any>} wanted
 */
export function themed(node, wanted) {
  const style = getComputedStyle(node);
  const value = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const size = Math.max(SIZE, leastText(node));
  const axis = {
    gridcolor: GRID,
    zerolinecolor: GRID,
    linecolor: GRID,
    automargin: true,
    title: { standoff: size / 2 },
  };
  const scene = { ...axis, showbackground: false, zerolinecolor: GRID };
  const { xaxis, yaxis, scene: space, ...rest } = wanted;
  return {
    autosize: true,
    uirevision: "kept", // zoom and hidden series stay when new data come
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: style.fontFamily, size, color: style.color },
    colorway: COLOURS,
    margin: { l: 4, r: 8, t: 8, b: 4 },
    legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom" },
    hoverlabel: {
      bgcolor: value("--background-fill-primary") || "#fff",
      font: { size, color: style.color },
    },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: style.color, activecolor: value("--color-accent") },
    ...rest,
    xaxis: { ...axis, ...xaxis },
    yaxis: { ...axis, ...yaxis },
    ...(space && {
      scene: {
        ...space,
        xaxis: { ...scene, ...space.xaxis },
        yaxis: { ...scene, ...space.yaxis },
        zaxis: { ...scene, ...space.zaxis },
      },
    }),
  };
}
