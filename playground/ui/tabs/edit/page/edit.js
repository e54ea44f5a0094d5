// The Edit tab: the picture with its mask, and panels that share one slider of moments.
const $ = (name) => element.querySelector(name);
const MASK = "#ff00c8", scrub = $(".scrub"), panels = new Map(), board = paintBoard($(".over"), masked);
let run = null, following = true, timer = 0, first = "", linked = null; // the mask to begin with, and a link's

Object.assign(board.tools, { colour: MASK, width: 5 });
$(".width").addEventListener("change", (event) => { board.tools.width = +event.target.value; });
$(".undo").addEventListener("click", () => board.undo());
$(".wipe").addEventListener("click", () => board.clear());
$(".erase").addEventListener("click", (event) => { board.tools.erase = !board.tools.erase; event.target.setAttribute("aria-pressed", board.tools.erase); });

function masked() {
  element.dataset.mask = board.data();
  tell();
  $(".undo").disabled = !board.canUndo();
  $(".wipe").disabled = board.isEmpty();
}

function source() {
  if (!props.source) return;
  const { w, h, x } = JSON.parse(props.source);
  board.size(w, h);
  pixels($(".source"), x, w, h);
  if (linked?.width === w && board.isEmpty()) board.lay(linked);
  if (element.dataset.source !== `${w}` && board.isEmpty()) begin();
  element.dataset.source = `${w}`;
}

function begin() { // a mask to begin with, so that the first press fills something in
  const { width: w, height: h } = $(".over");
  board.block(w >> 2, h >> 2, w >> 1, h >> 1);
  first = board.data();
  tell();
}

// --- for links: the mask, unless it is the first, and which edit is meant
function tell() {
  const { mask } = element.dataset, { mode } = $(".edit").dataset;
  props.value = JSON.stringify({ ...(mask && mask !== first ? { mask } : {}), ...(mode === "image-to-image" ? {} : { mode }) });
}
async function restore() {
  if (!props.given) return;
  const { mask, mode } = JSON.parse(props.given).state;
  document.querySelector(`#edit-acts [data-tab-id="${mode ?? "image-to-image"}"]`)?.click();
  linked = mask ? await painting(mask) : null;
  if (linked) board.lay(linked);
  else if (first) { board.clear(); begin(); }
}

function figure(key) {
  const made = document.createElement("figure"), caption = document.createElement("figcaption");
  const panel = { canvas: document.createElement("canvas"), title: document.createTextNode(""), small: document.createElement("small"), moments: [] };
  caption.append(panel.title, panel.small);
  made.append(panel.canvas, caption);
  made.dataset.key = key;
  panels.set(key, panel);
  $(".panels").append(made);
  const rows = Math.ceil(panels.size / 4);
  $(".panels").style.setProperty("--rows", rows);
  $(".panels").style.setProperty("--phone", panels.size > 2 ? 2 : 1);
  $(".panels").style.setProperty("--columns", Math.max(2, Math.ceil(panels.size / rows)));
  return panel;
}

function show(place) { // a panel that ended earlier stays at its end
  for (const panel of panels.values()) {
    const m = panel.moments.slice(0, place + 1).findLast(Boolean) ?? panel.moments.find(Boolean);
    pixels(panel.canvas, m.x, m.w, m.h);
    panel.title.textContent = m.caption;
    panel.small.textContent = m.text;
  }
  scrub.value = place;
  Object.assign(element.dataset, { shown: place, count: +scrub.max + 1 });
}

function play(loop) {
  clearInterval(timer);
  const last = +scrub.max;
  if (!last) return;
  following = false;
  let place = 0, turn = 1;
  timer = setInterval(() => {
    if (loop && !element.offsetParent) return; // nobody looks
    show(place);
    if (place + turn > last || place + turn < 0) { if (!loop) return clearInterval(timer); turn = -turn; }
    place += turn;
  }, Math.max(50, Math.min(200, 3000 / last)));
}

let loop = false;
function take() {
  if (!props.message) return;
  const message = JSON.parse(props.message);
  if (message.waiting !== undefined) { if (message.waiting && runs.isLive()) $(".words").textContent = message.waiting; return; }
  runs.goOn();
  runs.heard(message.run, message.run !== run);
  if (message.run !== run) {
    run = message.run; following = true; loop = false;
    empty();
    $(".words").textContent = "";
    element.dataset.done = "";
  }
  for (const p of message.panels) (panels.get(p.key) ?? figure(p.key)).moments[p.index] = p;
  measure();
  if (following) show(+scrub.max);
  if (message.words !== undefined) { $(".words").textContent = message.words; element.dataset.done = "yes"; }
  if (message.loop) { loop = true; play(true); }
  if (message.words !== undefined) runs.whole(run);
}

function empty() {
  clearInterval(timer);
  panels.clear();
  $(".panels").replaceChildren();
  scrub.max = 0;
}

function measure() { scrub.max = Math.max(0, ...[...panels.values()].map((p) => p.moments.length - 1)); }

const moments = () => [...panels].map(([key, panel]) => [key, panel.moments]);
const runs = keptRun("edit", () => ({ run, loop, moments: moments(), words: $(".words").textContent }), (shown, again) => {
  empty();
  ({ run, loop } = shown);
  for (const [key, kept] of shown.moments) figure(key).moments = kept;
  measure();
  following = true;
  if (panels.size) show(+scrub.max);
  $(".words").textContent = shown.words;
  if (again) play(loop);
});

scrub.addEventListener("input", () => { clearInterval(timer); following = +scrub.value === +scrub.max; show(+scrub.value); });
$(".play").addEventListener("click", () => play(loop));
watch("message", take);
watch("source", source);
watch("given", restore);
new MutationObserver(tell).observe($(".edit"), { attributes: true, attributeFilter: ["data-mode"] });
masked();
source();
restore();
take();
