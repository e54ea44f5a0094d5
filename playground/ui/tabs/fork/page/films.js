// @ts-check
// Films that branch: their order, and where each begins along the way from noise to clean.

/**
 * @typedef {import("./contracts.js").ForkFrame} Frame
 * @typedef {import("./contracts.js").FilmTold & { frames: Frame[] }} Film
 * @typedef {Map<number, Film>} Films by their numbers
 */

/**
 * Return every film, each followed by its branches.
 * @param {Films} films
 */
export function inOrder(films) {
  /** @param {number | null} parent @returns {Film[]} */
  const after = (parent) =>
    [...films.values()]
      .filter((film) => film.parent === parent)
      .flatMap((film) => [film, ...after(film.number)]);
  return after(null);
}

/**
 * Where a film begins, from 0 at noise to 1 at clean.
 * @param {Films} films
 * @param {Film} film
 */
export function begins(films, film) {
  const parent = parentOf(films, film);
  return parent ? along(films, parent, film.step) : 0;
}

/**
 * Where a film is at a step, from 0 at noise to 1 at clean.
 * @param {Films} films
 * @param {Film} film
 * @param {number} step
 * @returns {number}
 */
export function along(films, film, step) {
  const from = begins(films, film);
  return from + ((1 - from) * step) / Math.max(1, film.total);
}

/** @param {Films} films @param {Film} film */
export const parentOf = (films, film) =>
  film.parent === null ? undefined : films.get(film.parent);

/**
 * The guess at a step: a branch made none where it begins, its parent did there.
 * @param {Films} films
 * @param {Film} film
 * @param {number} step
 */
export function guessAt(films, film, step) {
  const own = film.frames[step]?.x0;
  if (own || step || film.painted) return own ?? "";
  return parentOf(films, film)?.frames[film.step]?.x0 ?? "";
}

/**
 * Take news of a film in; return it, and whether it begins.
 * @param {Films} films
 * @param {import("./contracts.js").ForkNews} news
 */
export function takeIn(films, { film: about, frames }) {
  const isNew = !films.has(about.number);
  const film = { ...about, frames: films.get(about.number)?.frames ?? [] };
  for (const frame of frames) film.frames[frame.index] = frame;
  films.set(about.number, film);
  return { film, isNew };
}
