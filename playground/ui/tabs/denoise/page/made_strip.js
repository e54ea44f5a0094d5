// @ts-check
// Cards of what this page made; one is chosen, and in it one picture. Python acts on data-key.
import { find, findAll } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { card } from "./card.js";
import { dropping } from "./dropping.js";

/**
 * @typedef {import("./contracts.js").CardShown} CardShown
 * @typedef {{ cards: string, thumbs: string, said: string }} Props
 */

/** @param {import("../../../page/kit/host.js").Host<Props>} host */
export function mount({ element, props, trigger, watch, signal }) {
  const list = find(element, "ul");
  /** @type {Record<string, string>} */
  const thumbs = {};
  /** @type {Map<string, import("./card.js").Card>} */
  const cards = new Map();
  /** @type {Record<string, number>} the picture chosen in a card, from 1 */
  const at = {};
  /** @type {CardShown[]} */
  let told = [];
  /** @type {string | null} */
  let chosen = null;
  const acts = {
    choose,
    press: (/** @type {string} */ act, /** @type {string} */ key) => press("input", act, key),
  };

  /** @param {string} event @param {string} act @param {string} key */
  function press(event, act, key) {
    Object.assign(element.dataset, { act, key, picture: at[key] ?? 1 });
    trigger(event);
  }

  /** @param {string} key @param {number | null} picture */
  function choose(key, picture) {
    const about = told.find((one) => one.key === key);
    if (!about) return;
    chosen = key;
    at[key] = Math.max(1, Math.min(about.count, picture ?? at[key] ?? 1));
    mark();
  }

  function mark() {
    for (const about of told) {
      cards.get(about.key)?.mark(about, about.key === chosen, at[about.key] ?? 1);
    }
    const about = told.find((one) => one.key === chosen);
    if (!about) return;
    const { line, stopped, key, count } = about;
    const k = at[key] ?? 1;
    find(element, ".line").textContent =
      stopped === null ? say(line) : t("{line} · stopped at step {k}", { line, k: stopped });
    find(element, ".alone").textContent = t("Picture {k} alone", { k });
    find(element, ".alone").hidden = count === 1;
    find(element, ".which").textContent =
      count === 1 ? t("Send it to") : t("Send picture {k} to", { k });
  }

  function draw() {
    if (props.thumbs) Object.assign(thumbs, JSON.parse(props.thumbs));
    const newest = told[0]?.key;
    told = JSON.parse(props.cards || "[]");
    const keys = new Set(told.map((one) => one.key));
    for (const [key, one] of cards) {
      if (keys.has(key)) continue;
      one.leave();
      cards.delete(key);
      delete thumbs[key];
      delete at[key];
    }
    told.forEach((about, place) => {
      const one = cards.get(about.key) ?? card(about, acts);
      cards.set(about.key, one);
      if (thumbs[about.key]) one.picture(thumbs[about.key]);
      if (list.children[place] !== one.box) list.insertBefore(one.box, list.children[place]);
    });
    if (!chosen || !keys.has(chosen) || told[0]?.key !== newest) {
      chosen = told[0]?.key ?? null;
      list.scrollLeft = 0;
    }
    mark();
    find(element, ".kept").hidden = !told.length;
    element.dataset.count = `${told.length}`;
  }

  function tell() {
    find(element, ".said").textContent = props.said && say(JSON.parse(props.said));
    find(element, ".said").hidden = !props.said;
  }

  for (const button of findAll(element, ".acts button")) {
    const { on = "", act = "" } = button.dataset;
    button.addEventListener("click", () => chosen && press(on, act, chosen));
  }
  dropping(element, find(element, ".drop"), signal);
  translateIn(element, signal);
  onLanguage(mark, signal);
  watch(["cards", "thumbs"], draw);
  watch("said", tell);
  onLanguage(tell, signal);
  draw();
  tell();
}
