// @ts-check
// The decoder beside the plane: what the two numbers of a particle stand for, and of three on
// their way.
import { make } from "../../../page/kit/dom.js";
import { surface } from "../../../page/kit/surface.js";
import { t } from "../../../page/kit/words.js";
import { inks, isDark } from "./board.js";
import { momentAt } from "./levels.js";

/**
 * @typedef {import("./board.js").Board} Board
 * @typedef {import("./state.js").Cloud} Cloud
 * @typedef {import("./state.js").Paths} Paths
 * @typedef {import("./state.js").PlaneState} PlaneState
 */

const CELL = 44;
const BIG = 128;
const PICKED = ["#e11d48", "#0ea5e9", "#16a34a"];
const sheet = make("canvas");

/**
 * @param {CanvasRenderingContext2D} g
 * @param {import("./state.js").Decoder} decoder
 * @param {ArrayLike<number>} point in standard coordinates
 * @param {number} left
 * @param {number} top
 * @param {number} side
 */
function decodeAt(g, { mean, axes, side: n }, point, left, top, side) {
  sheet.width = sheet.height = n;
  const pen = sheet.getContext("2d");
  if (!pen) return;
  const image = pen.createImageData(n, n);
  for (let i = 0; i < n * n; i++) {
    const value = mean[i] + point[0] * axes[i] + point[1] * axes[n * n + i];
    const ink = Math.max(0, Math.min(1, value));
    const shade = 255 * (isDark() ? ink : 1 - ink);
    image.data.set([shade, shade, shade, 255], 4 * i);
  }
  pen.putImageData(image, 0, 0);
  g.imageSmoothingEnabled = false;
  g.drawImage(sheet, left, top, side, side);
  g.strokeStyle = "rgba(128,128,128,.5)";
  g.lineWidth = 1;
  g.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
}

/**
 * A particle's standard coordinates at this angle of its path.
 * @param {Paths} paths
 * @param {number} i
 * @param {number} phi
 */
export function particleAt({ angles, radii, count, u }, i, phi) {
  const { k, part } = momentAt(angles, phi);
  const n = 2 * count;
  const wide = radii[k] + part * (radii[k + 1] - radii[k]);
  return [0, 1].map(
    (j) => wide * ((1 - part) * u[k * n + 2 * i + j] + part * u[(k + 1) * n + 2 * i + j]),
  );
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {PlaneState} state
 * @param {number} phi
 */
export function drawDecoded(canvas, { cloud, made, picks, pointed }, phi) {
  const decoder = cloud?.decoder;
  const paper = decoder && surface(canvas);
  if (!decoder || !paper) return;
  const { pen: g, width: w, font, write, ink } = paper;
  const kept = { n: 2, share: (100 * decoder.share).toFixed(0), pixels: decoder.side ** 2 };
  font(15);
  write(t("{n} numbers keep {share}% of the variance of {pixels} pixels", kept), 4, 16);
  decodeAt(g, decoder, pointed ?? [0, 0], 4, 28, BIG);
  font(13);
  g.fillStyle = ink;
  const low = 28 + BIG + 17;
  write(pointed ? t("under the pointer") : t("the mean digit"), 4, low);
  const left = BIG + 28;
  const columns = Math.max(2, Math.min(12, Math.floor((w - left) / CELL)));
  canvas.dataset.shown = `${made ? picks.length * columns : 0}`;
  if (!made) {
    write(t("Train, and see particles become digits."), left, 96);
    return;
  }
  const from = made.angles[0];
  const to = made.angles[made.angles.length - 1];
  const share = Math.min(1, Math.max(0, (from - phi) / (from - to)));
  const now = Math.round((columns - 1) * share);
  for (const [row, i] of picks.entries()) {
    for (let c = 0; c < columns; c++) {
      const [x, y] = [left + c * CELL, 28 + row * CELL];
      const place = particleAt(made, i % made.count, from + ((to - from) * c) / (columns - 1));
      decodeAt(g, decoder, place, x, y, CELL - 4);
      if (c !== now) continue;
      g.strokeStyle = PICKED[row];
      g.lineWidth = 3;
      g.strokeRect(x - 1, y - 1, CELL - 2, CELL - 2);
    }
  }
  g.fillStyle = ink;
  write(t("noise"), left, low);
  write(t("clean"), left + columns * CELL - 4, low, "right");
}

/**
 * Name each class at its middle, while it can be told.
 * @param {Board} b
 * @param {Cloud} cloud
 * @param {number} share
 * @param {string} paper
 */
export function nameDigits({ g, half, unit }, cloud, share, paper) {
  if (!cloud.decoder || !cloud.labels || share < 0.3) return;
  g.font = "bold 22px system-ui, sans-serif";
  g.textAlign = "center";
  g.lineWidth = 5;
  g.strokeStyle = paper;
  for (const [kind, name] of cloud.about.class_names.entries()) {
    let [x, y, n] = [0, 0, 0];
    for (const [i, label] of cloud.labels.entries()) {
      if (label !== kind) continue;
      x += cloud.x0[2 * i];
      y += cloud.x0[2 * i + 1];
      n += 1;
    }
    const [left, top] = [half + ((share * x) / n) * unit, half - ((share * y) / n) * unit + 8];
    g.strokeText(name, left, top);
    g.fillStyle = inks()[kind];
    g.fillText(name, left, top);
  }
  g.textAlign = "left";
}

/**
 * Ring the particles that the rows follow.
 * @param {Board} b
 * @param {PlaneState} state
 * @param {Float32Array} spots
 * @param {number} scale
 */
export function rings({ g, half, unit }, { cloud, made, picks }, spots, scale) {
  if (!cloud?.decoder || !made) return;
  for (const [row, pick] of picks.entries()) {
    const i = 2 * (pick % made.count);
    g.strokeStyle = PICKED[row];
    g.lineWidth = 3;
    g.beginPath();
    g.arc(half + spots[i] * unit * scale, half - spots[i + 1] * unit * scale, 8, 0, 7);
    g.stroke();
  }
}
