// @ts-check
// The page's state: read into its address, and shown again by one. Other parts import it.
import { t } from "../../page/kit/words.js";
import { addressOf, toHold } from "./address.js";

/**
 * @typedef {import("./address.js").Control} Control
 * @typedef {import("./address.js").Held} Held
 */

/** @type {Record<string, import("../../page/kit/host.d.ts").Ask>} */
let server = {};
let followed = "";
let travelled = 0; // times that somebody went back or forth
let lasts = false; // what the next address holds is kept for good
/** @type {string | null | undefined} */
let left = null; // the tab that the next address leaves
let turn = Promise.resolve();
/** @type {((error: string) => void)[]} */
let keeping = [];
/** @type {{ query: string, done: () => void }[]} */
let restoring = [];
/** @type {((controls: Control[], values: any[]) => Promise<string>) | null} */
let makes = null;

/** The tab in sight, by its id. */
export function currentTab() {
  const tab = document.querySelector("[role=tab][aria-selected=true][data-tab-id]");
  return tab instanceof HTMLElement ? tab.dataset.tabId : undefined;
}

/** @param {string} id */
export const press = (id) => document.getElementById(id)?.click();

/**
 * Ask the server of what links hold; `error` says why there is no answer.
 * @param {string} what
 * @param {object} [about]
 * @returns {Promise<any>}
 */
export async function ask(what, about = {}) {
  try {
    return await server[what](JSON.stringify(about));
  } catch {
    return { error: t("No answer from the server; try again.") };
  }
}

/**
 * Have the server keep what people gave, and return the names by which an address tells it.
 * @param {Control[]} controls
 * @param {any[]} values
 * @param {boolean} stays beyond this page's history
 * @returns {Promise<Held>}
 */
export async function holding(controls, values, stays) {
  const { pictures, drawings } = toHold(controls, values);
  const none = !Object.keys(pictures).length && !Object.keys(drawings).length;
  const kept = none ? {} : await ask("hold", { lasts: stays, pictures, drawings });
  return { pictures: {}, drawings: {}, ...kept };
}

/**
 * Put all that the page shows into its address, kept for good; return what could not be kept.
 * @returns {Promise<string>} why, or nothing
 */
export function keepPage() {
  lasts = true;
  const kept = /** @type {Promise<string>} */ (new Promise((done) => keeping.push(done)));
  press("link-remember");
  return kept;
}

/** Remember what is shown before another tab is. */
export function beforeLeaving() {
  left = currentTab();
  setTimeout(press, 60, "link-remember"); // the press is yet to turn to the other
}

/**
 * Show what this address tells; the promise is kept once the server has answered.
 * @param {string} query "?tab=denoise&denoise.steps=5"; none: the page as it opens
 * @returns {Promise<void>}
 */
export function showPage(query) {
  history.pushState(null, "", query || "?");
  return follow();
}

/** Show what the page's address tells. @returns {Promise<void>} */
export function follow() {
  const shown = /** @type {Promise<void>} */ (
    new Promise((done) => restoring.push({ query: location.search, done }))
  );
  press("link-restore");
  return shown;
}

/** Somebody went back or forth in the browser's history. */
export function travel() {
  travelled++;
  return follow();
}

/**
 * @param {Control[]} controls
 * @param {any[]} values
 * @param {string | undefined} at the tab in sight
 * @param {string | null | undefined} from the tab that was left
 * @param {boolean} stays
 */
async function remember(controls, values, at, from, stays) {
  const before = travelled;
  const held = await holding(controls, values, stays);
  if (before === travelled) {
    if (from && from !== at) {
      history.replaceState(null, "", addressOf(controls, values, held, from, location));
    }
    const made = addressOf(controls, values, held, at, location);
    if (made !== location.href) history.pushState(null, "", made);
  }
  const heard = keeping;
  keeping = [];
  for (const done of heard) done(held.error ?? "");
}

/**
 * Answer the server's functions, and make links, while this part is there.
 * @param {typeof server} functions
 * @param {typeof makes} make
 * @param {AbortSignal} signal
 */
export function serve(functions, make, signal) {
  server = functions;
  makes = make;
  signal.addEventListener("abort", () => {
    [server, makes, keeping, restoring] = [{}, null, [], []];
  });
}

/**
 * What Gradio's own events call: `asked` gives the address that is followed, `shown` says that it
 * was, `made` and `remembered` bring the values of all controls.
 * @param {{ event: string, controls?: Control[] }} about
 * @param {...any} values
 */
export function start({ event, controls = [] }, ...values) {
  if (event === "asked") {
    followed = location.search;
    return [followed];
  }
  if (event === "shown") {
    for (const { query, done } of restoring) if (query === followed) done();
    restoring = restoring.filter(({ query }) => query !== followed);
  } else if (event === "made") return makes?.(controls, values);
  else if (event === "remembered") {
    const [at, from, stays] = [currentTab(), left, lasts];
    left = null;
    lasts = false;
    turn = turn.then(() => remember(controls, values, at, from, stays)).catch(() => {});
  }
  return undefined;
}
