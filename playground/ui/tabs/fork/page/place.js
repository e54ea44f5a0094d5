// @ts-check
// Where the page stands goes with a press of "Go on from here": the film, its step, what is painted
// there. Other programs send their own.

/**
 * @typedef {object} Place
 * @property {number} film
 * @property {number} step
 * @property {string} paint a PNG in a data: address; empty where nothing is painted
 * @property {boolean} opening whether the film is one that the tab opened with
 */

/** @type {Place | null} */
let place = null;

/** @param {Place | null} at nowhere while there is no film */
export function stand(at) {
  place = at;
}

/**
 * @param {null} _
 * @param {any} tree
 * @param {...any} sent film, step, paint, steps from here, settings, opening
 */
export function start(_, tree, ...sent) {
  if (!place) return [tree, ...sent];
  return [tree, place.film, place.step, place.paint, ...sent.slice(3, -1), place.opening];
}
