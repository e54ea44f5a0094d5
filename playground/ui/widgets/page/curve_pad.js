// @ts-check
// A log-SNR curve that one draws with the mouse or a finger.
import { make } from "../../page/kit/dom.js";
import { drawing } from "../../page/kit/surface.js";
import { onLanguage, t } from "../../page/kit/words.js";
import { falling, pchip, put } from "./curve.js";

const LEFT = 30;
const RIGHT = 8;
const TOP = 18;
const BOTTOM = 22;
const GREEN = "#37b24d";
const FINE = 120; // pieces of the curve as it is drawn

/** @typedef {import("./knob_panel.js").Knob} Knob */

/**
 * Return the pad, with its button that starts over.
 * @param {Knob} knob the range of every point
 * @param {number[]} first their values
 * @param {(k: number, value: number) => void} moved hears of each point that moved
 * @param {AbortSignal} signal
 */
export function curvePad(knob, first, moved, signal) {
  let values = [...first];
  const last = values.length - 1;
  const canvas = make("canvas", { className: "curve", role: "img" });
  const reset = make("button", { className: "reset", type: "button" });
  const about = make("small");
  const pad = make("div", { className: "pad" }, canvas, reset, about);
  const span = knob.high - knob.low;
  const inside = () => ({
    wide: canvas.clientWidth - LEFT - RIGHT,
    high: canvas.clientHeight - TOP - BOTTOM,
  });

  function words() {
    canvas.setAttribute("aria-label", t("log-SNR over t. Draw it here, or set its points below."));
    reset.textContent = t("Start over");
    reset.title = t("The curve as it was at first");
    about.textContent = t(
      "Draw the curve with the mouse or a finger, or move its points below. It always falls.",
    );
  }

  const draw = drawing(
    canvas,
    ({ pen, width, height, font, write }) => {
      const { wide, high } = inside();
      const x = (/** @type {number} */ time) => LEFT + time * wide;
      const y = (/** @type {number} */ value) => TOP + ((knob.high - value) / span) * high;
      font(12);
      pen.strokeStyle = "rgba(128,128,128,.28)";
      pen.lineWidth = 1;
      pen.beginPath();
      for (let v = Math.ceil(knob.low / 5) * 5; v <= knob.high; v += 5) {
        pen.moveTo(LEFT, y(v));
        pen.lineTo(width - RIGHT, y(v));
        if (v % 10 === 0) write(`${v}`.replace("-", "−"), LEFT - 5, y(v) + 4, "right");
      }
      for (let k = 0; k <= last; k++) {
        pen.moveTo(x(k / last), TOP);
        pen.lineTo(x(k / last), height - BOTTOM);
        if (k % (last / 4) === 0) {
          write(`${k / last}`, Math.min(x(k / last), width - 6), height - 6, "center");
        }
      }
      pen.stroke();
      write(t("log-SNR over t"), LEFT, 12);
      const points = falling(values);
      const curve = pchip(points);
      pen.strokeStyle = pen.fillStyle = GREEN;
      pen.lineWidth = 2.5;
      pen.beginPath();
      for (let i = 0; i <= FINE; i++) pen.lineTo(x(i / FINE), y(curve((i / FINE) * last)));
      pen.stroke();
      points.forEach((value, k) => {
        pen.beginPath();
        pen.arc(x(k / last), y(value), 4.5, 0, 7);
        pen.fill();
      });
      canvas.dataset.points = JSON.stringify(values);
    },
    signal,
  );

  /** @param {number} k @param {number} value */
  function move(k, value) {
    const before = values;
    values = put(values, k, value, knob);
    values.forEach((now, j) => now !== before[j] && moved(j, now));
  }

  /** @type {[number, number] | null} */
  let before = null;
  /** @param {PointerEvent} event */
  function drag(event) {
    const box = canvas.getBoundingClientRect();
    const zoom = box.width / canvas.offsetWidth;
    const { wide, high } = inside();
    const exact = (((event.clientX - box.left) / zoom - LEFT) / wide) * last;
    const at = exact < 0.2 ? 0 : exact > last - 0.2 ? last : exact;
    const value = knob.high - (((event.clientY - box.top) / zoom - TOP) / high) * span;
    const [from, value0] = before ?? [Math.round(at), value]; // one puts one's finger on a point
    const steep = Math.abs(value - value0) / 3 > Math.abs(at - from); // and moves it up and down
    if (!before || steep) move(Math.round(at), value);
    else {
      const most = Math.floor(Math.max(from, at));
      for (let k = Math.ceil(Math.min(from, at)); k <= most; k++) {
        // fast strokes skip columns
        move(k, at === from ? value : value0 + ((value - value0) * (k - from)) / (at - from));
      }
    }
    before = [at, value];
    draw();
  }
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    before = null;
    drag(event);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) drag(event);
  });
  onLanguage(words, signal);
  words();
  return {
    pad,
    reset,
    /** @param {number} k @param {number} value */
    set(k, value) {
      values = values.with(k, value);
      draw();
    },
  };
}
