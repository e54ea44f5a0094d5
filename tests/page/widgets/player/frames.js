// @ts-check
// Frames of a film as Python sends them, small.

/** @typedef {import("../../../../playground/ui/widgets/player/page/film.js").Frame} Frame */

/** @param {number} index @param {number} total @param {Partial<Frame>} [more] @returns {Frame} */
export const frame = (index, total, more = {}) => ({
  index,
  total,
  w: 1,
  h: 1,
  x: btoa("\x00\x80\xff"),
  x0: index ? btoa("\xff\x80\x00") : "",
  bands_x: [1, 0.5, 0, -1],
  bands_x0: index ? [1, 0, -1, -2] : null,
  floor: 0.3,
  asked: index ? [[index, 2, 2]] : [],
  text: { key: `step ${index}` },
  ideal: null,
  effective: null,
  pictures: null,
  ...more,
});
