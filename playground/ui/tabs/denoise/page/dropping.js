// @ts-check
// A file dropped anywhere on the tab goes to the button that restores its settings.

/**
 * @param {HTMLElement} element a part of the tab
 * @param {HTMLElement} hint is shown while a file hangs over the tab
 * @param {AbortSignal} signal
 */
export function dropping(element, hint, signal) {
  /** @type {HTMLElement} */
  const panel = element.closest("[role=tabpanel]") ?? element;
  let over = 0;
  const lit = (/** @type {boolean} */ on) => {
    panel.classList.toggle("drop-here", on);
    hint.hidden = !on;
  };
  /** @param {string} name @param {(event: DragEvent) => void} act */
  const on = (name, act) =>
    panel.addEventListener(
      name,
      (event) => {
        const drag = /** @type {DragEvent} */ (event);
        if (drag.dataTransfer?.types.includes("Files")) act(drag);
      },
      { signal },
    );
  on("dragenter", () => lit(++over > 0));
  on("dragleave", () => {
    over = Math.max(0, over - 1);
    lit(over > 0);
  });
  on("dragover", (event) => event.preventDefault());
  on("drop", (event) => {
    event.preventDefault();
    over = 0;
    lit(false);
    const input = document.querySelector("#restore")?.parentElement?.querySelector("input");
    const file = event.dataTransfer?.files[0];
    if (!input || !file) return;
    const files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
