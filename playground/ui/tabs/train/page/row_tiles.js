// @ts-check
// Rows of pictures as Python lays them: side by side in one PNG, two pixels apart.

const GAP = 2;

/** @param {string} png base64 @returns {Promise<HTMLImageElement>} */
export async function rowOf(png) {
  const image = new Image();
  image.src = png.startsWith("data:") ? png : `data:image/png;base64,${png}`;
  await image.decode();
  return image;
}

/** @param {HTMLImageElement} row */
export const countOf = (row) => Math.floor((row.naturalWidth + GAP) / (row.naturalHeight + GAP));

/**
 * Paint the k-th picture of a row onto this canvas, pixel by pixel; the style sheet enlarges it.
 * @param {HTMLCanvasElement} tile
 * @param {HTMLImageElement} row
 * @param {number} k
 */
export function paintOne(tile, row, k) {
  const side = row.naturalHeight;
  if (tile.width !== side || tile.height !== side) tile.width = tile.height = side;
  tile.getContext("2d")?.drawImage(row, k * (side + GAP), 0, side, side, 0, 0, side, side);
}

/** @param {HTMLCanvasElement} tile */
export const clearOne = (tile) => tile.getContext("2d")?.clearRect(0, 0, tile.width, tile.height);
