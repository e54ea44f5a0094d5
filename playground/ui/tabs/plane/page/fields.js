// @ts-check
// What is known all over the plane at one level: where noise leads, how far a guess is off, how
// dense samples lie.
import { isDark, lay, tint } from "./board.js";
import { between } from "./levels.js";

/**
 * @typedef {import("./board.js").Board} Board
 * @typedef {import("./state.js").Field} Field
 * @typedef {(i: number) => number} Likely
 */

const LONG = 2.2; // of u, drawn as the longest arrow
const DENSE = 64; // cells a side of the samples' density
const middle = (/** @type {Field} */ field, /** @type {number} */ i) =>
  field.reach * ((2 * i + 1) / field.cells - 1);
const turnOf = (/** @type {{ turns: number }} */ { turns }, /** @type {number} */ phi) =>
  between((phi / (Math.PI / 2)) * (turns - 1), turns);

/**
 * A denoiser's guesses of x0 on the grid at one angle.
 * @param {Field} field
 * @param {number} phi
 */
export function guessAt(field, phi) {
  const n = 2 * field.cells * field.cells;
  const { k, part } = turnOf(field, phi);
  const guess = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    guess[i] = (1 - part) * field.x0[k * n + i] + part * field.x0[(k + 1) * n + i];
  }
  return guess;
}

/** How far the guess is from the exact one at an angle. @param {Field} field */
export function errorAt(field, /** @type {number} */ phi) {
  const { k, part } = turnOf(field, phi);
  const errors = field.errors ?? [];
  return (1 - part) * errors[k] + part * errors[k + 1];
}

/**
 * From u and its guess towards less noise: minus the velocity du/dphi, or sigma times the score.
 * @param {number} phi
 * @param {string} what
 * @returns {(u: number, x0: number) => number}
 */
export function leading(phi, what) {
  const cos = Math.cos(phi);
  const sin = Math.max(0.03, Math.sin(phi));
  return what === "score" ? (u, x0) => (cos * x0 - u) / sin : (u, x0) => (x0 - cos * u) / sin;
}

/**
 * @param {Board} b
 * @param {Field} field
 * @param {number} phi
 * @param {number} scale
 * @param {string} what
 * @param {Likely} likely
 */
export function arrows(b, field, phi, scale, what, likely) {
  const { g } = b;
  const n = field.cells;
  const guess = guessAt(field, phi);
  const lead = leading(phi, what);
  const unit = b.unit * scale;
  const cell = (2 * unit * field.reach) / n;
  const faint = new Path2D(); // where hardly a point ever is
  const clear = new Path2D();
  for (let cellAt = 0; cellAt < n * n; cellAt++) {
    const ux = middle(field, cellAt % n);
    const uy = middle(field, Math.floor(cellAt / n));
    if (Math.max(Math.abs(ux), Math.abs(uy)) * scale > b.reach) continue;
    let dx = lead(ux, guess[2 * cellAt]);
    let dy = lead(uy, guess[2 * cellAt + 1]);
    const long = Math.hypot(dx, dy);
    const shown = cell * 0.9 * Math.min(1, long / LONG);
    if (shown < 1) continue;
    dx *= shown / long;
    dy *= shown / long;
    const path = likely(cellAt) > 0.12 ? clear : faint;
    const x = b.half + ux * unit - dx / 2;
    const y = b.half - uy * unit + dy / 2;
    path.moveTo(x, y);
    path.lineTo(x + dx, y - dy);
    tip(path, x + dx, y - dy, Math.atan2(-dy, dx), Math.min(4, shown / 2.5));
  }
  g.strokeStyle = isDark() ? "#e2e8f0" : "#1e293b";
  g.lineWidth = 1.3;
  g.globalAlpha = 0.25;
  g.stroke(faint);
  g.globalAlpha = 0.7;
  g.stroke(clear);
  g.globalAlpha = 1;
}

/**
 * @param {CanvasPath} g
 * @param {number} x
 * @param {number} y
 * @param {number} way angle
 * @param {number} size
 */
function tip(g, x, y, way, size) {
  g.moveTo(x - size * Math.cos(way - 0.5), y - size * Math.sin(way - 0.5));
  g.lineTo(x, y);
  g.lineTo(x - size * Math.cos(way + 0.5), y - size * Math.sin(way + 0.5));
}

/**
 * The guess at u, from the four cells around it.
 * @param {Field} field
 * @param {Float32Array} guess
 * @param {number} ux
 * @param {number} uy
 */
function guessed(field, guess, ux, uy) {
  const n = field.cells;
  const place = [ux, uy].map((v) =>
    Math.max(0, Math.min(n - 1.001, ((v / field.reach + 1) * n) / 2 - 0.5)),
  );
  const [c, r] = place.map(Math.floor);
  const [p, q] = [place[0] - c, place[1] - r];
  return [0, 1].map((j) => {
    const at = (/** @type {number} */ row, /** @type {number} */ column) =>
      guess[2 * (row * n + column) + j];
    const low = (1 - p) * at(r, c) + p * at(r, c + 1);
    return (1 - q) * low + q * ((1 - p) * at(r + 1, c) + p * at(r + 1, c + 1));
  });
}

