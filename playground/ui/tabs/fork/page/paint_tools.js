// @ts-check
// What is painted over the picture of now: colours, brush, undo.
import { find } from "../../../page/kit/dom.js";
import { paintBoard, palette } from "../../../page/kit/painting.js";

const COLOURS = {
  red: "#e03131",
  orange: "#f76707",
  yellow: "#fcc419",
  green: "#2f9e44",
  blue: "#1c5fd4",
  violet: "#7048e8",
  pink: "#f06595",
  brown: "#8a5a2b",
  black: "#000000",
  grey: "#868e96",
  white: "#ffffff",
};

/**
 * Have the part painted on; return the board.
 * @param {HTMLElement} element the whole part
 * @param {() => void} changed
 */
export function paintTools(element, changed) {
  const [undo, wipe] = [".undo", ".wipe"].map((one) => find(element, one, HTMLButtonElement));
  const width = find(element, ".width", HTMLSelectElement);
  const board = paintBoard(find(element, ".over", HTMLCanvasElement), () => {
    undo.disabled = !board.canUndo();
    wipe.disabled = board.isEmpty();
    changed();
  });
  palette(find(element, ".palette"), COLOURS, board);
  width.addEventListener("change", () => (board.tools.width = +width.value));
  undo.addEventListener("click", () => board.undo());
  wipe.addEventListener("click", () => board.clear());
  return board;
}
