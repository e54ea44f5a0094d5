(words, names) => {
  // Shows the page in another language: every text, title and label in it, also those that come later,
  // by a table from the English words. What is not in the table stays English.
  const STAYS = "script, style, textarea, code, pre, [translate=no]";
  const ATTRIBUTES = ["title", "aria-label", "aria-valuetext", "placeholder", "alt"];
  const exact = new Map(), patterns = [], cache = new Map(), untold = new Set();
  const texts = new WeakMap(), attributes = new WeakMap();
  let language = "en", table = null;

  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  function read(found) {
    for (const [from, to] of Object.entries(found)) {
      if (!from.includes("{}")) { exact.set(from, to); continue; }
      patterns.push([new RegExp(`^${from.split("{}").map(escaped).join("(.+?)")}$`, "su"), to]);
    }
    table = found;
  }

  function told(text) {
    if (exact.has(text)) return exact.get(text);
    for (const [pattern, to] of patterns) {
      const found = text.match(pattern);
      if (found) { let i = 1; return to.replace(/\{(\d?)\}/g, (_, place) => translated(found[place ? +place : i++])); }
    }
    for (const between of [" · ", "\n"]) if (text.includes(between)) return text.split(between).map(translated).join(between);
    if (/\p{L}{2}/u.test(text)) untold.add(text);
    return text;
  }

  function translated(text) {
    if (language === "en" || !/[A-Za-z]{2}/.test(text)) return text;
    if (!cache.has(text)) {
      if (cache.size > 5000) cache.clear();
      const [, before, core, after] = text.match(/^(\s*)(.*?)(\s*)$/s);
      cache.set(text, before + told(core.replace(/\s+/g, " ")) + after);
    }
    return cache.get(text);
  }

  function text(node) {
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

  function walk(root) {
    if (root.nodeType === Node.TEXT_NODE) { if (!root.parentElement?.closest(STAYS)) text(root); return; }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest("script, style, [translate=no]")) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches("script, style, [translate=no]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) { if (!node.parentElement.closest(STAYS)) text(node); }
      else for (const name of ATTRIBUTES) attribute(node, name);
    }
  }

  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(walk);
      else if (change.type === "characterData") walk(change.target);
      else if (!change.target.closest("[translate=no]")) attribute(change.target, change.attributeName);
    }
  });

  // what is drawn on a canvas, too
  for (const name of ["fillText", "measureText"]) {
    const drawn = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (words, ...rest) { return drawn.call(this, translated(String(words)), ...rest); };
  }

  async function speak(wanted) {
    if (wanted !== "en" && !table) read(await (await fetch(words)).json());
    language = wanted;
    cache.clear();
    observer.disconnect();
    walk(document.body);
    document.documentElement.lang = language;
    if (language !== "en") observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
    button.textContent = language === "en" ? names[1] : names[0];
    button.lang = language === "en" ? "zh-Hans" : "en";
    window.dispatchEvent(new Event("resize")); // canvases draw themselves again
    document.dispatchEvent(new CustomEvent("language", { detail: language }));
  }

  const button = document.createElement("button");
  button.id = "language";
  button.type = "button";
  button.translate = false;
  button.addEventListener("click", () => {
    const wanted = language === "en" ? "zh-Hans" : "en";
    try { localStorage.setItem("language", wanted); } catch { /* a private window keeps nothing */ }
    speak(wanted);
  });
  document.querySelector(".title")?.append(button);
  window.untold = untold; // for whoever adds words
  let kept = null;
  try { kept = localStorage.getItem("language"); } catch { /* a private window */ }
  const asked = new URLSearchParams(location.search).get("lang") ?? kept ?? navigator.language;
  speak(asked.startsWith("zh") ? "zh-Hans" : "en");
}
