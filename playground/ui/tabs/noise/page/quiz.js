// @ts-check
// The questions of the quiz, and the points for an answer: which step, which schedule, which first.
import { levelAt } from "./levels.js";

export const ROUND = 9; // questions
export const MOST = 10; // points for one
export const KINDS = /** @type {const} */ (["level", "schedule", "first"]);
/** Schedules that are told apart. */
export const OFFERED = ["linear", "cosine", "sqrt", "exponential", "laplace", "ve"];
export const TIMES = [0.15, 0.4, 0.7]; // at which a schedule is shown
const HARD = 0.2; // of t, from which a guess has no points

/**
 * @typedef {import("./levels.js").Levels} Levels
 * @typedef {{ kind: "level", truth: number, levels: Levels }} LevelQuestion
 * @typedef {{ kind: "schedule", truth: number, names: string[], paths: Levels[] }} ScheduleQuestion
 * @typedef {{ kind: "first", truth: number, times: [number, number], levels: Levels }}
 *   FirstQuestion
 * @typedef {LevelQuestion | ScheduleQuestion | FirstQuestion} Question
 */
/** t: where the slider stands; chosen: the number of an answer. */
/** @typedef {{ t: number, chosen: number | null }} Answer */
/** @typedef {() => number} Chance from 0 up to 1 */

/** @param {Chance} chance @param {number} low @param {number} high */
const from = (chance, low, high) => low + chance() * (high - low);

/** A t that is neither plain nor lost. @param {Chance} chance */
const someTime = (chance) => from(chance, 0.08, 0.9);

/** @param {Levels} levels @param {Chance} chance @returns {LevelQuestion} */
export const levelQuestion = (levels, chance) => ({
  kind: "level",
  truth: someTime(chance),
  levels,
});

/** Three of the schedules offered. @param {Chance} chance */
export function threeNames(chance) {
  const left = [...OFFERED];
  return Array.from({ length: 3 }, () => left.splice(Math.floor(chance() * left.length), 1)[0]);
}

/**
 * @param {string[]} names
 * @param {Levels[]} paths of these
 * @param {Chance} chance
 * @returns {ScheduleQuestion}
 */
export const scheduleQuestion = (names, paths, chance) => ({
  kind: "schedule",
  truth: Math.floor(chance() * names.length),
  names,
  paths,
});

/** @param {Levels} levels @param {Chance} chance @returns {FirstQuestion} */
export function firstQuestion(levels, chance) {
  const t = someTime(chance);
  const away = from(chance, 0.04, 0.15) * (chance() < 0.5 ? -1 : 1);
  const other = Math.min(0.95, Math.max(0.03, t + away));
  return { kind: "first", truth: t < other ? 0 : 1, times: [t, other], levels };
}

/** @param {Question} question @param {Answer} answer */
export function pointsOf({ kind, truth }, { t, chosen }) {
  if (kind !== "level") return chosen === truth ? MOST : 0;
  return MOST * Math.max(0, 1 - Math.abs(t - truth) / HARD);
}

/**
 * The level at t of a picture that keeps its scale: x / r where the variance explodes.
 * @param {Levels} levels
 * @param {number} t
 * @returns {import("./levels.js").Level}
 */
export function shownLevel(levels, t) {
  const [alpha, sigma] = levelAt(levels, t);
  const r = Math.max(1, Math.hypot(alpha, sigma));
  return [alpha / r, sigma / r];
}
