// @ts-check
// State that several views share: read it, change it, hear of changes. Views import it, never each
// other.

/**
 * @template {object} S
 * @typedef {object} Store
 * @property {() => Readonly<S>} get
 * @property {(change: Partial<S>) => void} set tells subscribers once, of the keys that changed
 * @property {(keys: (keyof S)[], changed: (state: Readonly<S>) => void) => void} on
 */

/**
 * Return a store that begins with this state; nobody is told any more once `signal` fires.
 * @template {object} S
 * @param {S} first
 * @param {AbortSignal} signal
 * @returns {Store<S>}
 */
export function store(first, signal) {
  let state = { ...first };
  /** @type {{ keys: Set<keyof S>, changed: (state: Readonly<S>) => void }[]} */
  const subscribers = [];
  return {
    get: () => state,
    set(change) {
      const keys = /** @type {(keyof S)[]} */ (Object.keys(change));
      const moved = keys.filter((key) => !Object.is(state[key], change[key]));
      if (!moved.length || signal.aborted) return;
      state = { ...state, ...change };
      for (const { keys: wanted, changed } of subscribers) {
        if (moved.some((key) => wanted.has(key))) changed(state);
      }
    },
    on(keys, changed) {
      subscribers.push({ keys: new Set(keys), changed });
    },
  };
}
