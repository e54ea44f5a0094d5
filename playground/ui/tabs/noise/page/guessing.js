// @ts-check
// Who guesses is asked one question at a time, and always the newest. A finger that drags gets a
// guess now and then, since the server would take a core from the drawing, and one as soon as it
// rests.

const DRAGGED = 150; // milliseconds between two questions of a finger that drags
const REST = 60; // milliseconds without a move
const SLOW = 700; // milliseconds after which it is said that somebody is guessing
const AGAIN = 2000; // milliseconds after a question that had no answer

/**
 * @template A
 * @typedef {object} Guessing
 * @property {() => string | null} question of this moment; null while nobody looks
 * @property {(question: string) => Promise<A>} ask
 * @property {(answer: A, question: string) => Promise<void>} heard
 * @property {() => void} slow
 * @property {() => void} lost
 */

/**
 * @template A
 * @param {Guessing<A>} about
 * @param {AbortSignal} signal
 */
export function guessing({ question, ask, heard, slow, lost }, signal) {
  let isAsking = false;
  let isHeld = false;
  let answered = "";
  let asked = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  async function now() {
    clearTimeout(resting);
    const wanted = signal.aborted || isAsking ? null : question();
    if (!wanted || wanted === answered) return;
    if (isHeld && performance.now() - asked < DRAGGED) {
      resting = setTimeout(() => {
        asked = -Infinity;
        now();
      }, REST);
      return;
    }
    asked = performance.now();
    isAsking = true;
    const waiting = setTimeout(slow, SLOW);
    let pause = 0;
    try {
      const answer = await ask(wanted);
      clearTimeout(waiting);
      if (!signal.aborted) await heard(answer, wanted);
      answered = wanted;
    } catch {
      if (!signal.aborted) lost();
      pause = AGAIN;
    }
    clearTimeout(waiting);
    isAsking = false;
    resting = setTimeout(now, pause);
  }
  signal.addEventListener("abort", () => clearTimeout(resting));
  return {
    ask: now,
    /** A finger holds the slider, or lets go of it. @param {boolean} held */
    hold(held) {
      isHeld = held;
      if (!held) now();
    },
  };
}
