// A small paint program: whole pixels on a canvas, with undo; the set of drawings is picture_set's.
const $ = (name) => element.querySelector(name);
const paper = $(".paper"), pen = paper.getContext("2d", { willReadFrequently: true });
const COLOURS = { black: "#1a1a1a", grey: "#868e96", white: "#ffffff", red: "#e03131", orange: "#f76707", yellow: "#fcc419", green: "#2f9e44", lime: "#94d82d", teal: "#0ca678", sky: "#4dabf7", blue: "#1c5fd4", violet: "#7048e8", pink: "#f06595", brown: "#8a5a2b", skin: "#ffc9a3" };
const KEPT = 100;
let colour = COLOURS.black, tool = "brush", side = 32, past = [], future = [], at = null, drawing = false;
let cursor = [16, 16];

// --- pixels
const pixels = () => pen.getImageData(0, 0, side, side);
const same = (a, b) => a.data.every((value, i) => value === b.data[i]);

function blank() { pen.fillStyle = "#ffffff"; pen.fillRect(0, 0, side, side); }

function dab(x, y) {
  const width = +$(".width").value, back = (width - 1) >> 1;
  pen.fillStyle = tool === "erase" ? "#ffffff" : colour;
  pen.fillRect(x - back, y - back, width, width);
}

function stroke([x0, y0], [x1, y1]) { // every pixel between two places, however fast the hand was
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  for (let i = 0; i <= steps; i++) dab(Math.round(x0 + (x1 - x0) * i / steps), Math.round(y0 + (y1 - y0) * i / steps));
}

function fill(x, y) { // the area of one colour around this place
  const image = pixels(), words = new Uint32Array(image.data.buffer);
  pen.fillStyle = colour; pen.fillRect(x, y, 1, 1);
  const to = new Uint32Array(pen.getImageData(x, y, 1, 1).data.buffer)[0], from = words[y * side + x];
  const open = from === to ? [] : [[x, y]];
  while (open.length) {
    const [i, j] = open.pop();
    if (i < 0 || j < 0 || i >= side || j >= side || words[j * side + i] !== from) continue;
    words[j * side + i] = to;
    open.push([i + 1, j], [i - 1, j], [i, j + 1], [i, j - 1]);
  }
  pen.putImageData(image, 0, 0);
}

// --- what was, and what was undone
function before() { past.push(pixels()); if (past.length > KEPT) past.shift(); }
function after() { // a change that changed nothing is none
  if (past.length && same(past[past.length - 1], pixels())) past.pop(); else future = [];
  buttons();
}
function go(from, to) {
  if (!from.length) return;
  to.push(pixels());
  const image = from.pop();
  if (image.width !== side) resize(image.width);
  pen.putImageData(image, 0, 0);
  buttons();
}
function buttons() { $(".undo").disabled = !past.length; $(".redo").disabled = !future.length; element.dataset.past = past.length; }
function change(act) { before(); act(); after(); }

function resize(to) {
  side = to;
  paper.width = paper.height = side;
  $(".side").value = side;
  $(".lines").style.setProperty("--side", side);
  cursor = [side / 2, side / 2];
}

// --- hands: mouse, finger, pen, keys
function place(event) {
  const box = paper.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top].map((v, i) => Math.floor(v / (i ? box.height : box.width) * side));
}
paper.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  event.preventDefault();
  paper.focus({ preventScroll: true });
  $(".cursor").hidden = true;
  at = place(event);
  before();
  if (tool === "fill") { fill(...at); after(); return; }
  paper.setPointerCapture(event.pointerId);
  drawing = true;
  dab(...at);
});
paper.addEventListener("pointermove", (event) => {
  if (!drawing) return;
  for (const one of event.getCoalescedEvents?.() ?? []) { const to = place(one); stroke(at, to); at = to; }
  const to = place(event); stroke(at, to); at = to;
});
for (const kind of ["pointerup", "pointercancel"]) paper.addEventListener(kind, () => { if (drawing) { drawing = false; after(); } });

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
paper.addEventListener("keydown", (event) => {
  const move = MOVES[event.key], mark = $(".cursor"), control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === "z") event.shiftKey ? go(future, past) : go(past, future);
  else if (control && event.key.toLowerCase() === "y") go(future, past);
  else if (move) cursor = cursor.map((v, i) => Math.min(side - 1, Math.max(0, v + move[i])));
  else if (event.key === " " || event.key === "Enter") change(() => (tool === "fill" ? fill : dab)(...cursor));
  else return;
  event.preventDefault();
  mark.hidden = control;
  const cell = 100 / side;
  Object.assign(mark.style, { left: `${cursor[0] * cell}%`, top: `${cursor[1] * cell}%`, width: `${cell}%`, height: `${cell}%` });
});
paper.addEventListener("blur", () => { $(".cursor").hidden = true; });

// --- tools
function press(buttons, chosen) { for (const button of buttons) button.setAttribute("aria-pressed", button === chosen); }
const tools = [...element.querySelectorAll("[data-tool]")];
for (const button of tools) button.addEventListener("click", () => { tool = button.dataset.tool; press(tools, button); });
const swatches = Object.entries(COLOURS).map(([name, value]) => {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", title: name, ariaLabel: name });
  button.style.background = value;
  button.addEventListener("click", () => choose(value, button));
  return button;
});
const own = Object.assign(document.createElement("input"), { type: "color", value: "#ff8787", title: "Another colour", ariaLabel: "Another colour" });
own.addEventListener("input", () => choose(own.value, null));
function choose(value, button) {
  colour = value;
  press(swatches, button);
  if (tool === "erase") tools[0].click();
}
$(".palette").append(...swatches, own);
choose(colour, swatches[0]);

$(".undo").addEventListener("click", () => go(past, future));
$(".redo").addEventListener("click", () => go(future, past));
$(".clear").addEventListener("click", () => change(blank));
$(".side").addEventListener("change", (event) => change(() => { resize(+event.target.value); blank(); }));
$(".add").addEventListener("click", () => { set.add(paper.toDataURL("image/png")); change(blank); });
resize(side); blank(); buttons();
