// @ts-check
// Parts that show runs, and whoever keeps the runs of a talk, speak by events of the document:
//   run-heard  {part, run, begins}  something new of a run arrived, the first where it begins
//   run-whole  {part, run, shown}   all of it is there: what the part shows, to be kept
//   run-again  {part, shown, mark}  show this kept run, marked with these words; the part prevents
//                                   the default, so that one knows that it was there to hear it
import { make } from "./dom.js";

/**
 * @template S
 * @typedef {object} KeptRun
 * @property {() => boolean} isLive no kept run is shown
 * @property {() => void} goOn call it before anything is drawn that came from a live run
 * @property {(run: any, begins: boolean) => void} heard
 * @property {(run: any, shown?: S) => void} whole
 */

/**
 * Tell of a part's runs, and show a kept one, marked, until the live one goes on.
 * @template S
 * @param {HTMLElement} element
 * @param {string} part its name in the talk
 * @param {() => S} read all that the part shows
 * @param {(shown: S, again: boolean) => void} write show that; again: play it from its start
 * @param {AbortSignal} signal
 * @returns {KeptRun<S>}
 */
export function keptRun(element, part, read, write, signal) {
  const mark = make("p", { className: "recorded", hidden: true });
  mark.setAttribute("role", "status");
  element.append(mark);
  /** @type {{ shown: S } | null} */
  let live = null;
  /** @param {string} kind @param {object} about */
  const tell = (kind, about) =>
    document.dispatchEvent(new CustomEvent(kind, { detail: { part, ...about } }));
  document.addEventListener(
    "run-again",
    (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (detail.part !== part) return;
      event.preventDefault();
      live ??= { shown: read() };
      const words = /** @type {string[]} */ (detail.mark);
      mark.replaceChildren(...words.map((text) => make("span", { textContent: text })));
      mark.hidden = false;
      write(detail.shown, true);
    },
    { signal },
  );
  return {
    isLive: () => live === null,
    goOn() {
      if (!live) return;
      write(live.shown, false);
      live = null;
      mark.hidden = true;
    },
    heard: (run, begins) => tell("run-heard", { run, begins }),
    whole(run, shown = read()) {
      if (!live) tell("run-whole", { run, shown });
    },
  };
}
