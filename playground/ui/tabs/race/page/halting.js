// @ts-check
// Told to a part whose Stop was pressed, `race-halted {part}`: nothing more of its run is to come.

/** The event, of the document. */
export const HALTED = "race-halted";

/** @param {string} part its element id */
export function start(part) {
  document.dispatchEvent(new CustomEvent(HALTED, { detail: { part } }));
}

/**
 * Hear that this part's Stop was pressed.
 * @param {string} part
 * @param {() => void} halted
 * @param {AbortSignal} signal
 */
export function whenHalted(part, halted, signal) {
  const heard = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent} */ (event).detail.part === part) halted();
  };
  document.addEventListener(HALTED, heard, { signal });
}
