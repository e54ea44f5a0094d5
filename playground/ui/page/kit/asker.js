// @ts-check
// One question at a time, and always the newest: what follows a finger asks so.

/**
 * Return a function that asks with the newest value; values in between are dropped.
 * @template Q, A
 * @param {(question: Q) => Promise<A>} ask
 * @param {(answer: A, question: Q, isNewest: boolean) => void} heard
 * @param {AbortSignal} signal nothing is heard after it
 * @returns {(question: Q) => void}
 */
export function latest(ask, heard, signal) {
  /** @type {{ question: Q } | null} */
  let waiting = null;
  let asking = false;
  return async function question(wanted) {
    waiting = { question: wanted };
    if (asking) return;
    asking = true;
    try {
      while (waiting && !signal.aborted) {
        const now = /** @type {{ question: Q }} */ (waiting).question;
        waiting = null;
        const answer = await ask(now);
        if (!signal.aborted) heard(answer, now, waiting === null);
      }
    } finally {
      asking = false;
    }
  };
}
