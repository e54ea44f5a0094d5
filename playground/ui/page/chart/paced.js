// @ts-check
// Work that is asked for more often than it is worth doing.

/**
 * Return a function that does the work at once, and then at most every `rest` milliseconds; the
 * last call is never lost.
 * @param {() => void} work
 * @param {number} rest
 * @param {AbortSignal} signal
 */
export function paced(work, rest, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let waiting = false;
  function tick() {
    timer = undefined;
    if (!waiting) return;
    waiting = false;
    now();
  }
  function now() {
    timer = setTimeout(tick, rest);
    work();
  }
  signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    if (signal.aborted) return;
    if (timer === undefined) now();
    else waiting = true;
  };
}
