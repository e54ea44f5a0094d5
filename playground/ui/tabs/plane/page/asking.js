// @ts-check
// Questions to Python, each with all that is chosen. Long answers come in pieces; what nobody
// wants any more is not asked for on.
import { t } from "../../../page/kit/words.js";
import { request } from "./state.js";

/**
 * @typedef {object} About
 * @property {() => boolean} [wanted] whether to ask on
 * @property {(answer: any) => void} [soFar]
 * @property {boolean} [tells] whether errors are said
 * @typedef {(what: string, more?: Record<string, any>, about?: About) => Promise<any>} Question
 */

/** @param {import("./state.js").Scene} scene */
export function asking({ facts, store, server, signal }) {
  const page = Math.random().toString(36).slice(2);
  let pending = 0; // questions without an answer yet

  /** @type {Question} */
  async function ask(what, more = {}, { wanted = () => true, soFar, tells = true } = {}) {
    pending += 1;
    try {
      const asked = { ...request(facts, store.get()), page, ...more };
      let answer = await server[what](JSON.stringify(asked));
      while (answer.more) {
        if (!wanted() || signal.aborted) return null;
        soFar?.(answer);
        const next = await server[what](JSON.stringify({ page, on: true }));
        answer = { ...answer, more: false, ...next };
      }
      if (signal.aborted) return null;
      if (!answer.error) return answer;
      if (tells) say(answer.error, true);
    } catch {
      if (!signal.aborted) say(t("No answer from the server; try again."), true);
    } finally {
      pending -= 1;
    }
    return null;
  }

  /** @param {string} text @param {boolean} [warn] */
  const say = (text, warn = false) => store.set({ said: { text, warn } });
  return { ask, say, isPending: () => pending > 0 };
}
