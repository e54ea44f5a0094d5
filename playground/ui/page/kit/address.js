// @ts-check
// Addresses of what the app serves, wherever it stands: under a root path, behind a proxy.

/**
 * Return the whole address of a path below the app's root, "gradio_api/file=...".
 * @param {string} path
 * @returns {string}
 */
export function fromRoot(path) {
  const config = /** @type {any} */ (window).gradio_config;
  return new URL(path.replace(/^\//, ""), `${config?.root ?? location.origin}/`).href;
}
