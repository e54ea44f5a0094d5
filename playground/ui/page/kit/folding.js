// @ts-check
// What a person folded away or unfolded stays so in this browser: Gradio's accordions, by element
// id. Called whenever their tab is chosen, since they are in the page only then.

const KEY = "unfolded";
const LOOKS = 60; // frames until an accordion must be in the page

/** @type {WeakSet<Element>} */
const known = new WeakSet();

/** @returns {Record<string, boolean>} by element id, those that were moved */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {}; // a private window keeps nothing
  }
}

/** @param {string} id @param {boolean} isOpen */
function keep(id, isOpen) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), [id]: isOpen }));
  } catch {
    // a private window keeps nothing
  }
}

/** @param {string} id @param {number} left frames to wait for it */
function remember(id, left) {
  const label = document.querySelector(`#${CSS.escape(id)} button.label-wrap`);
  if (!label) {
    if (left) requestAnimationFrame(() => remember(id, left - 1));
    return;
  }
  if (known.has(label)) return;
  known.add(label);
  const isOpen = () => label.classList.contains("open");
  const wanted = kept()[id];
  if (wanted !== undefined && wanted !== isOpen()) /** @type {HTMLElement} */ (label).click();
  label.addEventListener("click", () => requestAnimationFrame(() => keep(id, isOpen())));
}

/** @param {string[]} ids of accordions */
export function start(ids) {
  for (const id of ids) remember(id, LOOKS);
}
