// @ts-check
// Round numbers along an axis.
import { numeral } from "../kit/words.js";

/**
 * Return round values from `low` to `high`, each with its label; about `most` of them.
 * @param {number} low
 * @param {number} high
 * @returns {[value: number, label: string][]}
 */
export function ticks(low, high, most = 5) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
  /** @type {[number, string][]} */
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
    found.push([k * step, numeral(k * step)]);
  }
  return found;
}
