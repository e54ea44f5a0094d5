// @ts-check
// What each tab is about, as far as it is in sight, and the slider of it.
import { findAll, isSeen } from "../../page/kit/dom.js";

/** The whole page's element, whose classes say what is laid over it. */
export const root = document.documentElement;

/** Where keys are letters, and do nothing else. */
const TYPED =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/**
 * Whether somebody writes or chooses there.
 * @param {Event} event
 */
export const isTyping = ({ target }) => target instanceof Element && Boolean(target.closest(TYPED));

/**
 * Whether a key belongs to the browser or the system.
 * @param {KeyboardEvent} event
 */
export const isShortcut = (event) => event.ctrlKey || event.altKey || event.metaKey;

/**
 * Return the first part in sight of those that can fill the stage.
 * @param {string[]} stages element ids
 */
export function shownPart(stages) {
  return stages.map((id) => document.getElementById(id)).find(isSeen) ?? null;
}

/** @param {Element | null} part */
export const sliderOf = (part) =>
  part ? findAll(part, "input[type=range]", HTMLInputElement).find(isSeen) : undefined;

/**
 * Move a part's slider by a step, or a hundredth of the way where that is many steps; a part
 * without one goes on by its button for one step.
 * @param {Element | null} part
 * @param {number} by
 */
export function slide(part, by) {
  const slider = sliderOf(part);
  if (!slider) {
    if (part && by > 0) findAll(part, "button.one-step").find(isSeen)?.click();
    return;
  }
  const span = +slider.max - +slider.min;
  const step = +slider.step || 1;
  slideTo(slider, +slider.value + by * Math.max(step, span / step > 250 ? span / 100 : 0));
}

/** @param {HTMLInputElement} slider @param {number} value */
export function slideTo(slider, value) {
  slider.value = String(value);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}
