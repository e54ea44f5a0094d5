// @ts-check
// Beats as they are kept in this browser and in files: states of the page, each with a caption.
import { ask } from "../../permalinks/page/page_state.js";

/**
 * One kept state of the page; start: what its tab computes begins at once.
 * @typedef {{ caption: string, query: string, start: boolean }} Beat
 */

const KEY = "beats"; // in the browser's store
const MOST = 99;
const LONGEST = 300; // letters of a caption
const HELD = /kept-[0-9a-f]{32}/g; // what people gave, as addresses name it

/**
 * Return the beats of a file; throw where it holds none.
 * @param {string} text JSON
 * @returns {Beat[]}
 */
export function read(text) {
  const file = JSON.parse(text);
  const found = Array.isArray(file) ? file : file.beats;
  if (!Array.isArray(found) || found.length > MOST) throw new Error("no beats");
  return found.map(({ caption, query, start }) => {
    if (typeof caption !== "string" || typeof query !== "string") throw new Error("no beats");
    return { caption: caption.slice(0, LONGEST), query, start: start === true };
  });
}

/** Return the beats that this browser keeps. */
export function kept() {
  try {
    return read(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return []; // a private window keeps none
  }
}

/**
 * Keep them in this browser; false where it keeps nothing.
 * @param {Beat[]} beats
 */
export function keep(beats) {
  try {
    localStorage.setItem(KEY, JSON.stringify(beats));
    return true;
  } catch {
    return false;
  }
}

/**
 * Return the beats of a file, with the pictures and drawings that it takes along.
 * @param {string} text
 * @returns {Promise<{ beats: Beat[], error?: string }>}
 */
export async function opened(text) {
  const beats = read(text);
  const { kept: held } = JSON.parse(text);
  if (!held) return { beats };
  const { names = {}, error } = await ask("take", { kept: held });
  const renamed = (/** @type {string} */ query) =>
    query.replace(HELD, (name) => names[name] ?? name);
  return { beats: beats.map((beat) => ({ ...beat, query: renamed(beat.query) })), error };
}

/**
 * Return the text of a file with these beats and what they hold, so that it opens elsewhere.
 * @param {Beat[]} beats
 * @returns {Promise<{ text: string, error?: string }>}
 */
export async function asFile(beats) {
  const names = [...new Set(beats.flatMap(({ query }) => query.match(HELD) ?? []))];
  const { kept: held, error } = names.length ? await ask("give", { names }) : {};
  return { text: JSON.stringify(held ? { beats, kept: held } : beats, null, 1), error };
}
