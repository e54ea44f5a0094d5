// @ts-check
// What a beginner article says of diffusion, and what the field uses in its place.
import { t } from "../../../page/kit/words.js";
import { STEPS } from "./article_formulas.js";

/**
 * Texts have mark-up; names and what a slider counts are keys of the tables of words.
 * @typedef {object} Claim
 * @property {string} name
 * @property {() => string} says
 * @property {() => string} field
 * @property {string} slider what it counts
 * @property {number} least
 * @property {number} start
 */

/** @type {Record<"walk" | "end" | "code" | "once", Claim>} */
export const CLAIMS = {
  walk: {
    name: "The random walk",
    says: () =>
      t(
        "Forward: <i>x</i><sub>t</sub> = <i>x</i><sub>t−1</sub> + <i>z</i><sub>t</sub>. " +
          "Nothing is scaled.",
      ),
    field: () =>
      t(
        "Right as far as it goes: it is a <b>variance-exploding</b> process, alpha = 1 " +
          "and sigma grows. <b>Variance-preserving</b> ones scale the picture down as " +
          "well: q(<i>x</i><sub>t</sub> | <i>x</i><sub>t−1</sub>) = N(√(1 − <i>β</i>) " +
          "<i>x</i><sub>t−1</sub>, <i>β</i> I).",
      ),
    slider: "steps",
    least: 0,
    start: 8,
  },
  end: {
    name: "The end is uniform?",
    says: () => t("At the end of the forward process stands a <b>uniform</b> distribution."),
    field: () =>
      t(
        "It is <b>Gaussian</b>: a sum of Gaussian noise is Gaussian, N(0, I) where the " +
          "variance is preserved, practically N(0, sigma² I) where it explodes.",
      ),
    slider: "steps",
    least: 0,
    start: STEPS,
  },
  code: {
    name: "Its code, and back",
    says: () =>
      t(
        "Forward, n times: <i>z</i> ← <i>x</i> + 0.3 <i>z</i>; <i>x</i> ← <i>x</i> + " +
          "0.316 <i>z</i>. Inverse, n times: <i>x</i> ← <i>x</i> − 0.316 <i>x</i>; " +
          "<i>x</i> ← <i>x</i> − 0.3 <i>x</i>.",
      ),
    field: () =>
      t(
        "The reverse needs to know what pictures look like: at each step a denoiser " +
          "guesses <i>x</i><sub>0</sub>, and x goes a part of the way there (DDIM, 20 " +
          "steps, here with the ideal denoiser of the bundled pictures and yours, which " +
          "knows them all).",
      ),
    slider: "times",
    least: 1,
    start: 10,
  },
  once: {
    name: "One pass?",
    says: () => t("A generator: <code>x = model(randn(1, noise_level))</code>, in one pass."),
    field: () =>
      t(
        "From pure noise the best single guess is the <b>mean of all pictures</b>. " +
          "Pictures arise in many passes along a grid of levels (or in few, by a distilled " +
          "model).",
      ),
    slider: "calls",
    least: 1,
    start: STEPS,
  },
};
