// @ts-check
// The paths that particles took, as one picture at one level: particles, and what is chosen with
// them.
import { dots, heat, inks, isDark, note } from "./board.js";
import { arrows, errors, likelyAt, spread, streams } from "./fields.js";
import { EASE, momentAt } from "./levels.js";
import { word } from "./state.js";
import { t } from "../../../page/kit/words.js";

/**
 * @typedef {import("./board.js").Board} Board
 * @typedef {import("./state.js").Paths} Paths
 * @typedef {import("./state.js").PlaneState} PlaneState
 * @typedef {{ k: number, part: number, spot: Float32Array, scale: number, at: At }} Moment
 * @typedef {(frame: number, i: number) => number} At
 */

/**
 * Draw what is chosen of these paths at an angle; return where their particles are.
 * @param {Board} b
 * @param {PlaneState} state
 * @param {Paths | null} paths
 * @param {number} phi
 * @param {number} scale
 */
export function drawPaths(b, state, paths, phi, scale) {
  const { cloud } = state;
  const behind = word(state, "heat");
  if (!cloud) return null;
  if (behind === "density") heat(b, cloud.density, phi, scale);
  if (!paths) {
    note(b, t("Train the network: noise turns into the cloud within seconds."));
    return null;
  }
  const likely = likelyAt(cloud.density, phi, cloud.field.cells);
  if (behind === "error" && paths.field) errors(b, paths.field, cloud.field, phi, scale, likely);
  const moment = momentOf(paths, phi, scale);
  const { spot } = moment;
  if (behind === "samples") spread(b, spot, paths.count, scale, inks()[0]);
  const lines = word(state, "lines");
  if (lines === "trails") trails(b, paths, moment);
  if (lines === "guesses" && moment.part < 1) guessLines(b, paths, moment);
  dots(b, spot, paths.count, scale, paths.labels, paths.count > 1500 || b.side < 320 ? 2 : 3, 0.9);
  drawField(b, state, paths.field, phi, scale);
  return spot;
}

/**
 * Arrows or streamlines, where they are chosen.
 * @param {Board} b
 * @param {PlaneState} state
 * @param {import("./state.js").Field | undefined} field
 * @param {number} phi
 * @param {number} scale
 */
export function drawField(b, state, field, phi, scale) {
  const [what, how] = word(state, "arrows").split("-");
  if (what === "none" || !field || !state.cloud) return;
  if (how === "lines") streams(b, field, phi, scale, what);
  else arrows(b, field, phi, scale, what, likelyAt(state.cloud.density, phi, field.cells));
}

/**
 * @param {Paths} paths
 * @param {number} phi
 * @param {number} scale
 * @returns {Moment}
 */
function momentOf(paths, phi, scale) {
  const { k, part } = momentAt(paths.angles, phi);
  const n = 2 * paths.count;
  const { u, before, at: came } = paths;
  const eased = Math.min(1, (performance.now() - came) / EASE);
  /** @type {At} */
  let at = (frame, i) => u[frame * n + i];
  if (before && before.length === u.length && eased < 1) {
    at = (frame, i) => {
      const j = frame * n + i;
      return before[j] + eased * (u[j] - before[j]);
    };
  }
  const spot = new Float32Array(n);
  for (let i = 0; i < n; i++) spot[i] = (1 - part) * at(k, i) + part * at(k + 1, i);
  return { k, part, spot, scale, at };
}

/**
 * @param {Board} b
 * @param {Paths} paths
 * @param {Moment} moment
 */
function trails({ g, half, unit, side }, paths, { k, part, spot, scale, at }) {
  if (k + part < 0.01) return;
  const every = Math.max(1, Math.floor(paths.count / (side / 3.5)));
  g.strokeStyle = isDark() ? "#94a3b8" : "#475569";
  g.lineWidth = 1;
  g.globalAlpha = 0.35;
  g.beginPath();
  for (let i = 0; i < paths.count; i += every) {
    for (let f = 0; f <= k; f++) {
      const s = Math.min(1, paths.radii[f]) * unit;
      const x = half + s * at(f, 2 * i);
      const y = half - s * at(f, 2 * i + 1);
      if (f) g.lineTo(x, y);
      else g.moveTo(x, y);
    }
    g.lineTo(half + spot[2 * i] * unit * scale, half - spot[2 * i + 1] * unit * scale);
  }
  g.stroke();
  g.globalAlpha = 1;
}

/**
 * @param {Board} b
 * @param {Paths} paths
 * @param {Moment} moment
 */
function guessLines({ g, half, unit }, paths, { k, spot, scale }) {
  const every = Math.max(1, Math.floor(paths.count / 250));
  const from = 2 * paths.count * k;
  g.strokeStyle = "#e11d48";
  g.lineWidth = 1;
  g.globalAlpha = 0.45;
  g.beginPath();
  for (let i = 0; i < paths.count; i += every) {
    g.moveTo(half + spot[2 * i] * unit * scale, half - spot[2 * i + 1] * unit * scale);
    g.lineTo(half + paths.x0[from + 2 * i] * unit, half - paths.x0[from + 2 * i + 1] * unit);
  }
  g.stroke();
  g.globalAlpha = 1;
}
