// @ts-check
// Texts that stand in a part's HTML: data-t is the key of its text, data-t-title of its help on
// hover, data-t-label of what is said of it, data-t-placeholder of an empty field, data-t-alt of a
// picture.
import { findAll } from "./dom.js";
import { marked } from "./marked.js";
import { onLanguage, t } from "./words.js";

const ATTRIBUTES = {
  title: "title",
  label: "aria-label",
  placeholder: "placeholder",
  alt: "alt",
};

/**
 * Fill in the texts below this element, now and whenever the page speaks another language.
 * @param {ParentNode} element
 * @param {AbortSignal} signal
 */
export function translateIn(element, signal) {
  /** @param {string | null | undefined} key in a template it may go over several lines */
  const of = (key) => t((key ?? "").replace(/\s+/g, " ").trim());
  const fill = () => {
    for (const one of findAll(element, "[data-t]")) marked(one, of(one.dataset.t));
    for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
      for (const one of findAll(element, `[data-t-${name}]`)) {
        one.setAttribute(attribute, of(one.getAttribute(`data-t-${name}`)));
      }
    }
  };
  fill();
  onLanguage(fill, signal);
}
