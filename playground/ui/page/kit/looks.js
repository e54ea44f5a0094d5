// @ts-check
// How a part looks where it stands: size, theme, language, stage. Whoever draws follows them.
import { onLanguage } from "./words.js";

/**
 * Draw again whenever the part's size, the theme, the language or the stage is another.
 * @param {Element} part
 * @param {() => void} draw
 * @param {AbortSignal} signal
 */
export function whenLooksChange(part, draw, signal) {
  const size = new ResizeObserver(draw);
  size.observe(part);
  signal.addEventListener("abort", () => size.disconnect());
  whenInkChanges(draw, signal);
}

/**
 * Draw again whenever the theme, the language or the stage is another.
 * @param {() => void} draw
 * @param {AbortSignal} signal
 */
export function whenInkChanges(draw, signal) {
  const theme = new MutationObserver(draw);
  theme.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  signal.addEventListener("abort", () => theme.disconnect());
  document.addEventListener(STAGED, draw, { signal });
  onLanguage(draw, signal);
}

/** Told to the document when a part goes to the stage, leaves it or is enlarged there. */
export const STAGED = "playground-staged";

/**
 * The colour behind a part; the body's own stays light in the dark.
 * @param {Element} part
 */
export const pageColour = (part) =>
  getComputedStyle(part).getPropertyValue("--body-background-fill");

/**
 * The least size of letters on canvases here, in pixels; the stage sets it for the last row.
 * @param {Element} part
 */
export const leastText = (part) =>
  parseFloat(getComputedStyle(part).getPropertyValue("--least-text")) || 0;

/**
 * How many pixels of the screen are one of the element's: the screen's own ratio, times how far
 * the page or the stage enlarges it.
 * @param {HTMLElement} element
 */
export function pixelRatio(element) {
  const enlarged = element.offsetWidth
    ? element.getBoundingClientRect().width / element.offsetWidth
    : 1;
  return (window.devicePixelRatio || 1) * (enlarged || 1);
}