/**
 * Lines along the field, as long in u wherever they begin, with a tip at their ends.
 * @param {Board} b
 * @param {Field} field
 * @param {number} phi
 * @param {number} scale
 * @param {string} what
 */
export function streams(b, field, phi, scale, what) {
  const { g } = b;
  const guess = guessAt(field, phi);
  const lead = leading(phi, what);
  const unit = b.unit * scale;
  const [every, step, most, end] = [0.42, 0.06, 14, b.reach / scale];
  const x = (/** @type {number} */ v) => b.half + v * unit;
  const y = (/** @type {number} */ v) => b.half - v * unit;
  g.strokeStyle = isDark() ? "#e2e8f0" : "#1e293b";
  g.globalAlpha = 0.55;
  g.lineWidth = 1.2;
  g.beginPath();
  for (let row = -end + every / 2, odd = 0; row < end; row += every, odd = 1 - odd) {
    for (let column = -end + every * (0.25 + odd / 2); column < end; column += every) {
      let [ux, uy, dx, dy] = [column, row, 0, 0];
      g.moveTo(x(ux), y(uy));
      for (let i = 0; i < most; i++) {
        const [gx, gy] = guessed(field, guess, ux, uy);
        const [vx, vy] = [lead(ux, gx), lead(uy, gy)];
        const long = Math.hypot(vx, vy);
        if (long < 0.05) break; // it has arrived
        const far = step * Math.min(1, long / 0.5);
        [dx, dy] = [vx / long, vy / long];
        ux += dx * far;
        uy += dy * far;
        g.lineTo(x(ux), y(uy));
      }
      const isSeen = Math.hypot(ux - column, uy - row) * unit > 7;
      if (isSeen) tip(g, x(ux), y(uy), Math.atan2(-dy, dx), 4);
    }
  }
  g.stroke();
  g.globalAlpha = 1;
}

/**
 * How far a guess is from the exact one: clear where they agree, or where nothing ever is.
 * @param {Board} b
 * @param {Field} learned
 * @param {Field} exact
 * @param {number} phi
 * @param {number} scale
 * @param {Likely} likely
 */
export function errors(b, learned, exact, phi, scale, likely) {
  const one = guessAt(learned, phi);
  const other = guessAt(exact, phi);
  const cells = tint(exact.cells, "#dc2626", (i) => {
    const far = Math.hypot(one[2 * i] - other[2 * i], one[2 * i + 1] - other[2 * i + 1]);
    return 210 * Math.min(1, far) * Math.min(1, 2.5 * likely(i));
  });
  lay(b, cells, exact.reach, scale);
}

/**
 * How likely points are in cell i of a grid of n a side, as a root, so that the tails count.
 * @param {import("./state.js").Grids} grids
 * @param {number} phi
 * @param {number} n
 * @returns {Likely}
 */
export function likelyAt(grids, phi, n) {
  const { k, part } = turnOf(grids, phi);
  const m = grids.cells;
  return (i) => {
    const [row, column] = [Math.floor(i / n), i % n].map((v) => Math.floor(((v + 0.5) * m) / n));
    const at = (/** @type {number} */ turn) => grids.values[turn * m * m + row * m + column];
    return ((1 - part) * at(k) + part * at(k + 1)) / 255;
  };
}

/**
 * The density of particles at u: counted in cells, and blurred.
 * @param {Board} b
 * @param {Float32Array} u
 * @param {number} count
 * @param {number} scale
 * @param {string} ink
 */
export function spread(b, u, count, scale, ink) {
  const n = DENSE;
  const reach = b.reach / scale;
  let grid = new Float32Array(n * n);
  const cell = (/** @type {number} */ v) => Math.floor(((v / reach + 1) * n) / 2);
  for (let i = 0; i < count; i++) {
    const [column, row] = [cell(u[2 * i]), cell(u[2 * i + 1])];
    if (Math.min(row, column) >= 0 && Math.max(row, column) < n) grid[row * n + column] += 1;
  }
  for (const far of [1, n, 1, n]) {
    const soft = new Float32Array(n * n); // binomial, twice each way
    for (let i = 0; i < n * n; i++) {
      soft[i] = (grid[i - far] ?? 0) / 4 + grid[i] / 2 + (grid[i + far] ?? 0) / 4;
    }
    grid = soft;
  }
  const most = Math.max(...grid, 1e-9);
  const cells = tint(n, ink, (i) => 200 * Math.sqrt(grid[i] / most));
  lay(b, cells, reach, scale);
}
