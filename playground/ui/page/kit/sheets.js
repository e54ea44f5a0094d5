// @ts-check
// Sheets of pictures: raw RGB in base64 onto canvases, and where each picture lies on a sheet.

/**
 * Return raw RGB as an image.
 * @param {Uint8Array} rgb
 * @param {number} width
 * @param {number} height
 * @param {number} [from] the byte at which it begins
 */
export function imageOf(rgb, width, height, from = 0) {
  const image = new ImageData(width, height);
  for (let i = from, j = 0; j < image.data.length; i += 3, j += 4) {
    image.data[j] = rgb[i];
    image.data[j + 1] = rgb[i + 1];
    image.data[j + 2] = rgb[i + 2];
    image.data[j + 3] = 255;
  }
  return image;
}

/** @param {string} text base64 */
export const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/**
 * Give a canvas this size in its own pixels; the same size leaves what is on it.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
function resize(canvas, width, height) {
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}

/** @param {HTMLCanvasElement} canvas */
const penOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

/**
 * Paint a sheet; nothing clears the canvas before. No text: an empty sheet.
 * @param {HTMLCanvasElement} canvas
 * @param {string} text RGB in base64
 * @param {number} [width]
 * @param {number} [height]
 */
export function paintSheet(canvas, text, width = canvas.width, height = canvas.height) {
  if (text) {
    const image = imageOf(bytes(text), width, height);
    resize(canvas, width, height);
    penOf(canvas).putImageData(image, 0, 0);
  } else {
    resize(canvas, width, height);
    penOf(canvas).clearRect(0, 0, canvas.width, canvas.height);
  }
}

/**
 * Lay pictures that came one below the other out as a square sheet; gaps of a pixel stay clear.
 * @param {HTMLCanvasElement} canvas
 * @param {{ x: string, w: number, h: number, count: number }} sheet h: of all together
 */
export function paintSquare(canvas, { x, w, h, count }) {
  const rgb = bytes(x);
  const high = h / count;
  const { columns, rows } = shapeOf(count);
  canvas.width = columns * (w + 1) - 1;
  canvas.height = rows * (high + 1) - 1;
  const pen = penOf(canvas);
  for (let n = 0; n < count; n++) {
    const image = imageOf(rgb, w, high, n * w * high * 3);
    pen.putImageData(image, (n % columns) * (w + 1), Math.floor(n / columns) * (high + 1));
  }
}

/**
 * How many columns and rows a sheet of so many pictures has.
 * @param {number} count
 */
export function shapeOf(count) {
  const columns = Math.max(1, Math.ceil(Math.sqrt(count)));
  return { columns, rows: Math.max(1, Math.ceil(count / columns)) };
}

/**
 * Return the number, from 0, of the picture at a place of a sheet; null beside all of them.
 * @param {number} count
 * @param {number} x from 0 to 1 across the sheet
 * @param {number} y from 0 to 1 down
 */
export function pictureAt(count, x, y) {
  const { columns, rows } = shapeOf(count);
  if (x < 0 || y < 0 || x >= 1 || y >= 1) return null;
  const number = Math.floor(y * rows) * columns + Math.floor(x * columns);
  return number < count ? number : null;
}

/**
 * Where a pointer is on a canvas whose sheet is shown whole amid it (object-fit: contain).
 * @param {{ clientX: number, clientY: number }} event
 * @param {HTMLCanvasElement} canvas
 * @returns {[number, number]} from 0 to 1 across and down the sheet
 */
export function placeOn(event, canvas) {
  const box = canvas.getBoundingClientRect();
  const scale = Math.min(box.width / canvas.width, box.height / canvas.height);
  const [wide, high] = [canvas.width * scale, canvas.height * scale];
  return [
    (event.clientX - box.left - (box.width - wide) / 2) / wide,
    (event.clientY - box.top - (box.height - high) / 2) / high,
  ];
}

/**
 * Draw a frame around one picture of the sheet that is painted here.
 * @param {HTMLCanvasElement} canvas
 * @param {number} count
 * @param {number} number from 0
 * @param {string} colour
 */
export function frameOne(canvas, count, number, colour) {
  const { columns, rows } = shapeOf(count);
  const w = (canvas.width + 1) / columns;
  const h = (canvas.height + 1) / rows;
  const pen = penOf(canvas);
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  const row = Math.floor(number / columns);
  pen.strokeRect((number % columns) * w - 0.5, row * h - 0.5, w, h);
}
