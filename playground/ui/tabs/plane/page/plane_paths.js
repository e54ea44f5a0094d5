// The paths that particles took, as one picture at one level: particles, and what is chosen with them.
function momentAt(angles, phi) { // between which two kept frames of the paths, and how far
  const last = angles.length - 1;
  let k = 0;
  while (k < last - 1 && angles[k + 1] > phi) k++;
  const part = Math.min(1, Math.max(0, (angles[k] - phi) / Math.max(1e-9, angles[k] - angles[k + 1])));
  return { k, part };
}
function drawPaths(b, paths, phi, scale, radius) {
  const behind = $(".heat").value;
  if (behind === "density") heat(b, cloud.density, phi, scale, inks()[0]);
  if (behind === "error" && paths?.field) errors(b, paths.field, cloud.field, phi, scale);
  if (!paths) { note(b, "Press Train: noise turns into the cloud within seconds."); return; }
  const { k, part } = momentAt(paths.angles, phi), n = 2 * paths.count;
  const share = paths.before?.length === paths.u.length ? Math.min(1, (performance.now() - paths.at) / EASE) : 1;
  const at = (frame, i) => { const j = frame * n + i; return share < 1 ? paths.before[j] + share * (paths.u[j] - paths.before[j]) : paths.u[j]; };
  const spot = new Float32Array(n);
  for (let i = 0; i < n; i++) spot[i] = (1 - part) * at(k, i) + part * at(k + 1, i);
  if (behind === "samples") spread(b, spot, paths.count, scale, inks()[0]);
  if ($(".lines").value === "trails") trails(b, paths, k, part, spot, scale, at);
  if ($(".lines").value === "guesses" && part < 1) guessLines(b, paths, k, spot, scale);
  if (paths === made) seen.made = { u: spot, count: paths.count, scale, radius };
  dots(b, spot, paths.count, scale, paths.labels, paths.count > 1500 || b.side < 320 ? 2 : 3, 0.9);
  if (paths === made) rings(b);
  drawField(b, paths.field, phi, scale);
}
function trails(b, paths, k, part, spot, scale, at) {
  if (k + part < 0.01) return;
  const { g, half, unit } = b, every = Math.max(1, Math.floor(paths.count / (b.side / 3.5)));
  g.strokeStyle = isDark() ? "#94a3b8" : "#475569"; g.lineWidth = 1; g.globalAlpha = 0.35;
  g.beginPath();
  for (let i = 0; i < paths.count; i += every) {
    for (let f = 0; f <= k; f++) {
      const s = paths.scales[f] * unit, x = half + s * at(f, 2 * i), y = half - s * at(f, 2 * i + 1);
      if (f) g.lineTo(x, y); else g.moveTo(x, y);
    }
    g.lineTo(half + spot[2 * i] * unit * scale, half - spot[2 * i + 1] * unit * scale);
  }
  g.stroke();
  g.globalAlpha = 1;
}
function guessLines(b, paths, k, spot, scale) {
  const { g, half, unit } = b, every = Math.max(1, Math.floor(paths.count / 250)), from = 2 * paths.count * k;
  g.strokeStyle = "#e11d48"; g.lineWidth = 1; g.globalAlpha = 0.45;
  g.beginPath();
  for (let i = 0; i < paths.count; i += every) {
    g.moveTo(half + spot[2 * i] * unit * scale, half - spot[2 * i + 1] * unit * scale);
    g.lineTo(half + paths.x0[from + 2 * i] * unit, half - paths.x0[from + 2 * i + 1] * unit);
  }
  g.stroke();
  g.globalAlpha = 1;
}
