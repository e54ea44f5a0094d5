// @ts-check
// A run's rows of samples: each is asked for when it is first looked at, and kept here, so that
// dragging back and forth needs no server.
import { rowOf } from "./row_tiles.js";

/**
 * @typedef {import("./contracts.js").RowQuestion} RowQuestion
 * @typedef {import("./contracts.js").Row} Row
 * @typedef {{ image: HTMLImageElement, says: Row["says"] }} Shown
 * @typedef {number | "ideal"} Step
 */

/**
 * Return the shelf of rows; it holds one run's.
 * @param {(question: string) => Promise<Row | { error: string }>} ask
 */
export function rowsOf(ask) {
  let run = "";
  /** @type {Map<Step, Shown>} */
  let known = new Map();

  /**
   * Return a row; null where another run is looked at meanwhile.
   * @param {Step} step
   * @returns {Promise<Shown | null>}
   */
  async function fetched(step) {
    const found = known.get(step);
    if (found) return found;
    const mine = run;
    const answer = await ask(JSON.stringify({ run, step }));
    if ("error" in answer) throw new Error(answer.error);
    const row = { image: await rowOf(answer.png), says: answer.says };
    if (mine !== run) return null;
    known.set(step, row);
    return row;
  }
  return {
    /** @param {Step} step */
    known: (step) => known.get(step),
    fetched,
    /** @param {string} name */
    open(name) {
      run = name;
      known = new Map();
    },
  };
}

/**
 * The order in which rows are fetched before anybody asks: every 16th, then every 8th, ...
 * @template T
 * @param {T[]} steps
 * @returns {T[]}
 */
export function ahead(steps) {
  const found = [];
  const seen = new Set();
  for (let stride = 16; stride >= 1; stride /= 2) {
    for (let i = 0; i < steps.length; i += stride) {
      if (!seen.has(i)) found.push(steps[i]);
      seen.add(i);
    }
  }
  return found;
}

/**
 * The kept model nearest to a step, on the scale on which models are kept; null without any.
 * @param {number[]} kept
 * @param {number} step
 */
export function nearest(kept, step) {
  const far = (/** @type {number} */ k) => Math.abs(Math.log(k / Math.max(1, step)));
  return kept.reduce(
    (best, k) => (best === null || far(k) < far(best) ? k : best),
    /** @type {number | null} */ (null),
  );
}
