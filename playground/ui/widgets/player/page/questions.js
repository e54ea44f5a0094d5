// @ts-check
// What is asked of a frame when somebody looks: noise, change, training pictures; kept with it.

/** @typedef {import("./film.js").Frame} Frame */
/** @typedef {(frame: Frame, key: string, about: object) => void} Question */

/**
 * Return a function that asks, one question at a time; what was asked meanwhile is shown, and so
 * asked, again.
 * @param {import("../../../page/kit/host.js").Ask} look
 * @param {() => string | null} runNow
 * @param {() => void} answered
 * @param {AbortSignal} signal
 * @returns {Question}
 */
export function questions(look, runNow, answered, signal) {
  let asking = false;
  let missed = false;
  return async function ask(frame, key, about) {
    if (asking) {
      missed = true;
      return;
    }
    asking = true;
    const run = runNow();
    const question = JSON.stringify({ run, index: frame.index, ...about });
    const found = await look(question).catch(() => ({ error: "" }));
    asking = false;
    if (signal.aborted) return;
    const same = run === runNow();
    if (same) (frame.looks ??= {})[key] = found;
    if (missed || same) {
      missed = false;
      answered();
    }
  };
}
