// What the two pictures and the charts of the Plane tab show now; what it is lies in plane_answers.js.
function levelAt(t) {
  const n = levels.length / 2, place = t * (n - 1), k = Math.min(n - 2, Math.floor(place)), part = place - k;
  const at = (i) => (1 - part) * levels[i + k] + part * levels[i + k + 1];
  return { alpha: at(0), sigma: at(n) };
}
const angleOf = (level) => Math.atan2(level.sigma, level.alpha);
const scaleOf = (level) => Math.min(1, Math.hypot(level.alpha, level.sigma)); // wider ones are shrunk to the picture

let frame = 0;
function draw() {
  frame = 0;
  if (!cloud || !levels) return;
  const level = levelAt(+slider.value), phi = angleOf(level), scale = scaleOf(level);
  drawTruth(level, phi, scale);
  drawMade(phi, scale, Math.hypot(level.alpha, level.sigma));
  drawDecoded(phi);
  $(".level").textContent = `${(+slider.value).toFixed(3)} · alpha ${level.alpha.toFixed(3)} · sigma ${level.sigma < 10 ? level.sigma.toFixed(3) : level.sigma.toFixed(1)}`;
  element.dataset.drawn = (+(element.dataset.drawn ?? 0) + 1);
  if (performance.now() - changedAt < EASE) again();
}
function again() { if (!frame) frame = requestAnimationFrame(draw); }

const u = new Float32Array(10000);
function drawTruth(level, phi, scale) {
  const b = board($(".truth"), REACH);
  if (!b) return;
  if (pad.on) { dots(b, pad.points.flatMap((p) => [p[0], p[1]]), pad.points.length, 1, pad.points.map((p) => p[2]), 3); return; }
  if ($(".heat").value !== "none") heat(b, cloud.density, phi, scale, inks()[0]);
  const cos = Math.cos(phi), sin = Math.sin(phi);
  for (let i = 0; i < 2 * cloud.count; i++) u[i] = cos * cloud.x0[i] + sin * cloud.eps[i];
  seen.truth = { u, count: cloud.count, scale, radius: Math.hypot(level.alpha, level.sigma) };
  dots(b, u, cloud.count, scale, cloud.labels, 2, 0.75);
  nameDigits(b, cos * scale);
  if ($(".arrows").value !== "none") arrows(b, cloud.field, phi, scale, $(".arrows").value);
}

function momentAt(phi) { // between which two kept frames of the paths, and how far
  const angles = made.angles, last = angles.length - 1;
  let k = 0;
  while (k < last - 1 && angles[k + 1] > phi) k++;
  const part = Math.min(1, Math.max(0, (angles[k] - phi) / Math.max(1e-9, angles[k] - angles[k + 1])));
  return { k, part };
}
function drawMade(phi, scale, radius) {
  const b = board($(".made"), REACH);
  if (!b) return;
  $(".made-field").textContent = learned?.errors && shownField() ? `the guess of x0 misses the exact one by ${errorAt(phi).toFixed(3)} at this level` : "";
  if ($(".heat").value === "density") heat(b, cloud.density, phi, scale, inks()[0]);
  if ($(".heat").value === "error" && learned) errors(b, learned, cloud.field, phi, scale);
  if (!made) { note(b, "Press Train: noise turns into the cloud within seconds."); return; }
  const { k, part } = momentAt(phi), n = 2 * made.count, now = performance.now() - changedAt;
  const share = before && before.u.length === made.u.length ? Math.min(1, now / EASE) : 1;
  const at = (frame, i) => { const j = frame * n + i; return share < 1 ? before.u[j] + share * (made.u[j] - before.u[j]) : made.u[j]; };
  const spot = new Float32Array(n);
  for (let i = 0; i < n; i++) spot[i] = (1 - part) * at(k, i) + part * at(k + 1, i);
  if ($(".lines").value === "trails") trails(b, k, part, spot, scale, at);
  if ($(".lines").value === "guesses" && part < 1) guessLines(b, k, spot, scale);
  seen.made = { u: spot, count: made.count, scale, radius };
  dots(b, spot, made.count, scale, made.labels, made.count > 1500 ? 2 : 3, 0.9);
  rings(b);
  const field = $(".who").value === "exact" ? cloud.field : learned;
  if ($(".arrows").value !== "none" && field) arrows(b, field, phi, scale, $(".arrows").value);
}
const shownField = () => $(".heat").value === "error" || $(".arrows").value !== "none";
function errorAt(phi) {
  const place = phi / (Math.PI / 2) * (learned.turns - 1), k = Math.min(learned.turns - 2, Math.floor(place));
  return (1 - place + k) * learned.errors[k] + (place - k) * learned.errors[k + 1];
}
function trails(b, k, part, spot, scale, at) {
  if (k + part < 0.01) return;
  const { g, half, unit } = b, every = Math.max(1, Math.floor(made.count / 160));
  g.strokeStyle = isDark() ? "#94a3b8" : "#475569"; g.lineWidth = 1; g.globalAlpha = 0.35;
  g.beginPath();
  for (let i = 0; i < made.count; i += every) {
    for (let f = 0; f <= k; f++) {
      const s = made.scales[f] * unit, x = half + s * at(f, 2 * i), y = half - s * at(f, 2 * i + 1);
      if (f) g.lineTo(x, y); else g.moveTo(x, y);
    }
    g.lineTo(half + spot[2 * i] * unit * scale, half - spot[2 * i + 1] * unit * scale);
  }
  g.stroke();
  g.globalAlpha = 1;
}
function guessLines(b, k, spot, scale) {
  const { g, half, unit } = b, every = Math.max(1, Math.floor(made.count / 250)), from = 2 * made.count * k;
  g.strokeStyle = "#e11d48"; g.lineWidth = 1; g.globalAlpha = 0.45;
  g.beginPath();
  for (let i = 0; i < made.count; i += every) {
    g.moveTo(half + spot[2 * i] * unit * scale, half - spot[2 * i + 1] * unit * scale);
    g.lineTo(half + made.x0[from + 2 * i] * unit, half - made.x0[from + 2 * i + 1] * unit);
  }
  g.stroke();
  g.globalAlpha = 1;
}
function note(b, text) {
  b.g.fillStyle = getComputedStyle(element).color; b.g.globalAlpha = 0.75;
  b.g.font = "17px system-ui, sans-serif"; b.g.textAlign = "center";
  b.g.fillText(text, b.half, b.half, b.side - 30);
  b.g.globalAlpha = 1; b.g.textAlign = "left";
}
function charts() {
  bandBars($(".bands"), curve.findLast((p) => p.bands)?.bands, cloud?.bands_floor, LINE[0]);
  chart($(".curve"), { lines: [{ points: curve.map((p) => [p.seconds, p.distance]), colour: LINE[0] }], floor: curve.at(-1)?.floor, band: curve.at(-1)?.band, title: "distance of samples to held-out points", across: "s of training", waiting: "Train to see it fall to its floor." });
  chart($(".race"), { lines: lanes.filter(Boolean), floor: lanes[0]?.floor, band: lanes[0]?.band, title: "distance against network calls", across: "calls", waiting: "Race samplers, from the same noise." });
}
