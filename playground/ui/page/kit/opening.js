// @ts-check
// What a tab shows before anybody pressed a button. The app makes it (runtime/made_once.py) when
// it is idle or first asked; the page asks again until all of it is there.

const AGAIN = 400; // milliseconds between two questions

/** @typedef {import("./words.js").Value} Value */
/**
 * Show it, as it grows, for whoever has made nothing yet.
 * @param {import("./host.js").Ask} ask the server's `opening`
 * @param {object} part
 * @param {() => boolean} part.isWanted whether nothing else has come meanwhile
 * @param {(text: Value) => void} part.tell that it is being made, or why it cannot be
 * @param {(answer: any) => void} part.show
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} whether it is there
 */
export async function open(ask, { isWanted, tell, show }, signal) {
  for (;;) {
    const answer = await ask("{}").catch(() => ({ waiting: "" })); // the server may come back
    if (signal.aborted || !isWanted()) return false;
    const problem = answer.failed ?? answer.error;
    if (problem !== undefined) {
      tell(problem);
      return false;
    }
    if (answer.waiting === undefined) show(answer);
    else if (answer.waiting) tell(answer.waiting);
    if (answer.waiting === undefined && !answer.more) return true;
    await new Promise((done) => setTimeout(done, AGAIN));
    if (signal.aborted || !isWanted()) return false;
  }
}
