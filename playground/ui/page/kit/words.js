// @ts-check
// Texts in the language of the page, made where they are needed: t("step {k} of {n}", { k, n }).

/**
 * A text that Python sends: its English pattern is the key, values fill its holes; a value may be
 * a text itself.
 * @typedef {{ key: string, values?: Record<string, Value> }} Text
 * @typedef {string | number | Text} Value
 */

/** @type {Map<string, string>} */
let table = new Map();
let language = "en";
/** @type {Set<() => void>} */
const listeners = new Set();
/** Keys that had no words in another language; for tests and for whoever adds words. */
export const missing = /** @type {Set<string>} */ (new Set());

/**
 * Return the text in the page's language. A key without words stays English.
 * @param {string} key the English pattern; `{name}` is a hole
 * @param {Record<string, Value>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  let pattern = key;
  if (language !== "en" && /[A-Za-z]{2}/.test(key)) {
    const found = table.get(key);
    if (found === undefined) missing.add(key);
    else pattern = found;
  }
  return pattern.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? say(values[name]) : hole));
}

/**
 * Return the words for a text of somebody else's, which may be a key or none of ours.
 * @param {string} text
 * @returns {string}
 */
export const whole = (text) => table.get(text) ?? text;

/**
 * Return what Python or a part has to say: a text, or words that stay as they are.
 * @param {Value} text
 * @returns {string}
 */
export function say(text) {
  return typeof text === "object" ? t(text.key, text.values) : String(text);
}

/** The language of the page, "en" or "zh-Hans". */
export const spoken = () => language;

/**
 * Call this whenever the page speaks another language.
 * @param {() => void} changed
 * @param {AbortSignal} signal
 */
export function onLanguage(changed, signal) {
  listeners.add(changed);
  signal.addEventListener("abort", () => listeners.delete(changed));
}

/**
 * Speak another language from now on.
 * @param {string} wanted
 * @param {Record<string, string>} words from English patterns to that language's; empty in English
 */
export function speak(wanted, words) {
  language = wanted;
  table = new Map(Object.entries(words));
  for (const changed of listeners) changed();
}

/** A number as people read it: a true minus, at most this many digits. */
export const numeral = (/** @type {number} */ value, digits = 4) =>
  `${+value.toPrecision(digits)}`.replace("-", "−");
