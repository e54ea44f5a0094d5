// @ts-check
// The choices of a drop-down list.
import { make } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";

/**
 * Offer these, and keep what was chosen.
 * @param {HTMLSelectElement} select
 * @param {{ name: string, title: string }[]} entries
 * @param {string} first
 */
export function options(select, entries, first) {
  const before = select.value || first;
  select.replaceChildren(
    ...entries.map(({ name, title }) => make("option", { value: name, textContent: t(title) })),
  );
  select.value = before;
}
