// @ts-check
// The stage by keys or a clicker.
import { isShortcut, isTyping, slide } from "./panels.js";

/**
 * @param {import("./stage.js").Stage} stage
 * @param {import("./cues.js").Cues} cues
 * @param {AbortSignal} signal
 */
export function stageKeys(stage, cues, signal) {
  const move = (/** @type {number} */ by) => slide(stage.part(), by);
  /** @type {Record<string, () => unknown>} */
  const acts = {
    Enter: () => cues.step(1),
    n: () => cues.step(1),
    Backspace: () => cues.step(-1),
    F5: () => {}, // clickers send it to start a show; the page would load anew
    ArrowRight: () => move(1),
    PageDown: () => move(1),
    ArrowLeft: () => move(-1),
    PageUp: () => move(-1),
    ArrowDown: stage.nextFigure,
    ArrowUp: stage.figureBefore,
    " ": stage.play,
    Escape: stage.leave,
    p: stage.leave,
    ".": stage.turnBlack,
    b: stage.turnBlack,
  };

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (isShortcut(event) || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!stage.isOn()) {
      if (key !== "p" || isTyping(event)) return;
      event.preventDefault();
      stage.present();
      return;
    }
    const act = acts[key] ?? (/^[1-9]$/.test(key) ? () => cues.go(+key - 1) : null);
    if (!act || !(stage.part() || act === stage.leave)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (act !== stage.leave) stage.fill();
    void act();
  }
  window.addEventListener("keydown", pressed, { capture: true, signal });
}
