// @ts-check
// The pictures of a duel of schedules, and what their difference means.
import { make } from "../../../page/kit/dom.js";
import { say, t } from "../../../page/kit/words.js";
import { SIDE, screen } from "./blend.js";

const INKS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7"];
const DASHES = [[], [9, 4], [3, 3], [12, 3, 3, 3]];

/** The share of the picture's power that is left. @param {number} alpha @param {number} sigma */
export const shareOf = (alpha, sigma) => alpha ** 2 / (alpha ** 2 + sigma ** 2);

/**
 * Return the largest difference of the bytes of several pictures.
 * @param {Uint8ClampedArray[]} pictures
 */
export function farthest([first, ...others]) {
  let largest = 0;
  for (const other of others) {
    for (let i = 0; i < first.length; i++) {
      largest = Math.max(largest, Math.abs(first[i] - other[i]));
    }
  }
  return largest;
}

/** @typedef {ReturnType<typeof panelOf>} Panel */

/**
 * A picture under a schedule of choice.
 * @param {number} i
 * @param {string} chosen
 * @param {import("./contracts.js").Choice[]} schedules
 */
export function panelOf(i, chosen, schedules) {
  const key = make("span", { className: "key" });
  key.style.setProperty("--ink", INKS[i]);
  const select = make("select");
  const canvas = make("canvas");
  canvas.setAttribute("role", "img");
  const caption = make("figcaption");
  const label = make("label", { className: "pick" }, key, select);
  const name = () => {
    const chosenNow = select.value;
    const left = make("option", { value: "", textContent: t("as at the left") });
    const others = schedules.map(({ name: value, title }) =>
      make("option", { value, textContent: say(title) }),
    );
    select.replaceChildren(left, ...others);
    select.value = chosenNow;
    select.setAttribute("aria-label", t("Schedule of panel {n}", { n: i + 1 }));
    canvas.setAttribute("aria-label", t("Noised by schedule {n}", { n: i + 1 }));
  };
  name();
  select.value = chosen;
  return {
    figure: make("figure", {}, label, canvas, caption),
    screen: screen(canvas, SIDE),
    /** @type {import("./levels.js").Levels | null} */
    levels: null,
    caption,
    select,
    ink: INKS[i],
    dash: DASHES[i],
    name,
  };
}

/**
 * What the largest difference of the panels means.
 * @param {number} n in 255ths
 * @param {boolean} isBySnr
 * @param {boolean} isScaled
 */
export function verdict(n, isBySnr, isScaled) {
  if (n <= 1) {
    return t(
      "All panels show the same picture: at one SNR a schedule changes nothing. It only says " +
        "when each SNR comes.",
    );
  }
  if (!isBySnr) {
    return t(
      "At the same t the panels differ by up to {n} of 255: each schedule has come to another SNR.",
      { n },
    );
  }
  return isScaled
    ? t("At one SNR, yet up to {n} of 255 apart: a schedule ends before this SNR.", { n })
    : t("At one SNR, yet up to {n} of 255 apart: their scales differ; show x / r.", { n });
}
