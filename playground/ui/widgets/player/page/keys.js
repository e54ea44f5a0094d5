// @ts-check
// Keys that play and step a film, wherever the focus is, unless what has it uses them itself.

const TAKES_KEYS =
  "input, textarea, select, [contenteditable], [role=tab], [role=listbox], [role=slider]";
/** @type {Record<string, (at: number) => number>} */
const STEPS = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: () => Infinity,
};

/**
 * Hear of keys while the part is in sight.
 * @param {HTMLElement} element
 * @param {HTMLInputElement} scrub
 * @param {{ at: () => number, go: (place: number) => void, play: () => void }} acts
 * @param {AbortSignal} signal
 */
export function steps(element, scrub, { at, go, play }, signal) {
  document.addEventListener(
    "keydown",
    (event) => {
      const on = /** @type {HTMLElement} */ (event.target);
      const mine = on === scrub;
      if (!element.offsetParent || scrub.max === "0") return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (!mine && on.closest?.(TAKES_KEYS)) return;
      if (event.key === " " && (mine || !on.closest?.("button, a, summary"))) play();
      else if (event.key in STEPS) go(STEPS[event.key](at()));
      else return;
      event.preventDefault();
    },
    { signal },
  );
}
