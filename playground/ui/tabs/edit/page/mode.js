// @ts-check
// Which edit is meant, told to the part below its tabs: the mask shows for inpainting only.

/** The event, of the document. */
const CHOSEN = "edit-chosen";

/** @param {string} mode */
export function start(mode) {
  document.dispatchEvent(new CustomEvent(CHOSEN, { detail: { mode } }));
}

/**
 * Hear which edit is meant from now on.
 * @param {(mode: string) => void} chosen
 * @param {AbortSignal} signal
 */
export function whenChosen(chosen, signal) {
  const heard = (/** @type {Event} */ event) =>
    chosen(/** @type {CustomEvent} */ (event).detail.mode);
  document.addEventListener(CHOSEN, heard, { signal });
}
