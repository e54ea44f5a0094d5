// @ts-check
// What the quiz says and shows of a question, before and after it is answered.
import { t } from "../../../page/kit/words.js";
import { TIMES } from "./quiz.js";

/** @typedef {import("./quiz.js").Question} Question */
/** @typedef {{ levels: import("./levels.js").Levels, t: number, caption: string }} Panel */

/** @param {Question} question @param {string} title of the schedule at the left */
export function asked({ kind }, title) {
  if (kind === "level") {
    return t("This is your picture noised by the schedule “{title}”. At which t?", { title });
  }
  return kind === "schedule"
    ? t("One schedule at t = 0.15, 0.4 and 0.7. Which schedule is it?")
    : t("The same noise, two timesteps. Which came first, that is, which has the smaller t?");
}

/** @param {Question} question @param {(name: string) => string} titleOf */
export function answersOf(question, titleOf) {
  if (question.kind === "schedule") return question.names.map(titleOf);
  return question.kind === "first" ? [t("A came first"), t("B came first")] : [];
}

/** @param {Question} question @returns {Panel[]} */
export function panelsOf(question) {
  if (question.kind === "level") {
    return [{ levels: question.levels, t: question.truth, caption: "t = ?" }];
  }
  if (question.kind === "schedule") {
    const levels = question.paths[question.truth];
    return TIMES.map((at) => ({ levels, t: at, caption: `t = ${at}` }));
  }
  const { levels } = question;
  return question.times.map((at, i) => ({ levels, t: at, caption: "AB"[i] }));
}

/** @param {Question} question @param {number} guess t of the slider @returns {Panel[]} */
export function solvedPanels(question, guess) {
  if (question.kind === "schedule") return panelsOf(question);
  const { levels } = question;
  if (question.kind === "first") {
    return question.times.map((at, i) => ({
      levels,
      t: at,
      caption: `${"AB"[i]}, t = ${at.toFixed(3)}`,
    }));
  }
  const mine = t("your guess, t = {t}", { t: guess.toFixed(3) });
  return [
    { levels, t: question.truth, caption: `t = ${question.truth.toFixed(3)}` },
    { levels, t: guess, caption: mine },
  ];
}

/** @param {Question} question @param {number} guess @param {(name: string) => string} titleOf */
export function solution(question, guess, titleOf) {
  if (question.kind === "level") {
    const about = { truth: question.truth.toFixed(3), guess: guess.toFixed(3) };
    return t("It was t = {truth}; you said {guess}.", about);
  }
  if (question.kind === "schedule") {
    return t("It was {title}, the solid line.", { title: titleOf(question.names[question.truth]) });
  }
  const [a, b] = question.times.map((at) => at.toFixed(3));
  return t("A is t = {a}, B is t = {b}.", { a, b });
}
