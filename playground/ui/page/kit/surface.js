// @ts-check
// The one drawing layer of canvases: it knows the screen's pixels, the least size of letters, the
// theme's ink and the page's language, so that whoever draws thinks in pixels of the page.
import { leastText, pixelRatio, whenLooksChange } from "./looks.js";

const FONT = "system-ui, sans-serif";

/**
 * What a drawing is made with: pixels of the page, from the upper left corner.
 * @typedef {object} Surface
 * @property {CanvasRenderingContext2D} pen
 * @property {number} width
 * @property {number} height
 * @property {number} ratio pixels of the screen in one of the page
 * @property {string} ink the theme's colour of text
 * @property {(size?: number, weight?: string) => number} font choose letters; their size then
 * @property {(text: string, x: number, y: number, align?: CanvasTextAlign) => void} write
 */

/**
 * Return a canvas ready to be drawn on anew, or null while nobody can see it.
 * @param {HTMLCanvasElement} canvas
 * @returns {Surface | null}
 */
export function surface(canvas) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const pen = canvas.getContext("2d");
  if (!width || !height || !pen) return null;
  const ratio = pixelRatio(canvas);
  const wide = Math.round(width * ratio);
  const high = Math.round(height * ratio);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const ink = getComputedStyle(canvas).color;
  const least = leastText(canvas);
  /** @param {number} size @param {string} weight */
  const font = (size = 13, weight = "") => {
    const shown = Math.max(size, least);
    pen.font = `${weight} ${shown}px ${FONT}`.trim();
    return shown;
  };
  font();
  pen.fillStyle = pen.strokeStyle = ink;
  return {
    pen,
    width,
    height,
    ratio,
    ink,
    font,
    write(text, x, y, align = "left") {
      pen.textAlign = align;
      pen.fillText(text, x, y);
    },
  };
}

/**
 * Keep a canvas drawn: now, and whenever its size, theme, language or stage is another.
 * @param {HTMLCanvasElement} canvas
 * @param {(surface: Surface) => void} draw
 * @param {AbortSignal} signal
 * @returns {() => void} draw again
 */
export function drawing(canvas, draw, signal) {
  const again = () => {
    const ready = surface(canvas);
    if (ready) draw(ready);
  };
  whenLooksChange(canvas, again, signal);
  again();
  return again;
}
