// @ts-check
// Plotly, out of the installed package, fetched when a plot is first seen.

/** @typedef {any} Plotly the library; it ships no types */

/** @type {Promise<Plotly> | null} */
let loading = null;

/**
 * Return the library; it is fetched and read once.
 * @returns {Promise<Plotly>}
 */
export function plotly() {
  loading ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = new URL("../vendor/plotly.min.js", import.meta.url).href;
    script.onload = () => {
      const page = /** @type {any} */ (window);
      done(page.Plotly ?? page.moduleName);
    };
    script.onerror = () => {
      loading = null; // a server that comes back is asked anew
      script.remove();
      fail(new Error("Plotly could not be fetched."));
    };
    document.head.append(script);
  });
  return loading;
}
