// @ts-check
// A page without a browser: parts are mounted as the app mounts them, on happy-dom, with a pen
// that writes down what is drawn.
import { existsSync, readFileSync } from "node:fs";
import { afterEach } from "node:test";
import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/" });
const shared = ["document", "localStorage", "location", "history", "navigator", "Node", "Element"];
const kinds = ["Event", "CustomEvent", "MutationObserver", "HTMLElement", "getComputedStyle"];
for (const name of [...shared, ...kinds, ...Object.getOwnPropertyNames(window)]) {
  if (!(name in globalThis) || shared.includes(name) || kinds.includes(name)) {
    Object.defineProperty(globalThis, name, {
      value: /** @type {any} */ (window)[name],
      configurable: true,
      writable: true,
    });
  }
}
globalThis.window = /** @type {any} */ (window);

const UI = new URL("../../playground/ui/", import.meta.url);

/** @typedef {{ name: string, args: any[] }} Stroke */

/** Have canvases of this size, whose pens remember what was called on them. */
export function pens({ width = 300, height = 200 } = {}) {
  /** @type {Stroke[]} */
  const strokes = [];
  const pen = new Proxy(/** @type {Record<string, any>} */ ({}), {
    get: (own, name) => {
      if (typeof name === "symbol" || name in own) return own[/** @type {string} */ (name)];
      if (name === "measureText")
        return (/** @type {string} */ text) => ({ width: 7 * text.length });
      return (/** @type {any[]} */ ...args) => void strokes.push({ name, args });
    },
  });
  const canvas = /** @type {any} */ (window).HTMLCanvasElement.prototype;
  canvas.getContext = () => pen;
  for (const [name, value] of Object.entries({ clientWidth: width, clientHeight: height })) {
    Object.defineProperty(canvas, name, { get: () => value, configurable: true });
  }
  return {
    strokes,
    texts: () => strokes.filter((s) => s.name === "fillText").map((s) => s.args[0]),
  };
}

/** @type {Set<() => void>} */
const leaves = new Set();
afterEach(() => leaves.forEach((leave) => leave()));

/**
 * Mount a part, "tabs/live/page/live_board", and return what a test needs to drive it.
 * @param {string} name
 * @param {Record<string, any>} props
 * @param {Record<string, (...values: any[]) => any>} [server]
 */
export async function mounted(name, props, server = {}) {
  const { mount } = await import(new URL(`${name}.js`, UI).href);
  const element = document.createElement("div");
  const template = new URL(`${name}.html`, UI);
  if (existsSync(template)) element.innerHTML = readFileSync(template, "utf8");
  document.body.append(element);
  /** @type {[string[], () => void][]} */
  const watchers = [];
  /** @type {{ event: string, detail: any }[]} */
  const events = [];
  const leaving = new AbortController();
  const leave = () => {
    element.remove();
    leaving.abort();
    leaves.delete(leave);
  };
  leaves.add(leave);
  const asked = Object.fromEntries(
    Object.entries(server).map(([key, answer]) => [
      key,
      async (/** @type {any[]} */ ...v) => answer(...v),
    ]),
  );
  mount({
    element,
    props,
    server: asked,
    signal: leaving.signal,
    trigger: (/** @type {string} */ event, /** @type {any} */ detail) =>
      events.push({ event, detail }),
    watch: (/** @type {string | string[]} */ names, /** @type {() => void} */ changed) =>
      watchers.push([[names].flat(), changed]),
    upload: async () => ({ path: "", url: "" }),
  });
  return {
    element,
    props,
    events,
    /** What Python sends. @param {Record<string, any>} change */
    send(change) {
      Object.assign(props, change);
      for (const [names, changed] of watchers) {
        if (names.some((one) => one in change)) changed();
      }
    },
    leave,
  };
}

/** Wait until promises that are due have been kept. */
export const settled = () => new Promise((done) => setTimeout(done, 0));
