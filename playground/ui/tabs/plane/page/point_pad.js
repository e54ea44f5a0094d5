// @ts-check
// Painting points on the cloud's picture: a brush of three colours and an eraser, by mouse or
// finger; density is kept.
import { find, findAll, make } from "../../../page/kit/dom.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { inks } from "./board.js";
import { REACH } from "./levels.js";
import { MOST_POINTS } from "./state.js";

const FEWEST = 12; // points of a cloud
const PER_UNIT = 70; // points of a stroke

const normal = () =>
  Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

/**
 * Return the points of a stroke besides those that are there.
 * @param {import("./state.js").Dot[]} points
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {{ width: number, colour: number }} brush
 */
export function stroked(points, from, to, { width, colour }) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const wanted = Math.max(2, Math.round(Math.hypot(dx, dy) * PER_UNIT));
  const more = Array.from({ length: Math.min(wanted, MOST_POINTS - points.length) }, () => {
    const part = Math.random();
    const place = [from[0] + part * dx, from[1] + part * dy];
    const [x, y] = place.map((v) => +(v + (normal() * width) / 2).toFixed(3));
    return /** @type {import("./state.js").Dot} */ ([x, y, colour]);
  });
  return [...points, ...more];
}

/**
 * @param {import("./state.js").Scene} scene
 * @param {(own: Record<string, any>) => void} take the cloud that was painted
 */
export function pointPad({ element, store, signal }, take) {
  const canvas = find(element, "canvas.truth", HTMLCanvasElement);
  const brush = { colour: 0, erase: false, width: 0.14 };
  /** @type {[number, number] | null} */
  let last = null;

  /** @param {PointerEvent} event @returns {[number, number]} */
  function at(event) {
    const box = canvas.getBoundingClientRect();
    const unit = box.width / 2 / REACH;
    return [(event.clientX - box.left) / unit - REACH, REACH - (event.clientY - box.top) / unit];
  }
  /** @param {[number, number]} to */
  function paint(to) {
    const { dots } = store.get();
    const far = Math.max(0.1, brush.width);
    const left = dots.filter((dot) => Math.hypot(dot[0] - to[0], dot[1] - to[1]) > far);
    store.set({ dots: brush.erase ? left : stroked(dots, last ?? to, to, brush) });
    last = to;
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (!store.get().painting) return;
    canvas.setPointerCapture(event.pointerId);
    last = null;
    paint(at(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!store.get().painting || !last || !event.buttons) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) paint(at(one));
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
    canvas.addEventListener(name, () => {
      const { painting, dots } = store.get();
      if (!painting || !last) return;
      last = null;
      if (dots.length >= FEWEST) take({ points: dots });
    });
  }

  const tools = find(element, ".tool");
  function layTools() {
    findAll(tools, "button").forEach((old) => old.remove());
    const buttons = ["A", "B", "C", t("Erase")].map((name, i) => {
      const swatch = make("i");
      swatch.style.background = inks()[i];
      const one = make("button", { type: "button" }, ...(i < 3 ? [swatch] : []), name);
      const isOn = () => (i === 3 ? brush.erase : !brush.erase && brush.colour === i);
      one.setAttribute("aria-pressed", `${isOn()}`);
      one.addEventListener("click", () => {
        brush.erase = i === 3;
        if (i < 3) brush.colour = i;
        layTools();
      });
      return one;
    });
    tools.append(...buttons);
  }
  function show() {
    const { painting, dots } = store.get();
    const count = dots.length.toLocaleString("en");
    find(element, ".pad").hidden = !painting;
    find(element, ".drawn").textContent =
      dots.length < MOST_POINTS
        ? t("{count} points", { count })
        : t("{count} points, which is all there is room for", { count });
    const draw = find(element, ".draw");
    draw.setAttribute("aria-pressed", `${painting}`);
    draw.textContent = painting ? t("✓ Done drawing") : t("✏️ Draw your own");
    canvas.style.cursor = painting ? "crosshair" : "";
  }
  find(element, ".draw").addEventListener("click", () => {
    const painting = !store.get().painting;
    const controls = { ...store.get().controls, ...(painting ? { t: "0" } : {}) };
    store.set({ painting, controls });
  });
  find(element, ".wipe").addEventListener("click", () => store.set({ dots: [] }));
  find(element, ".width", HTMLInputElement).addEventListener("input", (event) => {
    brush.width = +(/** @type {HTMLInputElement} */ (event.target).value);
  });
  store.on(["painting", "dots"], show);
  const words = () => {
    layTools();
    show();
  };
  onLanguage(words, signal);
  words();
}
