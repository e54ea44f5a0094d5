// @ts-check
// The picture at the model's size, and the mask that is painted over it.
import { find } from "../../../page/kit/dom.js";
import { paintBoard, painting } from "../../../page/kit/painting.js";
import { paintSheet } from "../../../page/kit/sheets.js";

const MASK = "#ff00c8";
const BRUSH = 5; // pixels, as the page opens

/**
 * Keep the board; `changed` hears of every change of the mask.
 * @param {HTMLElement} element the whole part
 * @param {() => void} changed
 */
export function maskBoard(element, changed) {
  const over = find(element, ".over", HTMLCanvasElement);
  const under = find(element, ".source", HTMLCanvasElement);
  const [undo, wipe, erase] = [".undo", ".wipe", ".erase"].map((one) =>
    find(element, one, HTMLButtonElement),
  );
  const width = find(element, ".width", HTMLSelectElement);
  let first = ""; // the mask to begin with
  let mask = "";
  /** @type {HTMLImageElement | null} a link's */
  let linked = null;
  let side = 0;
  const board = paintBoard(over, told);
  Object.assign(board.tools, { colour: MASK, width: BRUSH });

  function told() {
    mask = board.data();
    undo.disabled = !board.canUndo();
    wipe.disabled = board.isEmpty();
    changed();
  }

  // a mask to begin with, so that the first press fills something in
  function begin() {
    const { width: w, height: h } = over;
    board.block(w >> 2, h >> 2, w >> 1, h >> 1);
    first = board.data();
    changed();
  }

  width.addEventListener("change", () => (board.tools.width = +width.value));
  undo.addEventListener("click", () => board.undo());
  wipe.addEventListener("click", () => board.clear());
  erase.addEventListener("click", () => {
    board.tools.erase = !board.tools.erase;
    erase.setAttribute("aria-pressed", `${board.tools.erase}`);
  });

  return {
    mask: () => mask,
    /** The mask where a person painted one. */
    own: () => (mask === first ? "" : mask),
    /** @param {{ w: number, h: number, x: string }} source */
    show({ w, h, x }) {
      board.size(w, h);
      paintSheet(under, x, w, h);
      if (linked?.width === w && board.isEmpty()) board.lay(linked);
      if (side !== w && board.isEmpty()) begin();
      side = w;
    },
    /** Take a link's mask, or the first again. @param {string | undefined} wanted */
    async restore(wanted) {
      linked = wanted ? await painting(wanted) : null;
      if (linked) board.lay(linked);
      else if (first) {
        board.clear();
        begin();
      }
    },
    told,
  };
}
