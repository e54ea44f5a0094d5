import { word_table } from "./word_table.js";

export function sentences(tables) {
  // Shows the page in another language: every text, title and label in it, also those that come later,
  // by tables from the English words. What is not in the tables stays English. In English nothing of
  // this is at work: no observer, and a canvas draws with the browser's own functions.
  const SKIPPED = "script, style, [translate=no]", STAYS = `${SKIPPED}, textarea, code, pre`;
  const ATTRIBUTES = ["title", "aria-label", "aria-valuetext", "placeholder", "alt"];
  const DRAWN = ["fillText", "strokeText", "measureText"];
  const texts = new WeakMap(), attributes = new WeakMap(), fields = new Map(), drawn = {}, cache = new Map(), untold = new Set();
  let language = "en", look = null;

  function translated(text) {
    if (language === "en" || !/[A-Za-z]{2}/.test(text)) return text;
    if (!cache.has(text)) {
      if (cache.size > 5000) cache.clear();
      cache.set(text, look(text));
    }
    return cache.get(text);
  }

  function text(node) {
    const option = node.parentElement;
    if (option.tagName === "OPTION" && !option.hasAttribute("value")) option.setAttribute("value", option.value); // its text is its value, else
    const known = texts.get(node);
    const from = known && node.data === known.to ? known.from : node.data;
    const to = translated(from);
    texts.set(node, { from, to });
    if (node.data !== to) node.data = to;
  }

  function attribute(node, name) {
    const now = node.getAttribute(name);
    if (now === null) return;
    const all = attributes.get(node) ?? {}, known = all[name];
    const from = known && now === known.to ? known.from : now;
    const to = translated(from);
    attributes.set(node, { ...all, [name]: { from, to } });
    if (now !== to) node.setAttribute(name, to);
  }

  // A dropdown of Gradio's shows its choice in an input. Whoever reads it gets the English words, and
  // whoever types in it sees them, since it is by them that Gradio finds a choice.
  const shown = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  function field(input) {
    if (language === "en" || fields.has(input)) return;
    let from = shown.get.call(input), to = from;
    const get = () => { const now = shown.get.call(input); return now === to ? from : now; };
    const put = (words) => { if (shown.get.call(input) !== words) shown.set.call(input, words); };
    const set = (value) => { from = String(value ?? ""); put(to = translated(from)); };
    Object.defineProperty(input, "value", { configurable: true, get, set });
    input.addEventListener("beforeinput", () => { if (shown.get.call(input) === to) put(to = from); });
    input.addEventListener("blur", () => set(get()));
    fields.set(input, () => set(get()));
    set(from);
  }

  function element(node) {
    for (const name of ATTRIBUTES) if (node.hasAttribute(name)) attribute(node, name);
    if (node.tagName === "INPUT" && node.getAttribute("role") === "combobox") field(node);
  }

  function walk(root) {
    if (root.nodeType === Node.TEXT_NODE) { if (root.parentElement && !root.parentElement.closest(STAYS)) text(root); return; }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(SKIPPED)) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) element(node);
      else if (!node.parentElement.closest(STAYS)) text(node);
    }
  }

  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(walk);
      else if (change.type === "characterData") walk(change.target);
      else if (!change.target.closest(SKIPPED)) attribute(change.target, change.attributeName);
    }
  });

  function watch(wanted) { // what comes later, and what is drawn on a canvas
    observer.disconnect();
    const pens = CanvasRenderingContext2D.prototype;
    for (const name of DRAWN) {
      drawn[name] ??= pens[name];
      pens[name] = wanted ? function (words, ...rest) { return drawn[name].call(this, translated(String(words)), ...rest); } : drawn[name];
    }
    if (wanted) observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  }

  return async function speak(wanted) {
    if (wanted !== "en" && !look) look = word_table(await Promise.all(tables.map(async (table) => (await fetch(table)).json())), untold);
    language = wanted;
    cache.clear();
    observer.disconnect();
    walk(document.body);
    for (const [input, again] of fields) if (input.isConnected) again(); else fields.delete(input);
    watch(language !== "en");
  };
}
