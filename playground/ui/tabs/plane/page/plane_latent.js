// The decoder beside the plane: what the two numbers of a particle stand for, and of three on their way.
const CELL = 44, BIG = 128, PICKED = ["#e11d48", "#0ea5e9", "#16a34a"];
let picks = [0, 1, 2], pointed = null, centres = []; // pointed: [x, y] in standard coordinates
const seen = {}; // what each picture shows: u, count and scale
const sheet = document.createElement("canvas");

function takeDecoder(told) {
  $(".boards").classList.toggle("latent", !!told);
  $(".decoded").hidden = !told;
  pointed = null;
  centres = [];
  for (const [i, kind] of (cloud.labels ?? []).entries()) {
    const sum = (centres[kind] ??= [0, 0, 0]);
    sum[0] += cloud.x0[2 * i]; sum[1] += cloud.x0[2 * i + 1]; sum[2] += 1;
  }
  return told && { ...told, mean: singles(told.mean), axes: singles(told.axes) };
}
function decodeAt(g, point, left, top, side) {
  const { mean, axes, side: n } = cloud.decoder, dark = isDark();
  sheet.width = sheet.height = n;
  const pen = sheet.getContext("2d"), image = pen.createImageData(n, n);
  for (let i = 0; i < n * n; i++) {
    const ink = Math.max(0, Math.min(1, mean[i] + point[0] * axes[i] + point[1] * axes[n * n + i]));
    const shade = 255 * (dark ? ink : 1 - ink);
    image.data.set([shade, shade, shade, 255], 4 * i);
  }
  pen.putImageData(image, 0, 0);
  g.imageSmoothingEnabled = false;
  g.drawImage(sheet, left, top, side, side);
  g.strokeStyle = "rgba(128,128,128,.5)"; g.lineWidth = 1;
  g.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
}
function particleAt(i, phi) { // its standard coordinates at this angle of its path
  const { k, part } = momentAt(made.angles, phi), n = 2 * made.count, wide = made.radii[k] + part * (made.radii[k + 1] - made.radii[k]);
  return [0, 1].map((j) => wide * ((1 - part) * made.u[k * n + 2 * i + j] + part * made.u[(k + 1) * n + 2 * i + j]));
}
function drawDecoded(phi) {
  if (!cloud.decoder) return;
  const canvas = $(".decoded"), ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  if (!w) return;
  canvas.width = w * ratio; canvas.height = h * ratio;
  const g = canvas.getContext("2d"), ink = getComputedStyle(element).color;
  g.scale(ratio, ratio);
  g.font = "15px system-ui, sans-serif"; g.fillStyle = ink;
  g.fillText(`2 numbers keep ${(100 * cloud.decoder.share).toFixed(0)}% of the variance of ${cloud.decoder.side ** 2} pixels`, 4, 16, w - 8);
  decodeAt(g, pointed ?? [0, 0], 4, 28, BIG);
  g.font = "13px system-ui, sans-serif"; g.fillStyle = ink;
  g.fillText(pointed ? "under the pointer" : "the mean digit", 4, 28 + BIG + 17);
  const left = BIG + 28, columns = Math.max(2, Math.min(12, Math.floor((w - left) / CELL)));
  canvas.dataset.shown = made ? picks.length * columns : 0;
  if (!made) { g.fillText("Train, and see particles become digits.", left, 96, w - left); return; }
  const from = made.angles[0], to = made.angles.at(-1);
  const now = Math.round((columns - 1) * Math.min(1, Math.max(0, (from - phi) / (from - to))));
  for (const [row, i] of picks.entries()) for (let c = 0; c < columns; c++) {
    const x = left + c * CELL, y = 28 + row * CELL;
    decodeAt(g, particleAt(i % made.count, from + (to - from) * c / (columns - 1)), x, y, CELL - 4);
    if (c === now) { g.strokeStyle = PICKED[row]; g.lineWidth = 3; g.strokeRect(x - 1, y - 1, CELL - 2, CELL - 2); }
  }
  g.fillStyle = ink;
  g.fillText("noise", left, 28 + BIG + 17);
  g.textAlign = "right"; g.fillText("clean", left + columns * CELL - 4, 28 + BIG + 17); g.textAlign = "left";
}
function nameDigits(b, share) { // each class at its middle, while it can be told
  if (!cloud.decoder || share < 0.3) return;
  b.g.font = "bold 22px system-ui, sans-serif"; b.g.textAlign = "center"; b.g.lineWidth = 5;
  b.g.strokeStyle = pageColour(element);
  for (const [kind, [x, y, n]] of centres.entries()) {
    const place = [String(cloud.class_names[kind]), b.half + share * x / n * b.unit, b.half - share * y / n * b.unit + 8];
    b.g.strokeText(...place);
    b.g.fillStyle = inks()[kind];
    b.g.fillText(...place);
  }
  b.g.textAlign = "left";
}
function rings(b) { // which particles the rows follow
  if (!cloud.decoder) return;
  const { u: spots, scale } = seen.made;
  for (const [row, i] of picks.entries()) {
    b.g.strokeStyle = PICKED[row]; b.g.lineWidth = 3;
    b.g.beginPath();
    b.g.arc(b.half + spots[2 * (i % made.count)] * b.unit * scale, b.half - spots[2 * (i % made.count) + 1] * b.unit * scale, 8, 0, 7);
    b.g.stroke();
  }
}
function listen(which) {
  const canvas = $(`.${which}`), nearest = (event) => {
    const shown = seen[which];
    if (!cloud?.decoder || !shown || pad.on) return null;
    const box = canvas.getBoundingClientRect(), at = (part) => REACH * (2 * part - 1) / shown.scale;
    const x = at((event.clientX - box.left) / box.width), y = -at((event.clientY - box.top) / box.height);
    let best = 0, far = Infinity;
    for (let i = 0; i < shown.count; i++) {
      const away = (shown.u[2 * i] - x) ** 2 + (shown.u[2 * i + 1] - y) ** 2;
      if (away < far) { far = away; best = i; }
    }
    pointed = [shown.u[2 * best] * shown.radius, shown.u[2 * best + 1] * shown.radius];
    again();
    return best;
  };
  canvas.addEventListener("pointermove", nearest);
  canvas.addEventListener("pointerdown", (event) => {
    const best = nearest(event);
    if (best !== null && which === "made") picks = [best, ...picks.filter((i) => i !== best)].slice(0, 3);
  });
}
