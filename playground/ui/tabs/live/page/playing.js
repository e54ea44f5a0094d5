// @ts-check
// A slider that goes by itself, to and fro.
import { isSeen } from "../../../page/kit/dom.js";

const SPEED = 0.5; // of its values a second
const LONGEST = 100; // milliseconds between two frames that count

/**
 * Where a slider is a little later: its value, and which way it goes then.
 * @param {number} value
 * @param {number} way 1 or -1
 * @param {number} ms
 * @param {number} high its highest value; the lowest is 0
 * @returns {{ value: number, way: number }}
 */
export function onward(value, way, ms, high) {
  const next = value + (way * SPEED * Math.min(LONGEST, ms)) / 1000;
  if (next > 0 && next < high) return { value: next, way };
  return { value: Math.max(0, Math.min(high, next)), way: next <= 0 ? 1 : -1 };
}

/**
 * @param {HTMLInputElement} slider
 * @param {() => void} moved
 * @param {AbortSignal} signal
 */
export function playing(slider, moved, signal) {
  let frame = 0;
  let before = 0;
  let at = { value: 0, way: 1 };

  /** @param {number} now */
  function step(now) {
    if (before && isSeen(slider)) {
      at = onward(at.value, at.way, now - before, +slider.max);
      slider.value = `${at.value}`;
      moved();
    }
    before = now;
    frame = requestAnimationFrame(step);
  }

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
  }
  signal.addEventListener("abort", stop);

  return {
    isOn: () => frame !== 0,
    stop,
    start() {
      stop();
      before = 0;
      at = { value: +slider.value, way: at.way };
      frame = requestAnimationFrame(step);
    },
  };
}
