// @ts-check
// Texts with a little mark-up in them, so that a sentence is one key: italics, bold, letters that
// stand lower or higher, code. Nothing else of HTML is read, whatever fills the holes.
import { make } from "./dom.js";

const TAGS = /<(\/?)(i|b|sub|sup|code)>/g;

/** Return the text as it is read. @param {string} text @returns {string} */
export const unmarked = (text) => text.replace(TAGS, "");

/**
 * Show this text in the element, in place of what was there.
 * @param {Element} element
 * @param {string} text "timestep <i>t</i>"
 */
export function marked(element, text) {
  if (!text.includes("<")) {
    if (element.textContent !== text || element.childElementCount) element.textContent = text;
    return;
  }
  const open = [/** @type {Element | DocumentFragment} */ (document.createDocumentFragment())];
  let from = 0;
  for (const { 0: tag, 1: closes, 2: name, index } of text.matchAll(TAGS)) {
    open[0].append(text.slice(from, index));
    from = index + tag.length;
    if (closes) {
      if (open.length > 1) open.shift();
      continue;
    }
    const inner = make(/** @type {"i"} */ (name));
    open[0].append(inner);
    open.unshift(inner);
  }
  open[0].append(text.slice(from));
  element.replaceChildren(open[open.length - 1]);
}
