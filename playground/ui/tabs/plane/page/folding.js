// @ts-check
// What is folded away stays so in this browser.
import { findAll } from "../../../page/kit/dom.js";

const KEY = "plane-unfolded";

/** @param {HTMLElement} element */
export function folding(element) {
  const every = findAll(element, "details", HTMLDetailsElement);
  try {
    const open = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    for (const one of every) if (open.includes(one.dataset.fold)) one.open = true;
  } catch {
    return; // a private window keeps nothing
  }
  const keep = () => {
    const open = every.filter((one) => one.open).map((one) => one.dataset.fold);
    localStorage.setItem(KEY, JSON.stringify(open));
  };
  for (const one of every) one.addEventListener("toggle", keep);
}
