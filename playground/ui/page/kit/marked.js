// @ts-check
// Texts with a little mark-up in them, so that a sentence is one key: italics, bold, letters that
// stand lower or higher, code. Nothing else of HTML is read, whatever fills the holes.
import { make } from "./dom.js";

const TAGS = /<(\/?)(i|b|sub|sup|code)>/g;

/**
 * Show this text in the element, in place of what was there; nothing changes where it is shown.
 * @param {Element} element
 * @param {string} text "timestep <i>t</i>"
 */
export function marked(element, text) {
  const shown = /** @type {Element} */ (element.cloneNode());
  const open = [shown];
  let from = 0;
  for (const { 0: tag, 1: closes, 2: name, index } of text.matchAll(TAGS)) {
    if (index > from) open[0].append(text.slice(from, index));
    from = index + tag.length;
    if (closes) {
      if (open.length > 1) open.shift();
      continue;
    }
    const inner = make(/** @type {"i"} */ (name));
    open[0].append(inner);
    open.unshift(inner);
  }
  if (text.length > from) open[0].append(text.slice(from));
  if (!shown.isEqualNode(element)) element.replaceChildren(...shown.childNodes);
}
