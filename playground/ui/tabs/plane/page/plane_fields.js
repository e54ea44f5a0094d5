// What is known all over the plane at one level: where noise leads, how far a guess is off, how dense samples lie.
const middle = (field, i) => field.reach * ((2 * i + 1) / field.cells - 1);
const LONG = 2.2, DENSE = 64; // what is drawn as the longest arrow; cells a side of the samples' density

// A denoiser's guesses of x0 on the grid at one angle, between the two kept angles next to it.
function guessAt(field, phi) {
  const n = 2 * field.cells * field.cells, place = phi / (Math.PI / 2) * (field.turns - 1);
  const k = Math.min(field.turns - 2, Math.floor(place)), part = place - k, guess = new Float32Array(n);
  for (let i = 0; i < n; i++) guess[i] = (1 - part) * field.x0[k * n + i] + part * field.x0[(k + 1) * n + i];
  return guess;
}
// From u and its guess towards less noise: minus the velocity du/dphi; or sigma times the score.
function leading(phi, what) {
  const cos = Math.cos(phi), sin = Math.max(0.03, Math.sin(phi));
  return what === "score" ? (u, x0) => (cos * x0 - u) / sin : (u, x0) => (x0 - cos * u) / sin;
}
function arrows(b, field, phi, scale, what) {
  const { g } = b, n = field.cells, guess = guessAt(field, phi), lead = leading(phi, what);
  const cell = 2 * b.unit * field.reach / n * scale, unit = b.unit * scale;
  g.strokeStyle = isDark() ? "#e2e8f0" : "#1e293b";
  g.lineWidth = 1.3;
  const faint = new Path2D(), clear = new Path2D(), likely = likelyAt(phi, n); // faint where hardly a point ever is
  for (let row = 0; row < n; row++) for (let column = 0; column < n; column++) {
    const ux = middle(field, column), uy = middle(field, row), i = 2 * (row * n + column), path = likely(i / 2) > 0.12 ? clear : faint;
    if (Math.max(Math.abs(ux), Math.abs(uy)) * scale > b.reach) continue;
    let dx = lead(ux, guess[i]), dy = lead(uy, guess[i + 1]);
    const long = Math.hypot(dx, dy), shown = cell * 0.9 * Math.min(1, long / LONG);
    if (shown < 1) continue;
    dx *= shown / long; dy *= shown / long;
    const x = b.half + ux * unit - dx / 2, y = b.half - uy * unit + dy / 2;
    path.moveTo(x, y); path.lineTo(x + dx, y - dy);
    tip(path, x + dx, y - dy, dx, -dy, Math.min(4, shown / 2.5));
  }
  for (const [path, share] of [[faint, 0.25], [clear, 0.7]]) { g.globalAlpha = share; g.stroke(path); }
  g.globalAlpha = 1;
}
function tip(g, x, y, dx, dy, size) {
  const way = Math.atan2(dy, dx);
  g.moveTo(x - size * Math.cos(way - 0.5), y - size * Math.sin(way - 0.5)); g.lineTo(x, y);
  g.lineTo(x - size * Math.cos(way + 0.5), y - size * Math.sin(way + 0.5));
}

// How likely points are in cell i of a grid of n a side, as a root, so that the tails count, of the likeliest.
function likelyAt(phi, n) {
  const { values, cells, turns } = cloud.density, turn = Math.round(phi / (Math.PI / 2) * (turns - 1)) * cells * cells;
  const dense = (i) => Math.floor((i + 0.5) / n * cells);
  return (i) => values[turn + dense(Math.floor(i / n)) * cells + dense(i % n)] / 255;
}

// Lines along the field, as long in u wherever they begin, with a tip at their ends.
function streams(b, field, phi, scale, what) {
  const { g } = b, n = field.cells, guess = guessAt(field, phi), lead = leading(phi, what), unit = b.unit * scale;
  const between = (ux, uy) => { // the guess at u, from the four cells around it
    const place = [ux, uy].map((v) => Math.max(0, Math.min(n - 1.001, (v / field.reach + 1) * n / 2 - 0.5)));
    const [c, r] = place.map(Math.floor), [p, q] = [place[0] - c, place[1] - r];
    return [0, 1].map((j) => {
      const at = (row, column) => guess[2 * (row * n + column) + j];
      return (1 - q) * ((1 - p) * at(r, c) + p * at(r, c + 1)) + q * ((1 - p) * at(r + 1, c) + p * at(r + 1, c + 1));
    });
  };
  g.strokeStyle = isDark() ? "#e2e8f0" : "#1e293b";
  g.globalAlpha = 0.55; g.lineWidth = 1.2;
  g.beginPath();
  const every = 0.42, step = 0.06, most = 14, end = b.reach / scale;
  for (let row = -end + every / 2, odd = 0; row < end; row += every, odd = 1 - odd) for (let column = -end + every * (0.25 + odd / 2); column < end; column += every) {
    let ux = column, uy = row, dx = 0, dy = 0;
    g.moveTo(b.half + ux * unit, b.half - uy * unit);
    for (let i = 0; i < most; i++) {
      const [gx, gy] = between(ux, uy), [vx, vy] = [lead(ux, gx), lead(uy, gy)], long = Math.hypot(vx, vy);
      if (long < 0.05) break; // it has arrived
      const far = step * Math.min(1, long / 0.5);
      dx = vx / long; dy = vy / long;
      ux += dx * far; uy += dy * far;
      g.lineTo(b.half + ux * unit, b.half - uy * unit);
    }
    if (Math.hypot(ux - column, uy - row) * unit > 7) tip(g, b.half + ux * unit, b.half - uy * unit, dx, -dy, 4);
  }
  g.stroke();
  g.globalAlpha = 1;
}

// How far the network's guess is from the exact one: clear where they agree, or where nothing ever is.
function errors(b, learned, exact, phi, scale) {
  const n = exact.cells, one = guessAt(learned, phi), other = guessAt(exact, phi), likely = likelyAt(phi, n);
  lay(b, tint(n, "#dc2626", (i) => {
    const far = Math.hypot(one[2 * i] - other[2 * i], one[2 * i + 1] - other[2 * i + 1]);
    return 210 * Math.min(1, far) * Math.min(1, 2.5 * likely(i));
  }), exact.reach, scale);
}
// The density of particles at u: counted in cells, and blurred.
function spread(b, u, count, scale, ink) {
  const n = DENSE, reach = b.reach / scale;
  let grid = new Float32Array(n * n);
  for (let i = 0; i < count; i++) {
    const [column, row] = [u[2 * i], u[2 * i + 1]].map((v) => Math.floor((v / reach + 1) * n / 2));
    if (Math.min(row, column) >= 0 && Math.max(row, column) < n) grid[row * n + column] += 1;
  }
  for (const far of [1, n, 1, n]) { // binomial, twice each way
    const soft = new Float32Array(n * n);
    for (let i = 0; i < n * n; i++) soft[i] = (grid[i - far] ?? 0) / 4 + grid[i] / 2 + (grid[i + far] ?? 0) / 4;
    grid = soft;
  }
  const most = Math.max(...grid, 1e-9);
  lay(b, tint(n, ink, (i) => 200 * Math.sqrt(grid[i] / most)), reach, scale);
}
