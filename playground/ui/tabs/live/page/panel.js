// @ts-check
// One sheet of pictures with what is said below it; it pales while it is of other settings.
import { find } from "../../../page/kit/dom.js";

/** @typedef {() => { head: string, about: string }} Words */

/** @param {HTMLElement} figure */
export function panel(figure) {
  const image = find(figure, "img", HTMLImageElement);
  const head = find(figure, "b");
  const about = find(figure, "figcaption span");
  /** @type {Words} */
  let words = () => ({ head: "", about: "" });

  function again() {
    const said = words();
    head.textContent = said.head;
    about.textContent = said.about;
  }

  return {
    /** Show pictures, once they can be seen. @param {string} picture a data address */
    async show(picture) {
      image.src = picture;
      try {
        await image.decode();
      } catch {
        return; // others came meanwhile
      }
    },
    /** Whether the pictures are of other settings. @param {boolean} isOld */
    pale: (isOld) => void image.classList.toggle("old", isOld),
    /** Say this below, in any language. @param {Words} made */
    tell(made) {
      words = made;
      again();
    },
    again,
  };
}
