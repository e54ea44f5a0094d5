// @ts-check
// One panel full screen for a hall: laid out for 1080 lines, enlarged to the screen.
import { findAll, isSeen, make } from "../../page/kit/dom.js";
import { overPage } from "../../page/kit/frame.js";
import { STAGED } from "../../page/kit/looks.js";
import { root, shownPart, sliderOf, slideTo } from "./panels.js";

const TEXT = 28; // pixels on the screen, at least
const ZOOM = 1.75; // how far all figures are enlarged
const ALONE = 2.2; // and one alone
const LINES = 1920; // pixels across, for which the stage is laid out
const LOOKS = 400; // milliseconds between two looks at what lies below
const CROSSING = 8000; // milliseconds of a slider from end to end
const ON_STAGE = "present"; // by which the address of a page on the stage tells it; a link never

/** @typedef {ReturnType<typeof stage>} Stage */

/**
 * Return the stage, on which the first in sight of these parts is shown.
 * @param {string[]} parts element ids
 * @param {AbortSignal} signal
 */
export function stage(parts, signal) {
  const caption = make("div", { id: "talk-caption", translate: false });
  overPage(caption, signal);
  /** @type {HTMLElement | null} */
  let shown = null;
  let alone = -1; // which figure is shown alone; none: all are
  let room = 0; // pixels of the screen that the caption takes
  let fills = false; // the screen, and not only its window
  let tween = 0;
  let looks = 0;

  const isOn = () => root.classList.contains("presenting");

  const figures = () =>
    shown
      ? findAll(shown, "figure", HTMLElement).filter((f) => f.closest("[hidden], .below") === null)
      : [];

  /** Parts of the stage come anew, so this is done again and again. */
  function enlarge() {
    if (!shown) return;
    for (const one of findAll(shown, "*", HTMLElement)) {
      if (one.closest("sub, sup") || !(one.childNodes.length || one.tagName === "INPUT")) continue;
      if (parseFloat(getComputedStyle(one).fontSize) < TEXT / ZOOM) {
        one.style.fontSize = `${TEXT / ZOOM}px`;
      }
    }
    shown.classList.toggle("told", caption.textContent !== "");
  }

  function fit() {
    if (!shown) return;
    const zoom = alone < 0 ? ZOOM : ALONE;
    const screen = Math.min(innerWidth / LINES, 2);
    shown.style.setProperty("zoom", String(zoom * screen));
    shown.style.setProperty("--least-text", `${TEXT / zoom}px`);
    caption.style.setProperty("zoom", String(Math.max(1, screen)));
    room = caption.getBoundingClientRect().height; // the stage ends above it
    shown.style.bottom = `${room / (zoom * screen)}px`;
    root.style.setProperty("--screen", String(screen));
    enlarge();
    // pictures as tall as leaves room for words and slider, in hundredths of the screen's height
    for (let tall = alone < 0 ? 37 : 32; tall >= 10; tall -= 1) {
      root.style.setProperty("--tall-share", String(tall));
      if (shown.scrollHeight <= shown.clientHeight) break;
    }
    redraw();
  }

  function redraw() {
    document.dispatchEvent(new Event(STAGED));
    window.dispatchEvent(new Event("resize")); // for Gradio's own parts
  }

  /** @param {number} which one figure alone; after the last come all of them */
  function show(which) {
    const every = figures();
    alone = every.length ? (which + every.length + 1) % (every.length + 1) : 0;
    if (alone === every.length) alone = -1;
    shown?.classList.toggle("alone", alone >= 0);
    every.forEach((f, i) => f.classList.toggle("shown", i === alone));
    fit();
  }

  function lay() {
    const wanted = shownPart(parts);
    if (wanted === shown) {
      if (!shown) return;
      if (caption.getBoundingClientRect().height === room) enlarge();
      else fit();
      return;
    }
    clear();
    shown = wanted;
    if (!shown) return;
    shown.classList.add("stage");
    show(-1);
  }

  function rest() {
    cancelAnimationFrame(tween);
    tween = 0;
  }

  function clear() {
    rest();
    if (!shown) return;
    shown.classList.remove("stage", "alone", "told");
    for (const name of ["zoom", "bottom", "--least-text"]) shown.style.removeProperty(name);
    for (const one of findAll(shown, "[style]", HTMLElement)) {
      one.style.removeProperty("font-size");
    }
    for (const one of findAll(shown, "figure.shown")) one.classList.remove("shown");
    shown = null;
  }

  /** The query of an address as it is here: a page on the stage, loaded anew, is there again. */
  function toldHere(/** @type {string} */ query) {
    const told = new URLSearchParams(query);
    if (isOn() === told.has(ON_STAGE)) return query;
    if (isOn()) told.set(ON_STAGE, "1");
    else told.delete(ON_STAGE);
    return `?${told}`;
  }

  function tell() {
    const query = toldHere(location.search);
    if (query !== location.search) {
      history.replaceState(history.state, "", location.pathname + query + location.hash);
    }
  }

  /** Browsers do so for a key or a press alone; a page that opens on the stage waits for one. */
  function fill() {
    if (!document.fullscreenElement) root.requestFullscreen?.().catch(() => {});
  }

  function present() {
    if (isOn()) {
      leave();
      return;
    }
    root.classList.add("presenting");
    tell();
    fill();
    lay();
    looks = window.setInterval(lay, LOOKS); // the tab may change below it
  }

  function leave() {
    fills = false;
    clearInterval(looks);
    clear();
    root.classList.remove("presenting", "black");
    tell();
    caption.textContent = "";
    if (document.fullscreenElement) void document.exitFullscreen();
    redraw();
  }

  /** Play what is on the stage, or move its slider from where it is to its end. */
  function play() {
    const own = shown && findAll(shown, "button.play").find(isSeen);
    if (own) {
      own.click();
      return;
    }
    if (tween) {
      rest();
      return;
    }
    const slider = sliderOf(shown);
    if (!slider) return;
    let last = performance.now();
    let at = +slider.value >= +slider.max ? +slider.min : +slider.value;
    const on = (/** @type {number} */ now) => {
      at += ((now - last) / CROSSING) * (+slider.max - +slider.min);
      last = now;
      slideTo(slider, at);
      tween = at < +slider.max ? requestAnimationFrame(on) : 0;
    };
    tween = requestAnimationFrame(on);
  }

  window.addEventListener("popstate", tell, { signal });
  // the browser's own way out of full screen leaves the stage, too; word of it may come late
  const screened = () => {
    if (document.fullscreenElement) fills = true;
    else if (fills) leave();
  };
  document.addEventListener("fullscreenchange", screened, { signal });
  signal.addEventListener("abort", () => {
    if (isOn()) leave();
  });
  return {
    isOn,
    part: () => shown,
    present,
    leave,
    fill,
    play,
    toldHere,
    nextFigure: () => show(alone + 1),
    figureBefore: () => show(alone < 0 ? figures().length - 1 : alone - 1),
    turnBlack: () => root.classList.toggle("black"),
    /** @param {string} text below what is shown */
    say: (text) => {
      caption.textContent = text;
    },
    opensHere: () => new URLSearchParams(location.search).has(ON_STAGE),
  };
}
