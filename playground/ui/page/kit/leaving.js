// @ts-check
// When a part leaves the page, whoever was in it lets go of what it holds.

/** @type {Map<Element, AbortController>} */
const parts = new Map();
/** @type {MutationObserver | null} */
let observer = null;

function look() {
  for (const [element, controller] of parts) {
    if (element.isConnected) continue;
    parts.delete(element);
    controller.abort();
  }
  if (!parts.size) {
    observer?.disconnect();
    observer = null;
  }
}

/**
 * Return a signal that fires once, when this element is no longer in the document.
 * @param {Element} element
 * @returns {AbortSignal}
 */
export function leaving(element) {
  parts.get(element)?.abort(); // it is mounted anew
  const controller = new AbortController();
  parts.set(element, controller);
  if (!observer) {
    observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
  }
  return controller.signal;
}
