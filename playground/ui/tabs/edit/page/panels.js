// @ts-check
// Panels that share one slider of moments; one that ended earlier stays at its end.
import { find, make } from "../../../page/kit/dom.js";
import { paintSheet } from "../../../page/kit/sheets.js";
import { say } from "../../../page/kit/words.js";

const WIDE = 4; // panels in a row
const WHOLE = 3000; // milliseconds of a film that is played
const [QUICKEST, SLOWEST] = [50, 200]; // of a moment of it

/**
 * @typedef {import("./contracts.js").Panel} Moment
 * @typedef {{ canvas: HTMLCanvasElement, title: Text, small: HTMLElement,
 *   moments: Moment[] }} Panel
 */

/**
 * How many columns and rows so many panels take.
 * @param {number} count
 */
export function shapeOf(count) {
  const rows = Math.max(1, Math.ceil(count / WIDE));
  return { rows, columns: Math.max(2, Math.ceil(count / rows)) };
}

/**
 * Which moment of a panel is shown at a place of the slider.
 * @param {Moment[]} moments some may be missing
 * @param {number} place
 */
export const momentAt = (moments, place) =>
  moments.slice(0, place + 1).findLast(Boolean) ?? moments.find(Boolean);

/** @param {HTMLElement} element the whole part @param {AbortSignal} signal */
export function panels(element, signal) {
  const box = find(element, ".panels");
  const scrub = find(element, ".scrub", HTMLInputElement);
  /** @type {Map<string, Panel>} */
  const all = new Map();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let playing;
  let isFollowing = true;

  const last = () => Math.max(0, ...[...all.values()].map(({ moments }) => moments.length - 1));

  /** @param {string} key */
  function panel(key) {
    const title = document.createTextNode("");
    const small = make("small");
    const canvas = make("canvas");
    const figure = make("figure", {}, canvas, make("figcaption", {}, title, small));
    figure.dataset.key = key;
    /** @type {Panel} */
    const made = { canvas, title, small, moments: [] };
    all.set(key, made);
    box.append(figure);
    const { rows, columns } = shapeOf(all.size);
    box.style.setProperty("--rows", `${rows}`);
    box.style.setProperty("--phone", `${all.size > 2 ? 2 : 1}`);
    box.style.setProperty("--columns", `${columns}`);
    return made;
  }

  /** @param {number} place */
  function show(place) {
    for (const { canvas, title, small, moments } of all.values()) {
      const moment = momentAt(moments, place);
      if (!moment) continue;
      paintSheet(canvas, moment.x, moment.w, moment.h);
      title.textContent = say(moment.caption);
      small.textContent = say(moment.text);
    }
    scrub.value = `${place}`;
    element.dataset.shown = `${place}`;
    element.dataset.count = `${+scrub.max + 1}`;
  }

  function halt() {
    clearInterval(playing);
    playing = undefined;
  }

  scrub.addEventListener("input", () => {
    halt();
    isFollowing = +scrub.value === +scrub.max;
    show(+scrub.value);
  });
  signal.addEventListener("abort", halt);

  return {
    /** Take new moments in; show the newest unless a person looks at another. */
    add(/** @type {Moment[]} */ moments) {
      for (const one of moments) (all.get(one.key) ?? panel(one.key)).moments[one.index] = one;
      scrub.max = `${last()}`;
      if (isFollowing) show(last());
    },
    clear() {
      halt();
      all.clear();
      box.replaceChildren();
      scrub.max = "0";
      isFollowing = true;
    },
    /** Play from the start. @param {boolean} isLoop there and back, on and on */
    play(isLoop) {
      halt();
      const end = last();
      if (!end) return;
      isFollowing = false;
      let place = 0;
      let turn = 1;
      const pace = Math.max(QUICKEST, Math.min(SLOWEST, WHOLE / end));
      playing = setInterval(() => {
        if (isLoop && !element.offsetParent) return; // nobody looks
        show(place);
        if (place + turn > end || place + turn < 0) {
          if (!isLoop) return halt();
          turn = -turn;
        }
        place += turn;
      }, pace);
    },
    /** Say the captions anew. */
    again: () => show(+scrub.value),
    /** All there is, to be kept. @returns {[string, Moment[]][]} */
    read: () => [...all].map(([key, { moments }]) => [key, moments]),
    /** Show what was kept. @param {[string, Moment[]][]} kept */
    write(kept) {
      for (const [key, moments] of kept) panel(key).moments = moments;
      scrub.max = `${last()}`;
      if (all.size) show(last());
    },
  };
}
