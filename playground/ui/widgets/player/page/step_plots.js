// @ts-check
// The plots under the player, which follow its slider: the spectra, the levels at which the network
// was asked, and of how many pictures the ideal guess is made.
import { BLUE, GREY, ORANGE, canvasPlot } from "../../../page/chart/canvas_plot.js";
import { t } from "../../../page/kit/words.js";

/** @typedef {import("./film.js").Frame} Frame */
/** @typedef {import("../../../page/chart/canvas_plot.js").Tick} Tick */

const FAR = 15; // log-SNR beyond which a level is drawn at the edge
const POWERS = /** @type {Tick[]} */ ([
  [-4, "10⁻⁴"],
  [-2, "10⁻²"],
  [0, "1"],
  [2, "10²"],
]);

const LEVELS = /** @type {Tick[]} */ ([
  [-10, "−10"],
  [0, "0"],
  [10, "10"],
]);

/**
 * Power by spatial frequency: of x now, of the guess, of the data and of the noise.
 * @param {HTMLCanvasElement} canvas
 * @param {AbortSignal} signal
 */
export function spectrumPlot(canvas, signal) {
  const plot = canvasPlot(canvas, { x: [1, 16], y: [-4, 2.3], logX: true, yTicks: POWERS }, signal);
  let bands = 0;
  /** @param {Frame} frame @param {number[] | null} data */
  return (frame, data) => {
    if (bands !== frame.bands_x.length) {
      bands = frame.bands_x.length;
      plot.change({ x: [1, bands], xTicks: waves(bands) });
    }
    const points = (/** @type {number[]} */ power) =>
      power.map((value, i) => /** @type {const} */ ([i + 1, value]));
    const { floor } = frame;
    plot.draw(({ curve }) => {
      const level = floor ?? 0;
      if (floor !== null) {
        curve(
          [
            [1, level],
            [bands, level],
          ],
          GREY,
          { width: 1.5, dash: [4, 3] },
        );
      }
      if (data) curve(points(data), GREY, { width: 2 });
      curve(points(frame.bands_x), BLUE);
      if (frame.bands_x0) curve(points(frame.bands_x0), ORANGE);
    });
  };
}

/**
 * Return labels of frequencies, doubling: the first is coarse, the last fine.
 * @param {number} bands
 * @returns {Tick[]}
 */
function waves(bands) {
  /** @type {Tick[]} */
  const found = [];
  for (let k = 1; k <= bands; k *= 2) {
    if (k !== 2) found.push([k, k === 1 ? t("coarse") : 2 * k > bands ? t("fine") : `${k}`]);
  }
  return found;
}

/**
 * The log-SNR of every call of the network over the steps; those to come are grey.
 * @param {HTMLCanvasElement} canvas
 * @param {AbortSignal} signal
 */
export function askedPlot(canvas, signal) {
  const plot = canvasPlot(canvas, { x: [0, 1], y: [-FAR, FAR], yTicks: LEVELS }, signal);
  let known = 0;
  /** @param {Frame[]} frames @param {Frame} frame @param {number[] | null} guided */
  return (frames, frame, guided) => {
    const { index, total } = frame;
    if (known !== total) {
      known = total;
      /** @type {Tick[]} */
      const xTicks = [
        [0, t("step 1")],
        [total, `${total}`],
      ];
      plot.change({ x: [0, Math.max(1, total)], xTicks });
    }
    const calls = placed(frames.flatMap((one) => one.asked));
    plot.draw(({ surface: { pen, write, width }, toX, toY }) => {
      const from = toX(Math.max(0, index - 1));
      const [left, right] = [toX(0), toX(total)];
      pen.fillStyle = "rgba(66,99,235,.16)";
      pen.fillRect(from, toY(FAR), Math.max(2, toX(index) - from), toY(-FAR) - toY(FAR));
      if (guided) {
        pen.fillStyle = "rgba(232,89,12,.16)";
        pen.fillRect(left, toY(guided[1]), right - left, toY(guided[0]) - toY(guided[1]));
        pen.fillStyle = ORANGE;
        write(t("guided"), width - 16, toY(guided[0]) - 4, "right");
      }
      const size = Math.max(1.5, Math.min(4, (right - left) / Math.max(1, calls.length) / 2.5));
      for (const { step, at, low, high } of calls) {
        pen.fillStyle = pen.strokeStyle = step <= index ? BLUE : "rgba(128,128,128,.55)";
        pen.lineWidth = size;
        pen.beginPath();
        if (high - low > 0.05) {
          pen.moveTo(toX(at), toY(low));
          pen.lineTo(toX(at), toY(high));
          pen.stroke();
          pen.beginPath();
        }
        pen.arc(toX(at), toY((low + high) / 2), size, 0, 7);
        pen.fill();
      }
    });
  };
}

/**
 * Return where calls stand over the steps: those of one step side by side within it.
 * @param {number[][]} calls [step, lowest, highest log-SNR]
 */
export function placed(calls) {
  /** @type {Map<number, number>} */
  const inside = new Map();
  for (const [step] of calls) inside.set(step, (inside.get(step) ?? 0) + 1);
  /** @type {Map<number, number>} */
  const before = new Map();
  return calls.map(([step, low, high]) => {
    const i = before.get(step) ?? 0;
    before.set(step, i + 1);
    return { step, low, high, at: step - 1 + (i + 0.5) / (inside.get(step) ?? 1) };
  });
}

/**
 * Of how many training pictures the ideal guess of one sample is made, over the steps.
 * @param {HTMLCanvasElement} canvas
 * @param {AbortSignal} signal
 */
export function effectivePlot(canvas, signal) {
  const plot = canvasPlot(canvas, { x: [0, 1], y: [0, 1] }, signal);
  let known = "";
  /** @param {Frame[]} frames @param {Frame} frame @param {number} sample */
  return (frames, frame, sample) => {
    const pictures = frame.pictures ?? 1;
    const { index, total } = frame;
    if (known !== `${total} ${pictures}`) {
      known = `${total} ${pictures}`;
      const tens = [1, 10, 100, 1000, 10000].filter((n) => n <= pictures);
      plot.change({
        x: [0, Math.max(1, total)],
        y: [0, Math.log10(Math.max(10, pictures))],
        xTicks: [
          [0, t("start")],
          [total, t("step {k}", { k: total })],
        ],
        yTicks: tens.map((n) => [Math.log10(n), n.toLocaleString("en")]),
      });
    }
    /** @param {Frame} one */
    const height = (one) => Math.log10(Math.max(1, one.effective?.[sample] ?? 1));
    const counted = frames.filter((one) => one.effective);
    plot.draw(({ curve, dot, surface: { write, width, ink, pen } }) => {
      curve(
        counted.map((one) => [one.index, height(one)]),
        ORANGE,
      );
      const now = frame.effective?.[sample];
      if (now === undefined) return;
      dot(index, height(frame), ORANGE);
      const n = now < 10 ? now.toFixed(1) : Math.round(now).toLocaleString("en");
      pen.fillStyle = ink;
      write(t("{k} of {n}", { k: n, n: pictures.toLocaleString("en") }), width - 14, 18, "right");
    });
  };
}
