// @ts-check
// What is said of a film: where it stands, and what a press of "Go on from here" would do.
import { say, t } from "../../../page/kit/words.js";

/** @typedef {import("./films.js").Film} Film */

/**
 * @param {Film | undefined} film
 * @param {number} step
 */
export function factsOf(film, step) {
  if (!film) {
    return t(
      "Press Start: then drag to any step, change a setting or paint, and press Go on from here.",
    );
  }
  return t("film {film} · {text}", { film: film.number + 1, text: stepOf(film, step) });
}

/**
 * @param {Film | undefined} film
 * @param {number} step
 */
export const stepOf = (film, step) => say(film?.frames[step]?.text ?? "");

/**
 * @param {Film | undefined} film
 * @param {number} step
 * @param {boolean} isPainted whether something is painted over it
 */
export function planOf(film, step, isPainted) {
  if (!film) return "";
  const about = { k: step, n: film.total, film: film.number + 1 };
  const plan = isPainted
    ? t("On from step {k} of {n} of film {film}, with the settings of now and your paint.", about)
    : t("On from step {k} of {n} of film {film}, with the settings of now.", about);
  if (step < film.total) return plan;
  return `${plan} ${t("It is clean there: drag to an earlier step first.")}`;
}
