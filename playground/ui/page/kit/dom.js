// @ts-check
// Elements, found and made.

/**
 * Return the first element below `root` that fits; throw where there is none.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} [kind] what it is, HTMLInputElement say; checked
 * @returns {T}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`There is no ${selector} here.`);
  if (kind && !(found instanceof kind)) throw new Error(`${selector} is no ${kind.name}.`);
  return /** @type {T} */ (found);
}

/**
 * Return all elements below `root` that fit.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} [kind] those of this kind alone
 * @returns {T[]}
 */
export function findAll(root, selector, kind) {
  const found = [...root.querySelectorAll(selector)];
  return /** @type {T[]} */ (kind ? found.filter((one) => one instanceof kind) : found);
}

/**
 * Return a new element with these properties and what is inside it.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<Record<keyof HTMLElementTagNameMap[K], any>>} [about]
 * @param {...(Node | string)} inside
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, about = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), about);
  made.append(...inside);
  return made;
}

/**
 * Return a button that does this.
 * @param {string} text
 * @param {string} title help on hover
 * @param {() => void} press
 */
export function button(text, title, press) {
  const made = make("button", { type: "button", textContent: text, title });
  made.addEventListener("click", press);
  return made;
}

/**
 * Whether a person can see any of it.
 * @param {Element | null | undefined} element
 */
export const isSeen = (element) => Boolean(element && element.getClientRects().length);
