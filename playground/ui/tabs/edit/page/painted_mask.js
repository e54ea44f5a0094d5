// @ts-check
// The mask that is painted in the page goes with a press; other programs send their own.

let painted = "";

/** @param {string} mask as a PNG in a data: address; empty where nothing is painted */
export function keepMask(mask) {
  painted = mask;
}

/**
 * @param {null} _
 * @param {any} picture
 * @param {string} mask
 * @param {...any} rest
 */
export const start = (_, picture, mask, ...rest) => [picture, painted || mask, ...rest];
