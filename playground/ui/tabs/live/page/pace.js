// @ts-check
// How long drawings take: of the newest of one kind, since one alone may have waited.

const KEPT = 20; // drawings of one kind
const LATELY = 1000; // milliseconds over which drawings a second are counted
const ENOUGH = 4; // drawings that make a rate

/** Return the memory of how long drawings took. */
export function pace() {
  /** @type {{ kind: string, ms: number }[]} */
  let recent = [];
  /** @type {number[]} */
  let shown = [];
  return {
    /**
     * Take one more in.
     * @param {string} kind what alone is compared
     * @param {number} ms that it took
     * @param {number} now in milliseconds, when it was shown
     */
    add(kind, ms, now) {
      recent = [...recent.filter((one) => one.kind === kind).slice(-KEPT), { kind, ms }];
      shown = [...shown.filter((at) => now - at < LATELY), now];
    },
    /** The median of what they took, in milliseconds. */
    usual: () => recent.map(({ ms }) => ms).sort((a, b) => a - b)[recent.length >> 1],
    /** Drawings a second; null of too few. */
    rate: () =>
      shown.length < ENOUGH
        ? null
        : Math.round(((shown.length - 1) * 1000) / (shown[shown.length - 1] - shown[0])),
  };
}

/** @param {number} ms @returns {string} as people read it */
export const duration = (ms) => (ms < 995 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`);
