// One panel full screen for a hall: laid out for 1080 lines, enlarged to the screen.
const STAGES = ["noise_canvas", "player", "live_board", "race", "grid", "fork", "edit", "train-samples", "train-loss", "copy_meter", "compare_plot", "run_list", "plane", "schedule_plot"];
const TEXT = 28, ZOOM = 1.75, ALONE = 2.2; // pixels on the screen; how far all figures and one alone are enlarged
const ratio = Object.getOwnPropertyDescriptor(window, "devicePixelRatio");
const caption = make("div", { id: "talk-caption" });
let stage = null, alone = -1, tween = 0, lift = null;
document.body.append(caption);

const figures = () => [...stage.querySelectorAll("figure")].filter((f) => f.closest("[hidden], .below") === null);

// parts of the stage come anew, so this is done again and again
function enlarge() {
  for (const one of stage.querySelectorAll("*")) {
    if (one.closest("sub, sup") || !(one.childNodes.length || one.tagName === "INPUT")) continue;
    if (parseFloat(getComputedStyle(one).fontSize) < TEXT / ZOOM) one.style.fontSize = `${TEXT / ZOOM}px`;
  }
  stage.classList.toggle("told", caption.textContent !== "");
}

function fit() {
  const zoom = alone < 0 ? ZOOM : ALONE, sharp = ratio?.get ? ratio.get.call(window) : 1;
  const screen = Math.min(innerWidth / 1920, 2);
  stage.style.zoom = zoom * screen;
  caption.style.zoom = Math.max(1, screen);
  root.style.setProperty("--screen", screen);
  // canvases ask for it, and must be as sharp as the screen although they are enlarged
  Object.defineProperty(window, "devicePixelRatio", { configurable: true, get: () => sharp * zoom });
  enlarge();
  window.dispatchEvent(new Event("resize"));
}

function show(which) {
  const every = figures();
  alone = every.length ? (which + every.length + 1) % (every.length + 1) : 0; // the last: all of them
  if (alone === every.length) alone = -1;
  stage.classList.toggle("alone", alone >= 0);
  every.forEach((f, i) => f.classList.toggle("shown", i === alone));
  fit();
}

function lay() {
  const wanted = STAGES.map((id) => document.getElementById(id)).find(seen) ?? null;
  if (wanted === stage) { if (stage) enlarge(); return; }
  clear();
  stage = wanted;
  if (!stage) return;
  stage.classList.add("stage");
  show(-1);
}

function clear() {
  cancelAnimationFrame(tween); tween = 0;
  if (!stage) return;
  stage.classList.remove("stage", "alone", "told");
  stage.style.zoom = "";
  for (const one of stage.querySelectorAll("[style]")) one.style.removeProperty("font-size");
  for (const one of stage.querySelectorAll("figure.shown")) one.classList.remove("shown");
  stage = null;
}

function present() {
  if (root.classList.contains("presenting")) { leave(); return; }
  root.classList.add("presenting");
  root.requestFullscreen?.().catch(() => {});
  lay();
  lift = setInterval(lay, 400); // the tab may change below it
}

function leave() {
  clearInterval(lift);
  clear();
  root.classList.remove("presenting", "black");
  caption.textContent = "";
  if (ratio) Object.defineProperty(window, "devicePixelRatio", ratio); else delete window.devicePixelRatio;
  if (document.fullscreenElement) document.exitFullscreen();
  window.dispatchEvent(new Event("resize"));
}
