// @ts-check
// Pictures made in the page: shown as thumbnails, and held by the part's value, which Python reads.
import { find, make } from "../../../page/kit/dom.js";
import { onLanguage, t } from "../../../page/kit/words.js";

/**
 * Keep the set of a part that has a .shelf, a .class, a .told and a .empty.
 * @param {import("../../../page/kit/host.js").Host} host
 */
export function pictureSet({ element, props, trigger, signal }) {
  /** @type {{ class: string, data: string }[]} as page_pictures.py reads it */
  const list = props.value ? JSON.parse(props.value) : [];
  const shelf = find(element, ".shelf");
  const kind = find(element, ".class", HTMLInputElement);
  const empty = find(element, ".empty", HTMLButtonElement);

  /** @param {{ class: string, data: string }} one @param {number} place */
  function thumbnail(one, place) {
    const number = place + 1;
    const title = one.class
      ? t("Take picture {number} ({kind}) out of the set", { number, kind: one.class })
      : t("Take picture {number} out of the set", { number });
    const image = make("img", { src: one.data, alt: "" });
    const made = make("button", { type: "button", title, ariaLabel: title }, image);
    made.setAttribute("aria-label", title);
    made.addEventListener("click", () => {
      list.splice(place, 1);
      send();
      const next = shelf.children[Math.min(place, list.length - 1)];
      if (next instanceof HTMLElement) next.focus();
    });
    return made;
  }

  function show() {
    const count = list.length;
    const told = count === 1 ? t("1 picture") : t("{count} pictures", { count });
    find(element, ".told").textContent = told;
    empty.disabled = count === 0;
    shelf.replaceChildren(...list.map(thumbnail));
    element.dataset.pictures = `${count}`;
  }

  function send() {
    show();
    props.value = list.length ? JSON.stringify(list) : "";
    trigger("change");
  }

  empty.addEventListener("click", () => {
    list.length = 0;
    send();
  });
  onLanguage(show, signal);
  show();
  return {
    /** @param {...string} made addresses of data, of the class that the field names */
    add(...made) {
      for (const data of made) list.push({ class: kind.value.trim(), data });
      send();
    },
  };
}
