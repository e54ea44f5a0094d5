// @ts-check
// Ask whether runs have changed, and have the tab brought up to date when they have: while it is
// open, and once when it is opened, since what was sent before may be lost.
import { isSeen } from "../../../page/kit/dom.js";

const AGAIN = 700; // milliseconds between two questions

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, server, trigger, watch, signal }) {
  /** @type {string | null} */
  let shown = null;
  let isAsking = false;

  async function ask() {
    if (isAsking) return;
    if (!isSeen(element.closest("[role=tabpanel]")) || document.hidden) {
      shown = null;
      return;
    }
    isAsking = true;
    const { stamp } = await server.stamp(JSON.stringify({ run: props.run })).catch(() => ({}));
    isAsking = false;
    if (signal.aborted || stamp === undefined || stamp === shown) return;
    shown = stamp;
    trigger("change");
  }

  watch("run", ask);
  const timer = setInterval(ask, AGAIN);
  signal.addEventListener("abort", () => clearInterval(timer));
}
