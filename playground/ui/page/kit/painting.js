// @ts-check
// Whole pixels painted over a picture: what is transparent is not painted.
import { make } from "./dom.js";
import { t } from "./words.js";

const REMEMBERED = 50; // paintings to undo
/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {{ colour: string, width: number, erase: boolean }} Tools
 * @typedef {ReturnType<typeof paintBoard>} Board
 * @typedef {[x: number, y: number]} Pixel
 */

/**
 * Return what a board's data() told, to be laid on it.
 * @param {string} text
 * @returns {Promise<HTMLImageElement>}
 */
export async function painting(text) {
  const image = new Image();
  image.src = text;
  await image.decode();
  return image;
}

/**
 * Have this canvas painted on: by the pointer, and by arrow keys and space.
 * @param {HTMLCanvasElement} over
 * @param {() => void} changed after every stroke, undo and clearing
 */
export function paintBoard(over, changed) {
  const pen = /** @type {CanvasRenderingContext2D} */ (
    over.getContext("2d", { willReadFrequently: true })
  );
  /** @type {ImageData[]} */
  const past = [];
  const spot = make("div", { className: "spot", hidden: true });
  over.after(spot);
  /** @type {Tools} */
  const tools = { colour: "#e03131", width: 2, erase: false };
  /** @type {Pixel | null} */
  let at = null;
  /** @type {Pixel} */
  let key = [0, 0];
  const whole = () => pen.getImageData(0, 0, over.width, over.height);

  /** @param {Pixel} place */
  function dab([x, y]) {
    const back = (tools.width - 1) >> 1;
    if (tools.erase) return pen.clearRect(x - back, y - back, tools.width, tools.width);
    pen.fillStyle = tools.colour;
    pen.fillRect(x - back, y - back, tools.width, tools.width);
  }

  /**
   * Dab every pixel between two places, however fast the hand was.
   * @param {Pixel} from
   * @param {Pixel} to
   */
  function stroke(from, to) {
    const steps = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]), 1);
    for (let i = 0; i <= steps; i++) {
      const between = (/** @type {0 | 1} */ k) =>
        Math.round(from[k] + ((to[k] - from[k]) * i) / steps);
      dab([between(0), between(1)]);
    }
  }

  function keep() {
    past.push(whole());
    if (past.length > REMEMBERED) past.shift();
  }

  const board = {
    tools,
    isEmpty: () => !whole().data.some((v, i) => i % 4 === 3 && v),
    /** As a PNG in a data: address; empty where nothing is painted. */
    data: () => (board.isEmpty() ? "" : over.toDataURL("image/png")),
    canUndo: () => past.length > 0,
    undo() {
      const image = past.pop();
      if (image && image.width === over.width) pen.putImageData(image, 0, 0);
      changed();
    },
    clear() {
      keep();
      pen.clearRect(0, 0, over.width, over.height);
      changed();
    },
    fill() {
      keep();
      board.block(0, 0, over.width, over.height);
    },
    /** @param {number} x @param {number} y @param {number} w @param {number} h */
    block(x, y, w, h) {
      pen.fillStyle = tools.colour;
      pen.fillRect(x, y, w, h);
      changed();
    },
    /** @param {HTMLImageElement} image */
    lay(image) {
      board.size(image.width, image.height);
      pen.clearRect(0, 0, over.width, over.height);
      pen.drawImage(image, 0, 0);
      changed();
    },
    /** @param {number} w @param {number} h */
    size(w, h) {
      if (over.width === w && over.height === h) return;
      over.width = w;
      over.height = h;
      past.length = 0;
      key = [w >> 1, h >> 1];
      changed();
    },
  };

  /** @param {PointerEvent} event @returns {Pixel} */
  function place(event) {
    const box = over.getBoundingClientRect();
    return [
      Math.floor(((event.clientX - box.left) / box.width) * over.width),
      Math.floor(((event.clientY - box.top) / box.height) * over.height),
    ];
  }
  over.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    over.focus({ preventScroll: true });
    spot.hidden = true;
    over.setPointerCapture(event.pointerId);
    keep();
    dab((at = place(event)));
  });
  over.addEventListener("pointermove", (event) => {
    if (!at) return;
    for (const one of [...(event.getCoalescedEvents?.() ?? []), event]) {
      const to = place(one);
      stroke(at, to);
      at = to;
    }
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    over.addEventListener(kind, () => {
      if (!at) return;
      at = null;
      changed();
    });
  }
  over.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") board.undo();
    else if (move) {
      const within = (/** @type {number} */ v, /** @type {number} */ n) =>
        Math.min(n - 1, Math.max(0, v));
      key = [within(key[0] + move[0], over.width), within(key[1] + move[1], over.height)];
    } else if (event.key === " ") {
      keep();
      dab(key);
      changed();
    } else return;
    event.preventDefault();
    spot.hidden = false;
    const [wide, high] = [100 / over.width, 100 / over.height];
    Object.assign(spot.style, {
      left: `${key[0] * wide}%`,
      top: `${key[1] * high}%`,
      width: `${wide}%`,
      height: `${high}%`,
    });
  });
  over.addEventListener("blur", () => {
    spot.hidden = true;
  });
  return board;
}

/**
 * Fill a box with swatches, and one colour of one's own.
 * @param {HTMLElement} box
 * @param {Record<string, string>} colours by what they are called
 * @param {Board} board
 */
export function palette(box, colours, board) {
  const own = make("input", { type: "color", value: "#ff8787" });
  own.title = own.ariaLabel = t("Another colour");
  const swatches = Object.entries(colours).map(([name, value]) => {
    const button = make("button", { type: "button", title: t(name), ariaLabel: t(name) });
    button.style.background = value;
    button.addEventListener("click", () => choose(value, button));
    return button;
  });
  /** @param {string} colour @param {HTMLElement} chosen */
  function choose(colour, chosen) {
    Object.assign(board.tools, { colour, erase: false });
    for (const one of swatches) one.setAttribute("aria-pressed", `${one === chosen}`);
    own.classList.toggle("pressed", own === chosen); // an input of colour has no pressed state
  }
  own.addEventListener("input", () => choose(own.value, own));
  box.append(...swatches, own);
  choose(Object.values(colours)[0], swatches[0]);
}
