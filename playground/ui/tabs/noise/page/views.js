// @ts-check
// The views of the lab, one of which is shown; scripts are read when theirs is first opened.
import { find, findAll } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";

/**
 * What a view's script needs.
 * @typedef {object} Setting
 * @property {HTMLElement} part
 * @property {import("./lab.js").Lab} lab
 * @property {Record<string, import("../../../page/kit/host.js").Ask>} server
 * @property {import("./contracts.js").Choice[]} schedules
 * @property {AbortSignal} signal
 */
/**
 * isFocused: the view may take the keys. hide: it is no longer seen.
 * @typedef {{ show?: (isFocused: boolean) => void, hide?: () => void }} View
 * @typedef {{ build: (setting: Setting) => View }} Script
 */

/** @type {Record<string, () => Promise<Script>>} */
const SCRIPTS = {
  steps: () => import("./step_by_step.js"),
  duel: () => import("./schedule_duel.js"),
  quiz: () => import("./find_level.js"),
  article: () => import("./article_tried.js"),
};

/**
 * @param {HTMLElement} element the part
 * @param {Omit<Setting, "part">} setting
 * @param {View} first
 * @param {() => void} changed another view is open
 */
export function views(element, setting, first, changed) {
  const tabs = findAll(element, ".views [role=tab]");
  const nameOf = (/** @type {Element} */ tab) => tab.id.slice("view-".length);
  /** @type {Record<string, View>} */
  const opened = { one: first };
  let open = "one";

  /** @param {string} name @param {boolean} [focus] the arrow keys stay on the tabs */
  async function show(name, focus = false) {
    const from = open;
    open = name;
    for (const tab of tabs) {
      const isChosen = nameOf(tab) === name;
      tab.setAttribute("aria-selected", `${isChosen}`);
      tab.tabIndex = isChosen ? 0 : -1;
      find(element, `#part-${nameOf(tab)}`).hidden = !isChosen;
      if (isChosen && focus) tab.focus();
    }
    if (from !== name) opened[from]?.hide?.();
    changed();
    if (!opened[name]) await read(name);
    if (open === name) opened[name]?.show?.(!focus);
  }

  /** @param {string} name */
  async function read(name) {
    const part = find(element, `#part-${name}`);
    try {
      const { build } = await SCRIPTS[name]();
      if (!setting.signal.aborted) opened[name] ??= build({ ...setting, part });
    } catch (error) {
      part.textContent = t("This view could not be read from the server; choose it again.");
      throw error;
    }
  }

  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => show(nameOf(tab)));
    tab.addEventListener("keydown", (event) => {
      const places = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: tabs.length - 1 };
      const to = places[/** @type {keyof typeof places} */ (event.key)];
      if (to === undefined) return;
      event.preventDefault();
      show(nameOf(tabs[(to + tabs.length) % tabs.length]), true);
    });
  });
  return { show, name: () => open };
}
