// @ts-check
// A word above the first tab of each group, so that nine tabs are four things to do.
import { findAll } from "../../page/kit/dom.js";
import { onLanguage, t } from "../../page/kit/words.js";

/**
 * Mark the first tab of each group with the group's word, which the style sheet shows.
 * @param {Record<string, string>} groups by a tab's id, in the order of the tabs
 */
export function start(groups) {
  const { signal } = new AbortController(); // as long as the page
  const first = Object.entries(groups).filter(
    ([, group], i, all) => group && group !== all[i - 1]?.[1],
  );
  const mark = () => {
    for (const [id, group] of first) {
      for (const tab of findAll(document, `[role=tab][data-tab-id="${CSS.escape(id)}"]`)) {
        const word = t(group);
        if (tab.dataset.group !== word) tab.dataset.group = word;
      }
    }
  };
  mark();
  onLanguage(mark, signal);
  const list = document.querySelector("[role=tablist]");
  if (list) new MutationObserver(mark).observe(list, { childList: true }); // it is laid out anew
}
