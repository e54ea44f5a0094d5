// @ts-check
// What stands around the tabs: buttons beside the title, and boxes that belong to no tab.
import { button, find, make } from "./dom.js";
import { onLanguage } from "./words.js";

/**
 * Lay this over the page until the part that it belongs to leaves.
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 */
export function overPage(box, signal) {
  document.body.append(box);
  signal.addEventListener("abort", () => box.remove());
}

/**
 * Put an element beside the page's title, in the order of places whatever comes first.
 * @param {HTMLElement} element
 * @param {number} place
 * @param {AbortSignal} signal
 */
export function besideTitle(element, place, signal) {
  const title = find(document, ".title");
  element.dataset.place = String(place);
  const later = [...title.querySelectorAll("[data-place]")].find(
    (one) => one instanceof HTMLElement && Number(one.dataset.place) > place,
  );
  title.insertBefore(element, later ?? null);
  signal.addEventListener("abort", () => element.remove());
}

/**
 * Return a new element whose text stays in the page's language: a function makes it.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} about its properties; functions give texts
 * @param {AbortSignal} signal
 * @returns {HTMLElementTagNameMap[K]}
 */
export function worded(tag, about, signal) {
  const made = make(tag);
  const fill = () => {
    for (const [name, value] of Object.entries(about)) {
      const now = typeof value === "function" ? value() : value;
      if (name.startsWith("aria-")) made.setAttribute(name, now);
      else Object.assign(made, { [name]: now });
    }
  };
  fill();
  onLanguage(fill, signal);
  return made;
}

/**
 * Return a button whose texts stay in the page's language.
 * @param {() => string} text
 * @param {() => string} title help on hover
 * @param {() => void} press
 * @param {AbortSignal} signal
 */
export function pressed(text, title, press, signal) {
  const made = button(text(), title(), press);
  onLanguage(() => Object.assign(made, { textContent: text(), title: title() }), signal);
  return made;
}
