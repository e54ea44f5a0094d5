// @ts-check
// A small paint program: its sheet is paper.js, the set of its drawings picture_set.js.
import { find, findAll, make } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { paper } from "./paper.js";
import { pictureSet } from "./picture_set.js";

/** @type {Record<string, string>} */
const COLOURS = {
  black: "#1a1a1a",
  grey: "#868e96",
  white: "#ffffff",
  red: "#e03131",
  orange: "#f76707",
  yellow: "#fcc419",
  green: "#2f9e44",
  lime: "#94d82d",
  teal: "#0ca678",
  sky: "#4dabf7",
  blue: "#1c5fd4",
  violet: "#7048e8",
  pink: "#f06595",
  brown: "#8a5a2b",
  skin: "#ffc9a3",
};
const OTHER = "#ff8787"; // what the field for another colour begins with

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount(host) {
  const { element, signal } = host;
  const made = pictureSet(host);
  const [undo, redo] = [".undo", ".redo"].map((one) => find(element, one, HTMLButtonElement));
  const width = find(element, ".width", HTMLSelectElement);
  const side = find(element, ".side", HTMLSelectElement);
  const sheet = paper(
    find(element, ".paper", HTMLCanvasElement),
    find(element, ".cursor"),
    (state) => {
      undo.disabled = !state.past;
      redo.disabled = !state.future;
      side.value = `${state.side}`;
      find(element, ".lines").style.setProperty("--side", `${state.side}`);
      element.dataset.past = `${state.past}`;
    },
  );

  /** @param {Element[]} buttons @param {Element | null} chosen */
  function press(buttons, chosen) {
    for (const one of buttons) one.setAttribute("aria-pressed", `${one === chosen}`);
  }
  const tools = findAll(element, "[data-tool]");
  /** @param {HTMLElement} tool */
  function take(tool) {
    sheet.tools.tool = /** @type {import("./paper.js").Tools["tool"]} */ (tool.dataset.tool);
    press(tools, tool);
  }
  for (const tool of tools) tool.addEventListener("click", () => take(tool));

  const swatches = Object.entries(COLOURS).map(([name, value]) => {
    const swatch = make("button", { type: "button" });
    swatch.dataset.name = name;
    swatch.style.background = value;
    swatch.addEventListener("click", () => choose(value, swatch));
    return swatch;
  });
  const other = make("input", { type: "color", value: OTHER });
  other.addEventListener("input", () => choose(other.value, null));
  /** @param {string} value @param {HTMLElement | null} swatch */
  function choose(value, swatch) {
    sheet.tools.colour = value;
    press(swatches, swatch);
    if (sheet.tools.tool === "erase") take(tools[0]);
  }
  function name() {
    const named = swatches.map((one) => /** @type {const} */ ([one, t(one.dataset.name ?? "")]));
    for (const [one, text] of [...named, /** @type {const} */ ([other, t("Another colour")])]) {
      one.title = text;
      one.setAttribute("aria-label", text);
    }
  }
  find(element, ".palette").append(...swatches, other);
  choose(COLOURS.black, swatches[0]);

  undo.addEventListener("click", sheet.undo);
  redo.addEventListener("click", sheet.redo);
  find(element, ".clear").addEventListener("click", sheet.clear);
  width.addEventListener("change", () => (sheet.tools.width = +width.value));
  side.addEventListener("change", () => sheet.turn(+side.value));
  find(element, ".add").addEventListener("click", () => {
    made.add(sheet.data());
    sheet.clear();
  });
  name();
  onLanguage(name, signal);
  translateIn(element, signal);
}
