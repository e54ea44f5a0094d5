// Lines over a logarithmic height, with a dashed floor: the distance over training, and of a race.
function chart(canvas, { lines, floor, band, title, across, waiting }) {
  const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  if (!w) return;
  canvas.width = w * ratio; canvas.height = h * ratio;
  const g = canvas.getContext("2d"), ink = getComputedStyle(canvas.parentElement).color;
  g.scale(ratio, ratio);
  g.font = "15px system-ui, sans-serif"; g.fillStyle = ink;
  g.fillText(title, 4, 16);
  const all = lines.flatMap((line) => line.points).filter((p) => p[1] > 0);
  canvas.dataset.points = all.length;
  if (!all.length) { g.globalAlpha = 0.7; g.fillText(waiting, 4, 44); return; }
  const left = 46, right = 14, top = 28, bottom = 26, values = all.map((p) => p[1]).concat(band ?? []);
  const low = Math.log10(Math.min(...values) * 0.85), high = Math.log10(Math.max(...values) * 1.1);
  const most = Math.max(...all.map((p) => p[0]), 1);
  const x = (n) => left + (w - left - right) * n / most;
  const y = (d) => top + (h - top - bottom) * (high - Math.log10(d)) / Math.max(0.1, high - low);
  g.strokeStyle = "rgba(128,128,128,.25)"; g.lineWidth = 1; g.textAlign = "right"; g.font = "13px system-ui, sans-serif";
  for (let d = -4; d <= 1; d++) for (const m of high - low > 1.2 ? [1, 3] : [1, 2, 3, 5, 7]) {
    const v = m * 10 ** d;
    if (Math.log10(v) < low || Math.log10(v) > high) continue;
    g.beginPath(); g.moveTo(left, y(v)); g.lineTo(w - right, y(v)); g.stroke();
    g.fillText(String(+v.toPrecision(1)), left - 6, y(v) + 4);
  }
  g.fillText(`${+most.toPrecision(3)} ${across}`, w - right, h - 6);
  g.textAlign = "left"; g.fillText("0", left, h - 6);
  let floorName = () => {};
  if (floor) {
    g.fillStyle = ink; g.globalAlpha = 0.1;
    g.fillRect(left, y(band[1]), w - left - right, y(band[0]) - y(band[1]));
    g.globalAlpha = 1; g.strokeStyle = ink; g.setLineDash([6, 5]); g.lineWidth = 1.5;
    g.beginPath(); g.moveTo(left, y(floor)); g.lineTo(w - right, y(floor)); g.stroke();
    g.setLineDash([]);
    const place = [left + 8, y(floor) + (y(floor) > h - bottom - 20 ? -6 : 15)];
    floorName = () => { g.strokeStyle = pageColour(element); g.lineWidth = 4; g.fillStyle = ink; for (const way of ["strokeText", "fillText"]) g[way]("floor: real against real, and its chance", ...place); };
  }
  for (const line of lines) {
    const known = line.points.filter((p) => p[1] > 0);
    if (!known.length) continue;
    g.strokeStyle = g.fillStyle = line.colour; g.lineWidth = 2.5; g.lineJoin = "round";
    g.setLineDash(line.dotted ? [2, 4] : line.dashed ? [7, 5] : []);
    g.beginPath();
    known.forEach((p, i) => (i ? g.lineTo(x(p[0]), y(p[1])) : g.moveTo(x(p[0]), y(p[1]))));
    g.stroke();
    g.setLineDash([]);
    const end = known.at(-1);
    g.beginPath(); g.arc(x(end[0]), y(end[1]), 4, 0, 7); g.fill();
  }
  floorName();
}
