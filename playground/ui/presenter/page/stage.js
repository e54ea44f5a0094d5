// One panel full screen for a hall: laid out for 1080 lines, enlarged to the screen.
const TEXT = 28, ZOOM = 1.75, ALONE = 2.2; // pixels on the screen; how far all figures and one alone are enlarged
const ratio = Object.getOwnPropertyDescriptor(window, "devicePixelRatio");
const caption = make("div", { id: "talk-caption" });
let room = 0; // pixels of the screen that the caption takes
let fills = false; // the screen, and not only its window
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

const proto = CanvasRenderingContext2D.prototype, font = Object.getOwnPropertyDescriptor(proto, "font");
const larger = (text, least) => text.replace(/([\d.]+)px/, (_, size) => `${Math.max(size, least)}px`);

function fit() {
  const zoom = alone < 0 ? ZOOM : ALONE, sharp = ratio?.get ? ratio.get.call(window) : 1;
  const screen = Math.min(innerWidth / 1920, 2);
  stage.style.zoom = zoom * screen;
  caption.style.zoom = Math.max(1, screen);
  room = caption.getBoundingClientRect().height; // the stage ends above it
  stage.style.bottom = `${room / (zoom * screen)}px`;
  root.style.setProperty("--screen", screen);
  // canvases ask for it, and must be as sharp as the screen although they are enlarged
  Object.defineProperty(window, "devicePixelRatio", { configurable: true, get: () => sharp * zoom });
  Object.defineProperty(proto, "font", { ...font, set(text) { font.set.call(this, larger(text, TEXT / zoom)); } });
  enlarge();
  // pictures as tall as leaves room for the words and the slider, in hundredths of the screen's height
  for (let tall = alone < 0 ? 37 : 32; tall >= 10; tall -= 1) {
    root.style.setProperty("--tall-share", tall);
    if (stage.scrollHeight <= stage.clientHeight) break;
  }
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
  const wanted = shownPart();
  if (wanted === stage) { if (stage) (caption.getBoundingClientRect().height === room ? enlarge : fit)(); return; }
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
  stage.style.zoom = stage.style.bottom = "";
  for (const one of stage.querySelectorAll("[style]")) one.style.removeProperty("font-size");
  for (const one of stage.querySelectorAll("figure.shown")) one.classList.remove("shown");
  stage = null;
}

// The address of a page on the stage tells it, so that a page loaded anew is on the stage again; a link never does.
function tell() {
  const url = new URL(location.href), on = root.classList.contains("presenting");
  if (on === url.searchParams.has("present")) return;
  if (on) url.searchParams.set("present", "1"); else url.searchParams.delete("present");
  history.replaceState(history.state, "", url);
}
window.addEventListener("popstate", tell);

// browsers do so for a key or a press alone: a page that opens on the stage fills its window until then
function fill() { if (!document.fullscreenElement) root.requestFullscreen?.().catch(() => {}); }

function present() {
  if (root.classList.contains("presenting")) { leave(); return; }
  root.classList.add("presenting");
  tell();
  fill();
  lay();
  lift = setInterval(lay, 400); // the tab may change below it
}

function leave() {
  fills = false;
  clearInterval(lift);
  clear();
  root.classList.remove("presenting", "black");
  tell();
  caption.textContent = "";
  Object.defineProperty(proto, "font", font);
  if (ratio) Object.defineProperty(window, "devicePixelRatio", ratio); else delete window.devicePixelRatio;
  if (document.fullscreenElement) document.exitFullscreen();
  window.dispatchEvent(new Event("resize"));
}
