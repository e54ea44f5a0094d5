// Drawing in the plane: all positions are u = x / r, from -reach to reach, y upwards.
const INKS = ["#4f46e5", "#d55e00", "#009e73", "#cc79a7", "#b8860b"]; // classes; readable on light and dark
const NIGHT = ["#a5b4fc", "#ff9d4d", "#3ddbab", "#f0a6cf", "#ffd24d"];
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

// A canvas as sharp as the screen, with unit() pixels to a unit of u, drawn at `scale` times u.
function board(canvas, reach) {
  const ratio = window.devicePixelRatio || 1, side = canvas.clientWidth;
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
  const n = grids.cells, made = document.createElement("canvas");
  made.width = made.height = n;
  const g = made.getContext("2d"), image = g.createImageData(n, n), [r, gr, b] = rgb(ink);
  for (let row = 0; row < n; row++) for (let column = 0; column < n; column++) {
    const at = 4 * ((n - 1 - row) * n + column);
    image.data.set([r, gr, b, grids.values[k * n * n + row * n + column] * 0.6], at);
  }
  g.putImageData(image, 0, 0);
  tinted.set(key, made);
  return made;
}
function heat(b, grids, phi, scale, ink) {
  const place = phi / (Math.PI / 2) * (grids.turns - 1), k = Math.min(grids.turns - 2, Math.floor(place)), part = place - k;
  const side = b.side * scale * grids.reach / b.reach, corner = b.half - side / 2;
  b.g.imageSmoothingEnabled = true;
  b.g.imageSmoothingQuality = "low";
  for (const [grid, share] of [[k, 1 - part], [k + 1, part]]) {
    if (share < 0.01) continue;
    b.g.globalAlpha = share;
    b.g.drawImage(shade(grids, grid, ink), corner, corner, side, side);
  }
  b.g.globalAlpha = 1;
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

// A denoiser's guesses of x0 on the grid at one angle, between the two kept angles next to it.
function guessAt(field, phi) {
  const n = 2 * field.cells * field.cells, place = phi / (Math.PI / 2) * (field.turns - 1);
  const k = Math.min(field.turns - 2, Math.floor(place)), part = place - k, made = new Float32Array(n);
  for (let i = 0; i < n; i++) made[i] = (1 - part) * field.x0[k * n + i] + part * field.x0[(k + 1) * n + i];
  return made;
}
const middle = (field, i) => field.reach * ((2 * i + 1) / field.cells - 1);

function arrows(b, field, phi, scale, what) {
  const { g } = b, n = field.cells, guess = guessAt(field, phi), cos = Math.cos(phi), sin = Math.max(0.03, Math.sin(phi));
  const cell = 2 * b.unit * field.reach / n * scale, unit = b.unit * scale;
  g.strokeStyle = isDark() ? "#e2e8f0" : "#1e293b";
  g.globalAlpha = 0.7;
  g.lineWidth = 1.3;
  g.beginPath();
  for (let row = 0; row < n; row++) for (let column = 0; column < n; column++) {
    const ux = middle(field, column), uy = middle(field, row), i = 2 * (row * n + column);
    if (Math.max(Math.abs(ux), Math.abs(uy)) * scale > b.reach) continue;
    // towards less noise: minus the velocity du/dphi; or sigma times the score
    const score = what === "score";
    let dx = score ? (cos * guess[i] - ux) / sin : (guess[i] - cos * ux) / sin;
    let dy = score ? (cos * guess[i + 1] - uy) / sin : (guess[i + 1] - cos * uy) / sin;
    const long = Math.hypot(dx, dy), shown = cell * 0.9 * Math.min(1, long / 2.2);
    if (shown < 1) continue;
    dx *= shown / long; dy *= shown / long;
    const x = b.half + ux * unit - dx / 2, y = b.half - uy * unit + dy / 2, tip = Math.min(4, shown / 2.5);
    const ex = x + dx, ey = y - dy, back = Math.atan2(-dy, dx);
    g.moveTo(x, y); g.lineTo(ex, ey);
    g.moveTo(ex - tip * Math.cos(back - 0.5), ey - tip * Math.sin(back - 0.5)); g.lineTo(ex, ey);
    g.lineTo(ex - tip * Math.cos(back + 0.5), ey - tip * Math.sin(back + 0.5));
  }
  g.stroke();
  g.globalAlpha = 1;
}

// How far the network's guess is from the exact one: clear where they agree.
function errors(b, learned, exact, phi, scale) {
  const n = exact.cells, one = guessAt(learned, phi), other = guessAt(exact, phi);
  const made = document.createElement("canvas");
  made.width = made.height = n;
  const g = made.getContext("2d"), image = g.createImageData(n, n);
  for (let row = 0; row < n; row++) for (let column = 0; column < n; column++) {
    const i = 2 * (row * n + column), far = Math.hypot(one[i] - other[i], one[i + 1] - other[i + 1]);
    image.data.set([220, 38, 38, 190 * Math.min(1, far / 1.2)], 4 * ((n - 1 - row) * n + column));
  }
  g.putImageData(image, 0, 0);
  b.g.imageSmoothingEnabled = true;
  const side = b.side * scale * exact.reach / b.reach;
  b.g.drawImage(made, b.half - side / 2, b.half - side / 2, side, side);
}
