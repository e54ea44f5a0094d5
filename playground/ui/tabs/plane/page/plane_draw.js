// Drawing in the plane: all positions are u = x / r, from -reach to reach, y upwards.
const INKS = ["#4f46e5", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#dc2626", "#737373", "#78350f", "#4d7c0f"]; // classes; readable on light and dark
const NIGHT = ["#a5b4fc", "#ff9d4d", "#3ddbab", "#f0a6cf", "#ffd24d", "#7dd3fc", "#f87171", "#d4d4d4", "#c08457", "#bef264"];
const HALVES = new Float32Array(65536);
for (let h = 0; h < 65536; h++) {
  const sign = h & 32768 ? -1 : 1, power = (h >> 10) & 31, rest = h & 1023;
  HALVES[h] = sign * (power ? 2 ** (power - 15) * (1 + rest / 1024) : 2 ** -14 * rest / 1024);
}
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const halves = (text) => Float32Array.from(new Uint16Array(bytes(text).buffer), (h) => HALVES[h]);
const singles = (text) => new Float32Array(bytes(text).buffer);
const isDark = () => document.body.classList.contains("dark");
const inks = () => (isDark() ? NIGHT : INKS);
const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

// A canvas as sharp as the screen (in a film as many pixels as data-side says), with unit() pixels to a unit of u, drawn at `scale` times u.
function board(canvas, reach) {
  const film = +canvas.dataset.side, ratio = film ? 1 : window.devicePixelRatio || 1, side = film || canvas.clientWidth;
  if (!side) return null;
  const sharp = Math.round(side * ratio);
  if (canvas.width !== sharp || canvas.height !== sharp) canvas.width = canvas.height = sharp;
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, side, side);
  return { g, side, half: side / 2, unit: side / 2 / reach, reach };
}

// The density at one angle: the two grids next to it, one over the other.
const tinted = new Map();
function shade(grids, k, ink) {
  const key = `${grids.id} ${k} ${ink}`;
  if (tinted.has(key)) return tinted.get(key);
  if (tinted.size > 80) tinted.clear();
  const n = grids.cells, made = tint(n, ink, (i) => grids.values[k * n * n + i] * 0.6);
  tinted.set(key, made);
  return made;
}
// Cells of one colour, n a side, the lowest row first, each as opaque as it says (0 to 255).
function tint(n, ink, opaque) {
  const made = document.createElement("canvas"), colour = rgb(ink);
  made.width = made.height = n;
  const g = made.getContext("2d"), image = g.createImageData(n, n);
  for (let i = 0; i < n * n; i++) image.data.set([...colour, opaque(i)], 4 * ((n - 1 - Math.floor(i / n)) * n + i % n));
  g.putImageData(image, 0, 0);
  return made;
}
function lay(b, grid, reach, scale, share = 1) {
  const side = b.side * scale * reach / b.reach, corner = b.half - side / 2;
  b.g.imageSmoothingEnabled = true;
  b.g.imageSmoothingQuality = "low";
  b.g.globalAlpha = share;
  b.g.drawImage(grid, corner, corner, side, side);
  b.g.globalAlpha = 1;
}
function heat(b, grids, phi, scale, ink) {
  const place = phi / (Math.PI / 2) * (grids.turns - 1), k = Math.min(grids.turns - 2, Math.floor(place)), part = place - k;
  for (const [grid, share] of [[k, 1 - part], [k + 1, part]]) {
    if (share > 0.01) lay(b, shade(grids, grid, ink), grids.reach, scale, share);
  }
}

// Points at u (2 numbers each), in the colours of their classes.
function dots(b, u, count, scale, labels, size, faint = 0.8) {
  const colours = inks(), { g, half } = b, unit = b.unit * scale, shift = half - size / 2;
  g.globalAlpha = faint;
  for (let kind = 0; kind < (labels ? colours.length : 1); kind++) {
    g.fillStyle = colours[kind];
    for (let i = 0; i < count; i++) {
      if (labels && labels[i] % colours.length !== kind) continue;
      g.fillRect(shift + u[2 * i] * unit, shift - u[2 * i + 1] * unit, size, size);
    }
  }
  g.globalAlpha = 1;
}
