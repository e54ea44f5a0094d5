// @ts-check
// A sheet of whole pixels that is painted on by the pointer or by keys, with undo and redo.

const KEPT = 100; // sheets to undo
const WHITE = "#ffffff";
/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {[x: number, y: number]} Pixel
 * @typedef {{ colour: string, width: number, tool: "brush" | "fill" | "erase" }} Tools
 */

/** @param {ImageData} a @param {ImageData} b */
const same = (a, b) => a.width === b.width && a.data.every((value, i) => value === b.data[i]);

/**
 * The pixels of one colour around a place.
 * @param {Uint32Array} words the sheet, a word a pixel
 * @param {number} side
 * @param {Pixel} start
 * @returns {Pixel[]}
 */
export function area(words, side, start) {
  const from = words[start[1] * side + start[0]];
  const seen = new Uint8Array(words.length);
  const open = [start];
  /** @type {Pixel[]} */
  const found = [];
  for (let next = open.pop(); next; next = open.pop()) {
    const [x, y] = next;
    const place = y * side + x;
    if (x < 0 || y < 0 || x >= side || y >= side || seen[place] || words[place] !== from) continue;
    seen[place] = 1;
    found.push(next);
    open.push([x + 1, y], [x - 1, y], [x, y + 1], [x, y - 1]);
  }
  return found;
}

/**
 * Every pixel between two places, however fast the hand was.
 * @param {Pixel} from
 * @param {Pixel} to
 * @returns {Pixel[]}
 */
export function between([x0, y0], [x1, y1]) {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  return Array.from({ length: steps + 1 }, (_, i) => [
    Math.round(x0 + ((x1 - x0) * i) / steps),
    Math.round(y0 + ((y1 - y0) * i) / steps),
  ]);
}

/**
 * Have this canvas painted on.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLElement} mark shows where the keys are
 * @param {(state: { past: number, future: number, side: number }) => void} changed
 */
export function paper(canvas, mark, changed) {
  const pen = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  /** @type {Tools} */
  const tools = { colour: "#000000", width: 2, tool: "brush" };
  let side = canvas.width;
  /** @type {ImageData[]} */
  const past = [];
  /** @type {ImageData[]} */
  const future = [];
  /** @type {Pixel | null} where the pointer was while it paints */
  let at = null;
  /** @type {Pixel} */
  let key = [0, 0];
  const pixels = () => pen.getImageData(0, 0, side, side);
  const tell = () => changed({ past: past.length, future: future.length, side });

  function blank() {
    pen.fillStyle = WHITE;
    pen.fillRect(0, 0, side, side);
  }

  /** @param {Pixel} place */
  function dab([x, y]) {
    const { width, tool, colour } = tools;
    const back = (width - 1) >> 1;
    pen.fillStyle = tool === "erase" ? WHITE : colour;
    pen.fillRect(x - back, y - back, width, width);
  }

  /** @param {Pixel} place */
  function fill(place) {
    const words = new Uint32Array(pixels().data.buffer);
    pen.fillStyle = tools.colour;
    for (const [x, y] of area(words, side, place)) pen.fillRect(x, y, 1, 1);
  }

  /** @param {number} to */
  function resize(to) {
    side = canvas.width = canvas.height = to;
    key = [side / 2, side / 2];
  }

  function before() {
    past.push(pixels());
    if (past.length > KEPT) past.shift();
  }
  function after() {
    const last = past.at(-1);
    if (last && same(last, pixels()))
      past.pop(); // a change that changed nothing is none
    else future.length = 0;
    tell();
  }
  /** @param {() => void} act */
  function change(act) {
    before();
    act();
    after();
  }
  /** @param {ImageData[]} from @param {ImageData[]} to */
  function go(from, to) {
    const image = from.pop();
    if (!image) return;
    to.push(pixels());
    if (image.width !== side) resize(image.width);
    pen.putImageData(image, 0, 0);
    tell();
  }

  /** @param {PointerEvent} event @returns {Pixel} */
  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [
      Math.floor(((event.clientX - box.left) / box.width) * side),
      Math.floor(((event.clientY - box.top) / box.height) * side),
    ];
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    mark.hidden = true;
    if (tools.tool === "fill") return change(() => fill(place(event)));
    before();
    at = place(event);
    canvas.setPointerCapture(event.pointerId);
    dab(at);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!at) return;
    for (const one of [...(event.getCoalescedEvents?.() ?? []), event]) {
      const to = place(one);
      between(at, to).forEach(dab);
      at = to;
    }
  });
  for (const kind of /** @type {const} */ (["pointerup", "pointercancel"])) {
    canvas.addEventListener(kind, () => {
      if (at) after();
      at = null;
    });
  }
  canvas.addEventListener("keydown", (event) => {
    const isControl = event.ctrlKey || event.metaKey;
    const pressed = isControl ? `ctrl ${event.key.toLowerCase()}` : event.key;
    const move = MOVES[pressed];
    if (pressed === "ctrl z" && !event.shiftKey) go(past, future);
    else if (pressed === "ctrl z" || pressed === "ctrl y") go(future, past);
    else if (move) {
      const within = (/** @type {number} */ v) => Math.min(side - 1, Math.max(0, v));
      key = [within(key[0] + move[0]), within(key[1] + move[1])];
    } else if (pressed === " " || pressed === "Enter") {
      change(() => (tools.tool === "fill" ? fill(key) : dab(key)));
    } else return;
    event.preventDefault();
    mark.hidden = isControl;
    const percent = (/** @type {number} */ v) => `${(100 * v) / side}%`;
    const [left, top] = key.map(percent);
    Object.assign(mark.style, { left, top, width: percent(1), height: percent(1) });
  });
  canvas.addEventListener("blur", () => (mark.hidden = true));

  resize(side);
  blank();
  return {
    tools,
    undo: () => go(past, future),
    redo: () => go(future, past),
    clear: () => change(blank),
    /** @param {number} to pixels a side of a new sheet */
    turn(to) {
      change(() => {
        resize(to);
        blank();
      });
    },
    /** Return the sheet as a PNG in an address of data. */
    data: () => canvas.toDataURL("image/png"),
  };
}
