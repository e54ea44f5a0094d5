// @ts-check
// Drawing in the plane: all positions are u = x / r, from -reach to reach, y upwards.
import { make } from "../../../page/kit/dom.js";
import { surface } from "../../../page/kit/surface.js";
import { between } from "./levels.js";

// of classes; readable on light and dark
const DAY = "#4f46e5 #d55e00 #009e73 #cc79a7 #b8860b #56b4e9 #dc2626 #737373 #78350f #4d7c0f";
const NIGHT = "#a5b4fc #ff9d4d #3ddbab #f0a6cf #ffd24d #7dd3fc #f87171 #d4d4d4 #c08457 #bef264";

/**
 * @typedef {object} Board
 * @property {CanvasRenderingContext2D} g
 * @property {number} side pixels
 * @property {number} half
 * @property {number} unit pixels of one unit of u
 * @property {number} reach
 */

export const isDark = () => document.body.classList.contains("dark");
export const inks = () => (isDark() ? NIGHT : DAY).split(" ");

/**
 * A canvas of the page, or one of a film, which is in no page and as large as its width says.
 * @param {HTMLCanvasElement} canvas
 * @param {number} reach
 * @returns {Board | null}
 */
export function board(canvas, reach) {
  const ready = canvas.isConnected ? surface(canvas) : film(canvas);
  if (!ready) return null;
  const { pen: g, width: side } = ready;
  return { g, side, half: side / 2, unit: side / 2 / reach, reach };
}

/** @param {HTMLCanvasElement} canvas */
function film(canvas) {
  const pen = canvas.getContext("2d");
  return pen && { pen, width: canvas.width };
}

/** @type {Map<string, HTMLCanvasElement>} densities of one ink */
const tinted = new Map();

/**
 * @param {import("./state.js").Grids} grids
 * @param {number} k
 * @param {string} ink
 */
function shade(grids, k, ink) {
  const key = `${grids.id} ${k} ${ink}`;
  const known = tinted.get(key);
  if (known) return known;
  if (tinted.size > 80) tinted.clear();
  const n = grids.cells;
  const made = tint(n, ink, (i) => grids.values[k * n * n + i] * 0.6);
  tinted.set(key, made);
  return made;
}

/**
 * Cells of one colour, n a side, the lowest row first.
 * @param {number} n
 * @param {string} ink
 * @param {(i: number) => number} opaque 0 to 255
 */
export function tint(n, ink, opaque) {
  const made = make("canvas", { width: n, height: n });
  const colour = [1, 3, 5].map((i) => parseInt(ink.slice(i, i + 2), 16));
  const g = made.getContext("2d");
  if (!g) return made;
  const image = g.createImageData(n, n);
  for (let i = 0; i < n * n; i++) {
    const place = 4 * ((n - 1 - Math.floor(i / n)) * n + (i % n));
    image.data.set([...colour, opaque(i)], place);
  }
  g.putImageData(image, 0, 0);
  return made;
}

/**
 * Lay a grid over the board.
 * @param {Board} b
 * @param {HTMLCanvasElement} grid
 * @param {number} reach of the grid
 * @param {number} scale
 */
export function lay(b, grid, reach, scale, share = 1) {
  const side = (b.side * scale * reach) / b.reach;
  const corner = b.half - side / 2;
  b.g.imageSmoothingEnabled = true;
  b.g.imageSmoothingQuality = "low";
  b.g.globalAlpha = share;
  b.g.drawImage(grid, corner, corner, side, side);
  b.g.globalAlpha = 1;
}

/**
 * The density at one angle: the two grids next to it, one over the other.
 * @param {Board} b
 * @param {import("./state.js").Grids} grids
 * @param {number} phi
 * @param {number} scale
 */
export function heat(b, grids, phi, scale) {
  const { k, part } = between((phi / (Math.PI / 2)) * (grids.turns - 1), grids.turns);
  const ink = inks()[0];
  if (part < 0.99) lay(b, shade(grids, k, ink), grids.reach, scale, 1 - part);
  if (part > 0.01) lay(b, shade(grids, k + 1, ink), grids.reach, scale, part);
}

/**
 * Points at u (2 numbers each), in the colours of their classes.
 * @param {Board} b
 * @param {ArrayLike<number>} u
 * @param {number} count
 * @param {number} scale
 * @param {ArrayLike<number> | null} labels
 * @param {number} size
 */
export function dots(b, u, count, scale, labels, size, faint = 0.8) {
  const colours = inks();
  const { g, half } = b;
  const unit = b.unit * scale;
  const shift = half - size / 2;
  g.globalAlpha = faint;
  for (let kind = 0; kind < (labels ? colours.length : 1); kind++) {
    g.fillStyle = colours[kind];
    for (let i = 0; i < count; i++) {
      if (labels && labels[i] % colours.length !== kind) continue;
      g.fillRect(shift + u[2 * i] * unit, shift - u[2 * i + 1] * unit, size, size);
    }
  }
  g.globalAlpha = 1;
}

/** A sentence in the middle. @param {Board} b @param {string} text */
export function note(b, text) {
  b.g.fillStyle = isDark() ? "#e2e8f0" : "#1e293b";
  b.g.globalAlpha = 0.8;
  b.g.font = "17px system-ui, sans-serif";
  b.g.textAlign = "center";
  b.g.fillText(text, b.half, b.half, b.side - 30);
  b.g.globalAlpha = 1;
  b.g.textAlign = "left";
}
