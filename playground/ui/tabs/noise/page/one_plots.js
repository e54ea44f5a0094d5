// @ts-check
// The four plots below the slider, drawn at every move: the level over t, log-SNR, the values of
// x_t beside the bell curve, power from coarse to fine.
import { BLUE, GREEN, ORANGE, canvasPlot } from "../../../page/chart/canvas_plot.js";
import { find } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";
import { SIDE, countValues } from "./blend.js";
import { bellCurve } from "./distributions.js";
import { curveOf, lastStep, logSnr } from "./levels.js";
import { drownedFrom, powerOf } from "./spectra.js";

const BINS = 60;
const SPAN = 3; // values from -3 to 3 are counted
const DASHED = { dash: [7, 4] };
const THIN = { width: 2 };
const DROWNED = "rgba(240,140,0,.13)";
const POWERS = [-4, 4]; // of ten
const WAVES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** @typedef {import("../../../page/chart/canvas_plot.js").Marks} Marks */
/** @typedef {import("./spectra.js").Spectra} Spectra */
/** @typedef {{ k: number, alpha: number, sigma: number }} Position */

/** @param {ParentNode} part @param {AbortSignal} signal */
export function onePlots(part, signal) {
  const plot = (
    /** @type {string} */ name,
    /** @type {import("../../../page/chart/canvas_plot.js").Axes} */ axes,
  ) => canvasPlot(find(part, `.${name}`, HTMLCanvasElement), axes, signal);
  const levels = plot("levels", { x: [0, 1000], y: [0, 1.05] });
  const snr = plot("logsnr", { x: [0, 1000], y: [-10, 10] });
  const values = plot("histogram", {
    x: [-SPAN, SPAN],
    y: [0, 1.2],
    yTicks: [0, 0.5, 1].map((v) => [v, `${v}`]),
  });
  const spectrum = plot("spectrum", {
    x: [1, SIDE / 2],
    logX: true,
    xTicks: WAVES.map((v) => [v, `${v}`]),
    y: [POWERS[0], POWERS[1]],
    yTicks: [
      [-4, "10⁻⁴"],
      [-2, "10⁻²"],
      [0, "1"],
      [2, "100"],
      [4, "10⁴"],
    ],
  });
  const counts = new Float32Array(BINS);
  const bell = bellCurve(SPAN);
  const counted = find(part, ".what");
  const drowned = find(part, ".drowned");

  return {
    counts,
    /** Draw what changes with the schedule alone. @param {import("./levels.js").Levels} path */
    curves(path) {
      const last = lastStep(path);
      const about = { unit: last, most: 400 };
      const alpha = curveOf(path, (a) => a, about);
      const sigma = curveOf(path, (_, s) => s, about);
      const snrs = curveOf(path, logSnr, about);
      const heights = snrs.map(([, y]) => y);
      levels.change({
        x: [0, last],
        y: [0, 1.05 * Math.max(1, ...sigma.map(([, y]) => y))],
        still(marks) {
          marks.curve(alpha, BLUE);
          marks.curve(sigma, ORANGE, DASHED);
        },
      });
      snr.change({
        x: [0, last],
        y: [Math.min(0, ...heights), Math.max(0, ...heights)],
        still: (marks) => marks.curve(snrs, GREEN),
      });
    },
    /**
     * @param {Position} at
     * @param {import("./blend.js").Source} source
     * @param {Spectra | null} spectra
     */
    draw({ k, alpha, sigma }, source, spectra) {
      levels.draw((marks) => {
        marks.cursor(k);
        marks.dot(k, alpha, BLUE);
        marks.dot(k, sigma, ORANGE);
      });
      const height = logSnr(alpha, sigma);
      snr.draw((marks) => {
        marks.cursor(k);
        if (Number.isFinite(height)) marks.dot(k, height, GREEN);
      });
      const radius = countValues(counts, source, alpha, sigma, SPAN);
      put(counted, t(radius > 1.01 ? "pixels / r" : "pixels"));
      values.draw((marks) => {
        marks.bars(counts, [-SPAN, SPAN], BLUE);
        marks.curve(bell, ORANGE);
      });
      if (!spectra) return;
      const left = drownedFrom(spectra, alpha, sigma);
      spectrum.draw((marks) => power(marks, spectra, alpha, sigma, left));
      const none = t("nothing is drowned");
      put(
        drowned,
        left === null ? none : t("drowned: finer than {n} waves a picture", { n: left }),
      );
    },
  };
}

/** @param {Element} at @param {string} text */
export function put(at, text) {
  if (at.textContent !== text) at.textContent = text;
}

/**
 * @param {Marks} marks
 * @param {Spectra} spectra
 * @param {number} alpha
 * @param {number} sigma
 * @param {number | null} left waves that are still seen
 */
function power({ curve, toX, toY, surface }, spectra, alpha, sigma, left) {
  const log = (/** @type {number} */ v) => Math.log10(Math.max(v, 1e-9));
  /** @param {ArrayLike<number>} powers @returns {[number, number][]} */
  const points = (powers) => Array.from(powers, (v, i) => [i + 1, log(v)]);
  const finest = spectra.picture.length;
  if (left !== null) {
    surface.pen.fillStyle = DROWNED;
    const [bottom, top] = POWERS.map(toY);
    surface.pen.fillRect(toX(left), top, toX(finest) - toX(left), bottom - top);
  }
  curve(points(powerOf(spectra, alpha, sigma)), BLUE, THIN);
  curve(points(spectra.picture.map((v) => alpha ** 2 * v)), GREEN, THIN);
  if (sigma > 0) {
    const noise = log(sigma ** 2);
    const line = /** @type {[number, number][]} */ ([
      [1, noise],
      [finest, noise],
    ]);
    curve(line, ORANGE, { ...DASHED, ...THIN });
  }
}
