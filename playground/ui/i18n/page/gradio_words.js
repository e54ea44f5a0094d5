// @ts-check
// What Gradio's own elements say: labels, buttons, tabs, choices, messages, Markdown. A whole text
// is a key; our parts say their own. Texts that Python fills in come with key and values.
import { marked } from "../../page/kit/marked.js";
import { onLanguage, spoken, t, whole } from "../../page/kit/words.js";

/** @typedef {import("../../page/kit/words.js").Value} Value */
/** @typedef {{ from: string, to: string }} Known what it said, and what is shown of it */

const OURS = ".page-part, [data-t], [translate=no], script, style";
/** What Gradio lays over an element that waits or has failed; over our own parts, too. */
const STATUS = "[data-testid=status-tracker]";
const ATTRIBUTES = ["title", "aria-label", "placeholder", "alt"];
/** Sentences of Gradio's that hold a name. */
const WITH_A_NAME = ["number input for {label}", "range slider for {label}", "Remove {name}"];
const CHANGES = {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: [...ATTRIBUTES, "data-t", "data-t-values"],
};

/** @type {WeakMap<Text, Known>} */
const texts = new WeakMap();
/** @type {WeakMap<Element, Record<string, Known>>} */
const attributes = new WeakMap();

/** @param {string} text @returns {string} */
function words(text) {
  const key = text.trim().replace(/\s+/g, " ");
  const found = whole(key);
  if (found !== key) return text.replace(text.trim(), () => found);
  for (const pattern of WITH_A_NAME) {
    const [before, after] = pattern.split(/\{\w+\}/);
    if (!key.startsWith(before) || !key.endsWith(after) || key.length <= before.length) continue;
    const name = key.slice(before.length, key.length - after.length);
    return t(pattern, { label: whole(name), name: whole(name) });
  }
  return text;
}

/** @param {Known | undefined} known @param {string} now @returns {Known} */
function looked(known, now) {
  const from = known && known.to === now ? known.from : now;
  return { from, to: words(from) };
}

/** @param {Text} node */
function text(node) {
  const known = looked(texts.get(node), node.data);
  texts.set(node, known);
  if (node.data !== known.to) node.data = known.to;
}

/** @param {Element} element @param {string} name */
function attribute(element, name) {
  const now = element.getAttribute(name);
  if (now === null) return;
  const all = attributes.get(element) ?? {};
  const known = looked(all[name], now);
  attributes.set(element, { ...all, [name]: known });
  if (now !== known.to) element.setAttribute(name, known.to);
}

/**
 * A text that Python filled in: data-t is the key, data-t-values holds what is in its holes.
 * @param {HTMLElement} element
 */
function translated(element) {
  if (element.dataset.t === undefined || element.closest(".page-part")) return;
  /** @type {Record<string, Value>} */
  const values = JSON.parse(element.dataset.tValues ?? "{}");
  marked(element, t(element.dataset.t ?? "", values));
}

/** @type {Map<HTMLInputElement, () => void>} */
const fields = new Map();

/**
 * A dropdown of Gradio's shows its choice in a field. Whoever reads its value gets the choice's own
 * words, and whoever types in it sees them, since it is by them that Gradio finds a choice.
 * @param {HTMLInputElement} input
 */
function field(input) {
  if (fields.has(input)) return;
  const shown = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  if (!shown?.get || !shown.set) return;
  const { get, set } = shown;
  let from = get.call(input);
  let to = from;
  /** @param {string} value */
  const put = (value) => {
    if (get.call(input) !== value) set.call(input, value);
  };
  const read = () => (get.call(input) === to ? from : get.call(input));
  /** @param {unknown} value */
  const show = (value) => {
    from = String(value ?? "");
    put((to = words(from)));
  };
  Object.defineProperty(input, "value", { configurable: true, get: read, set: show });
  input.addEventListener("beforeinput", () => {
    if (get.call(input) === to) put((to = from));
  });
  input.addEventListener("blur", () => show(read()));
  fields.set(input, () => show(read()));
  show(from);
}

/** @param {Node} root */
function walk(root) {
  const around = root instanceof Element ? root : root.parentElement;
  if (!around || (around.closest(OURS) && !around.closest(STATUS))) {
    const filledIn = around?.closest("[data-t]"); // Gradio puts English into it again, too
    if (filledIn instanceof HTMLElement) translated(filledIn);
    return;
  }
  const each = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
  const walker = document.createTreeWalker(root, each, (node) => {
    if (!(node instanceof Element) || !node.matches(OURS)) return NodeFilter.FILTER_ACCEPT;
    if (node instanceof HTMLElement) translated(node);
    node.querySelectorAll(STATUS).forEach(walk);
    return NodeFilter.FILTER_REJECT;
  });
  /** @type {Node | null} */
  let node = walker.currentNode;
  for (; node; node = walker.nextNode()) {
    if (node instanceof Text) {
      if (!node.parentElement?.closest("textarea, code, pre")) text(node);
    } else if (node instanceof Element) {
      for (const name of ATTRIBUTES) attribute(node, name);
      if (node instanceof HTMLInputElement && node.role === "combobox") field(node);
    }
  }
}

/** @param {MutationRecord[]} changes */
function follow(changes) {
  for (const { type, target, addedNodes, attributeName } of changes) {
    if (type === "childList") addedNodes.forEach(walk);
    else if (type === "characterData") walk(target);
    else if (!(target instanceof HTMLElement) || !attributeName) continue;
    else if (attributeName.startsWith("data-t")) translated(target);
    else if (!target.closest(OURS)) attribute(target, attributeName);
  }
}

/**
 * Keep what Gradio shows below this element in the page's language. In English nothing is at work:
 * no observer, no field that shows other words than its own.
 * @param {Element} root
 * @param {AbortSignal} signal
 */
export function speakForGradio(root, signal) {
  const observer = new MutationObserver(follow);
  let begun = false;
  const again = () => {
    observer.disconnect();
    if (spoken() === "en" && !begun) return;
    begun = true;
    walk(root);
    for (const [input, show] of fields) {
      if (input.isConnected) show();
      else fields.delete(input);
    }
    if (spoken() === "en") return;
    observer.observe(root, CHANGES);
  };
  again();
  onLanguage(again, signal);
  signal.addEventListener("abort", () => observer.disconnect());
}
