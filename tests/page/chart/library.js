// @ts-check
// A Plotly that writes down what it is asked for; the page's script tag hands it over.

/** @typedef {{ traces: Record<string, any>[], layout: Record<string, any> }} Drawing */

/** Stand in for Plotly; `fire` is what a person's pointer does to a drawn figure. */
export function library() {
  /** @type {[string, any[]][]} */
  const calls = [];
  /** @type {Record<string, (detail: any) => void>} */
  const heard = {};
  const note =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ ...args) =>
      void calls.push([name, args]);
  const Plotly = {
    Icons: {},
    Plots: { resize: async () => {} },
    register: note("register"),
    purge: note("purge"),
    react: async (/** @type {any[]} */ ...args) => {
      calls.push(["react", args]);
      args[0].on = (/** @type {string} */ event, /** @type {(detail: any) => void} */ then) =>
        void (heard[event] = then);
    },
  };
  Object.assign(window, { Plotly });
  const append = document.head.append.bind(document.head);
  document.head.append = (/** @type {any[]} */ ...nodes) => {
    for (const node of nodes) queueMicrotask(() => node.onload?.());
  };
  Object.defineProperty(HTMLElement.prototype, "getClientRects", {
    value: () => [1],
    configurable: true,
  });
  return {
    calls,
    fire: (/** @type {string} */ event, /** @type {any} */ detail) => heard[event]?.(detail),
    /** @returns {Drawing} what was drawn last */
    last: () => {
      const [, traces, layout] = calls.filter(([name]) => name === "react").at(-1)?.[1] ?? [];
      return { traces, layout };
    },
    restore: () => void (document.head.append = append),
  };
}
