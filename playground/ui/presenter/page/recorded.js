// @ts-check
// The last whole run of each beat, kept in this browser, is shown when computing stalls or fails.
// Parts tell of their runs by the events that page/kit/runs.js describes.
import { spoken, t } from "../../page/kit/words.js";

/**
 * @typedef {import("./beat_file.js").Beat} Beat
 * @typedef {{ part: string, shown: any, when: number }} Kept
 *
 * What the beat of now started.
 * @typedef {object} Awaited
 * @property {Beat} beat
 * @property {string} part
 * @property {any} run
 * @property {number} heard when something new arrived last
 * @property {Set<Element>} failures that were told before
 * @property {boolean} [whole]
 * @property {boolean} [shown] the kept run is
 */

/** Milliseconds without anything new, after which the kept run is shown. */
export const STALLED = 3000;
const LOOKS = 250; // milliseconds between two looks
const [BASE, RUNS] = ["talk", "runs"];

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(BASE, 2);
    asked.onupgradeneeded = () => {
      if (asked.result.objectStoreNames.contains(RUNS)) asked.result.deleteObjectStore(RUNS);
      asked.result.createObjectStore(RUNS);
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

/**
 * Return what an address sets in the tab that it opens, as names of controls and values.
 * @param {string} query
 */
export function settings(query) {
  const told = new URLSearchParams(query);
  const tab = `${told.get("tab")}.`;
  const named = (/** @type {string} */ name) => {
    const words = name.slice(name.lastIndexOf(".") + 1).replace(/~\d+$/, "");
    return words[0].toUpperCase() + words.slice(1).replaceAll("-", " ");
  };
  return [...told]
    .filter(([name]) => name.startsWith(tab))
    .flatMap(([name, value]) => [t(named(name)), t(value)]);
}

/** @param {number} milliseconds */
export const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const failures = () => new Set(document.querySelectorAll(".toast-body.error"));

/**
 * Keep whole runs of beats, and play one where the live run stalls.
 * @param {(beat: Beat) => boolean} isCurrent
 * @param {AbortSignal} signal
 */
export function recordedRuns(isCurrent, signal) {
  /** @type {Awaited | null} */
  let awaited = null;
  /** @type {Map<string, any>} runs of which more may come, by their parts */
  const unfinished = new Map();
  /** @type {Map<string, Beat>} by their runs, also those that go on while a later beat is shown */
  const begun = new Map();
  const base = open();
  base.catch(() => {}); // a private window keeps nothing
  signal.addEventListener("abort", () => void base.then((one) => one.close()).catch(() => {}));

  /** @param {(runs: IDBObjectStore) => IDBRequest} act @returns {Promise<any>} */
  async function stored(act) {
    const asked = act((await base).transaction(RUNS, "readwrite").objectStore(RUNS));
    return new Promise((done, fail) => {
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  }

  /** @param {Beat} beat @param {string} part */
  async function play(beat, part) {
    /** @type {Kept | null} */
    const kept = await stored((runs) => runs.get(beat.query)).catch(() => null);
    if (kept?.part !== part || !isCurrent(beat) || signal.aborted) return;
    const style = /** @type {const} */ ({ dateStyle: "medium", timeStyle: "short" });
    const when = new Date(kept.when).toLocaleString(spoken(), style);
    const mark = [t("recorded"), when, ...settings(beat.query)];
    const detail = { part, shown: kept.shown, mark };
    const ask = () => new CustomEvent("run-again", { detail, cancelable: true });
    // a part whose tab was never opened is still on its way
    while (isCurrent(beat) && !signal.aborted && document.dispatchEvent(ask())) await after(LOOKS);
  }

  /** @param {string} part @param {any} run */
  const nameOf = (part, run) => `${part} ${run}`;

  document.addEventListener(
    "run-heard",
    (event) => {
      const { part, run, begins } = /** @type {CustomEvent} */ (event).detail;
      unfinished.set(part, run);
      if (begins) begun.delete(nameOf(part, run)); // a number given anew
      if (!awaited || part !== awaited.part) return;
      if (begins && awaited.run !== null) {
        awaited = null; // somebody started another
        return;
      }
      if (begins) {
        awaited.run = run;
        begun.set(nameOf(part, run), awaited.beat);
      }
      if (run === awaited.run) Object.assign(awaited, { heard: performance.now(), shown: false });
    },
    { signal },
  );
  document.addEventListener(
    "run-whole",
    (event) => {
      const { part, run, shown } = /** @type {CustomEvent} */ (event).detail;
      if (unfinished.get(part) === run) unfinished.delete(part);
      const beat = begun.get(nameOf(part, run));
      if (!beat) return;
      if (awaited && part === awaited.part && run === awaited.run) awaited.whole = true;
      stored((runs) => runs.put({ part, shown, when: Date.now() }, beat.query)).catch(() => {});
    },
    { signal },
  );
  const looks = setInterval(() => {
    if (!awaited || awaited.whole || awaited.shown) return;
    const before = awaited.failures;
    const hasFailed = [...failures()].some((one) => !before.has(one));
    if (!hasFailed && performance.now() - awaited.heard < STALLED) return;
    awaited.shown = true;
    void play(awaited.beat, awaited.part);
  }, LOOKS);
  signal.addEventListener("abort", () => clearInterval(looks));

  return {
    play,
    /** @param {string} part */
    isRunning: (part) => unfinished.has(part),
    /** @param {Beat} beat @param {string} part */
    expect: (beat, part) => {
      awaited = { beat, part, run: null, heard: performance.now(), failures: failures() };
    },
    forget: () => {
      awaited = null;
    },
  };
}
