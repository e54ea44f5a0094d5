// @ts-check
// What each term means, and the Python that computes it with the settings of the moment.
import { find } from "../../../page/kit/dom.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";

/** @typedef {Record<string, import("./contracts.js").Recipe>} Recipes */
/** @typedef {import("./contracts.js").Scene} Scene */

const PICTURES = "bundled pictures"; // how the name of their ideal denoiser ends

/**
 * Return the settings of the moment as Python writes them, by the mark they take the place of.
 * @param {Scene} scene
 * @param {string} k
 * @param {string} steps
 * @returns {Record<string, string>}
 */
export function settingsOf(scene, k, steps) {
  const { bundled, path, schedule, seed, by } = scene;
  const word = (/** @type {unknown} */ value) => JSON.stringify(value);
  const knobs = Object.entries(schedule.moved).map(([name, value]) => `, ${name}=${word(value)}`);
  return {
    picture: bundled
      ? `ASSETS / "pictures" / ${word(bundled)}`
      : word((path ?? "").split("/").pop()),
    schedule: word(schedule.schedule) + knobs.join(""),
    seed: `${seed}`,
    by: word(by),
    k,
    steps,
    yours: bundled ? "" : ", and yours\ndata = torch.cat([data, x0[None]])",
  };
}

/** @param {string} code with «marks» @param {Record<string, string>} settings */
export const filled = (code, settings) =>
  `${code.replace(/«(\w+)»/g, (mark, name) => settings[name] ?? mark)}\n`;

/**
 * @param {HTMLElement} home what the terms stand in
 * @param {Recipes} recipes
 * @param {import("./lab.js").Lab} lab
 * @param {HTMLInputElement} slider
 * @param {AbortSignal} signal
 */
export function terms(home, recipes, lab, slider, signal) {
  const tip = find(home, ".tip");
  const dialog = find(home, ".recipe", HTMLDialogElement);
  const code = find(dialog, "code");
  const copy = find(dialog, ".copy");

  /** @param {EventTarget | null} target @returns {HTMLElement | null} */
  const termAt = (target) => (target instanceof Element ? target.closest(".term") : null);
  /** @param {HTMLElement} term */
  function recipeOf(term) {
    const name = term.dataset.term ?? "";
    if (name !== "guess") return recipes[name];
    const by = lab.get().scene?.by ?? PICTURES;
    return recipes[by.endsWith(PICTURES) ? "guess_pictures" : "guess_model"];
  }

  /** @param {Event} event */
  function explain(event) {
    const term = termAt(event.target);
    tip.hidden = !term || event.type === "pointerout" || event.type === "focusout";
    if (!term || tip.hidden) return;
    const { title, about } = recipeOf(term);
    find(tip, "b").textContent = say(title);
    find(tip, "span").textContent = say(about);
    beside(tip, term, home);
  }
  for (const kind of ["pointerover", "pointerout", "focusin", "focusout"]) {
    home.addEventListener(kind, explain);
  }

  home.addEventListener("click", (event) => {
    const term = termAt(event.target);
    const { scene } = lab.get();
    if (!term || !scene) return;
    tip.hidden = true;
    const recipe = recipeOf(term);
    find(dialog, "h3").textContent = say(recipe.title);
    find(dialog, "p").textContent = say(recipe.about);
    code.textContent = filled(recipe.code, settingsOf(scene, slider.value, slider.max));
    copy.textContent = t("Copy");
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      copy.textContent = t("Copied");
    } catch {
      getSelection()?.selectAllChildren(code); // no clipboard without https
      copy.textContent = t("Selected: press Ctrl-C");
    }
  });
  onLanguage(() => {
    tip.hidden = true;
    dialog.close();
  }, signal);
}

/**
 * Place the tip below the term, or above where there is no room.
 * @param {HTMLElement} tip
 * @param {HTMLElement} term
 * @param {HTMLElement} home
 */
function beside(tip, term, home) {
  const box = term.getBoundingClientRect();
  const around = home.getBoundingClientRect();
  const zoom = /** @type {any} */ (home).currentCSSZoom ?? 1;
  const most = around.width / zoom - tip.offsetWidth;
  const left = Math.max(0, Math.min((box.left - around.left) / zoom, most));
  const below = (box.bottom - around.top) / zoom + 8;
  const above = (box.top - around.top) / zoom - tip.offsetHeight - 8;
  const fits = box.bottom + (tip.offsetHeight + 8) * zoom <= innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${fits ? below : above}px`;
}
