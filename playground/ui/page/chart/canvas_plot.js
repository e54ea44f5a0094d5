// @ts-check
// The plot of what follows a finger: axes are drawn once for a size, a theme and a language, the
// marks at every move. Plots that people read are Plotly's.
import { make } from "../kit/dom.js";
import { whenLooksChange } from "../kit/looks.js";
import { surface } from "../kit/surface.js";
import { ticks } from "./ticks.js";

export const BLUE = "#4c6ef5";
export const ORANGE = "#f08c00";
export const GREEN = "#009e73";
export const GREY = "#868e96";

const GRID = "rgba(128,128,128,.28)";
const LETTERS = 13; // pixels; the stage may want more
const GAP = 8; // pixels between two labels below

/**
 * @typedef {readonly [x: number, y: number]} Point
 * @typedef {readonly [value: number, label: string]} Tick
 * @typedef {import("../kit/surface.js").Surface} Surface
 */
/**
 * What the axes are; ticks are chosen by the range where none are given.
 * @typedef {object} Axes
 * @property {Span} x
 * @property {Span} y
 * @property {boolean} [logX] x on a logarithmic scale
 * @property {Tick[]} [xTicks]
 * @property {Tick[]} [yTicks]
 * @property {(marks: Marks) => void} [still] marks that stay while others move
 */
/**
 * What marks are drawn with, in the units of the axes. Values beyond y's range lie on its edge.
 * @typedef {object} Marks
 * @property {Surface} surface
 * @property {(x: number) => number} toX pixels from the left
 * @property {(y: number) => number} toY pixels from the top
 * @property {(points: readonly Point[], colour: string, style?: LineStyle) => void} curve
 * @property {(x: number, y: number, colour: string, radius?: number) => void} dot
 * @property {(x: number) => void} cursor a line from top to bottom
 * @property {(heights: ArrayLike<number>, x: Span, colour: string) => void} bars at even steps
 *
 * @typedef {readonly [from: number, to: number]} Span
 * @typedef {{ dash?: number[], width?: number }} LineStyle
 */

/**
 * Return a plot on this canvas: `draw` takes the marks of the moment, `change` other axes.
 * @param {HTMLCanvasElement} canvas
 * @param {Axes} axes
 * @param {AbortSignal} signal nothing is drawn any more once it fires
 */
export function canvasPlot(canvas, axes, signal) {
  let about = { ...axes };
  /** @type {((marks: Marks) => void) | null} */
  let moving = null;
  /** @type {{ paper: Surface, marks: Marks, beneath: HTMLCanvasElement } | null} */
  let ready = null;

  /** Draw the axes, and keep them as a picture. */
  function lay() {
    const paper = surface(canvas);
    if (!paper) return null; // nobody sees it
    const marks = drawAxes(paper, about);
    about.still?.(marks);
    const beneath = make("canvas", { width: canvas.width, height: canvas.height });
    beneath.getContext("2d")?.drawImage(canvas, 0, 0);
    return { paper, marks, beneath };
  }

  function draw() {
    if (!moving || signal.aborted) return;
    ready ??= lay();
    if (!ready) return;
    const { paper, marks, beneath } = ready;
    const { pen, ratio } = paper;
    pen.setTransform(1, 0, 0, 1, 0, 0); // pixel on pixel
    pen.clearRect(0, 0, beneath.width, beneath.height);
    pen.drawImage(beneath, 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    moving(marks);
  }

  function again() {
    ready = null;
    draw();
  }
  whenLooksChange(canvas, again, signal);
  return {
    /** @param {(marks: Marks) => void} marks */
    draw(marks) {
      moving = marks;
      draw();
    },
    /** @param {Partial<Axes>} more */
    change(more) {
      about = { ...about, ...more };
      again();
    },
  };
}

/**
 * Draw the lines and labels of the axes; return what marks are drawn with between them.
 * @param {Surface} paper
 * @param {Axes} about
 * @returns {Marks}
 */
function drawAxes(paper, about) {
  const { pen, width, height, font, write } = paper;
  const letters = font(LETTERS);
  const yTicks = about.yTicks ?? ticks(about.y[0], about.y[1], 4);
  const xTicks = about.xTicks ?? ticks(about.x[0], about.x[1]);
  const wide = Math.max(...yTicks.map(([, label]) => pen.measureText(label).width));
  const area = { left: Math.max(40, wide + 10), right: 12, top: 8, bottom: letters + 11 };
  const scale = scales(about, area, width, height);
  const { toX, toY } = scale;
  pen.strokeStyle = GRID;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const [value, label] of yTicks) {
    pen.moveTo(area.left, toY(value));
    pen.lineTo(width - area.right, toY(value));
    write(label, area.left - 6, toY(value) + letters / 3, "right");
  }
  let edge = -GAP;
  for (const [value, label] of xTicks) {
    pen.moveTo(toX(value), area.top);
    pen.lineTo(toX(value), height - area.bottom);
    const half = pen.measureText(label).width / 2;
    const x = Math.min(toX(value), width - half);
    if (x - half < edge + GAP) continue; // it would touch the one before
    write(label, x, height - 6, "center");
    edge = x + half;
  }
  pen.stroke();
  return { surface: paper, ...scale, ...pens(paper, about, scale, area) };
}

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Area */

/** @param {Axes} about @param {Area} area @param {number} width @param {number} height */
function scales(about, area, width, height) {
  const [low, high] = about.y;
  const place = about.logX ? Math.log : (/** @type {number} */ x) => x;
  const [from, to] = about.x.map(place);
  return {
    toX: (/** @type {number} */ x) =>
      area.left + ((place(x) - from) / (to - from)) * (width - area.left - area.right),
    toY: (/** @type {number} */ y) =>
      area.top +
      ((high - Math.max(low, Math.min(high, y))) / (high - low)) *
        (height - area.top - area.bottom),
  };
}

/**
 * @param {Surface} paper
 * @param {Axes} about
 * @param {{ toX: (x: number) => number, toY: (y: number) => number }} scale
 * @param {Area} area
 */
function pens({ pen, ink, height }, about, { toX, toY }, area) {
  return {
    /** @param {readonly Point[]} points @param {string} colour @param {LineStyle} [style] */
    curve(points, colour, { dash = [], width = 2.5 } = {}) {
      pen.beginPath();
      points.forEach(([x, y], i) => (i ? pen.lineTo(toX(x), toY(y)) : pen.moveTo(toX(x), toY(y))));
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.lineJoin = "round";
      pen.setLineDash(dash);
      pen.stroke();
      pen.setLineDash([]);
    },
    /** @param {number} x @param {number} y @param {string} colour @param {number} [radius] */
    dot(x, y, colour, radius = 5) {
      pen.beginPath();
      pen.arc(toX(x), toY(y), radius, 0, 2 * Math.PI);
      pen.fillStyle = colour;
      pen.fill();
    },
    /** @param {number} x */
    cursor(x) {
      pen.fillStyle = ink;
      pen.globalAlpha = 0.6;
      pen.fillRect(toX(x) - 1, area.top, 2, height - area.top - area.bottom);
      pen.globalAlpha = 1;
    },
    /** @param {ArrayLike<number>} heights @param {Span} x @param {string} c */
    bars(heights, [low, high], c) {
      const step = (high - low) / heights.length;
      const edge = (/** @type {number} */ i) => Math.round(toX(low + i * step));
      const floor = toY(about.y[0]);
      pen.fillStyle = c;
      for (let i = 0; i < heights.length; i++) {
        pen.fillRect(edge(i), toY(heights[i]), edge(i + 1) - edge(i), floor - toY(heights[i]));
      }
    },
  };
}
