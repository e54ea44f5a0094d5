// Distance (log) against network calls, a line a lane; dashed where fresh noise is drawn.
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]; // Okabe & Ito: told apart by all eyes

function plot(canvas, lanes, waiting, about) {
  const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  if (!w) return;
  canvas.width = w * ratio; canvas.height = h * ratio;
  const g = canvas.getContext("2d"), ink = getComputedStyle(canvas.parentElement).color;
  g.scale(ratio, ratio);
  g.font = "15px system-ui, sans-serif"; g.fillStyle = ink;
  const known = lanes.map((l) => l.points.filter((p) => p[1] > 0));
  const all = known.flat();
  canvas.dataset.points = all.length;
  g.fillText(`distance to the reference${about}`, 8, 16);
  if (!all.length) { g.fillText(waiting, 8, 46); return; }
  const left = 58, right = 40, top = 28, bottom = 26;
  const most = Math.max(...lanes.map((l) => l.calls), 1), far = all.map((p) => p[1]);
  const low = Math.log10(Math.max(1e-5, Math.min(...far))) - 0.06, high = Math.log10(Math.max(...far)) + 0.06;
  const x = (n) => left + (w - left - right) * n / most;
  const y = (d) => top + (h - top - bottom) * (high - Math.log10(Math.max(d, 1e-5))) / Math.max(0.1, high - low);
  g.strokeStyle = "rgba(128,128,128,.25)"; g.lineWidth = 1; g.textAlign = "right";
  for (let d = -5; d <= 1; d++) for (const m of high - low > 1.6 ? [1, 3] : [1, 2, 3, 5, 7]) {
    const v = m * 10 ** d;
    if (Math.log10(v) < low || Math.log10(v) > high) continue;
    g.beginPath(); g.moveTo(left, y(v)); g.lineTo(w - right, y(v)); g.stroke();
    g.fillText(String(+v.toPrecision(1)), left - 8, y(v) + 5);
  }
  g.fillText(`${most.toLocaleString("en")} network calls`, w - right, h - 6);
  g.textAlign = "left"; g.fillText("0", left, h - 6);
  const ends = [];
  known.forEach((points, i) => {
    if (!points.length) return;
    g.strokeStyle = g.fillStyle = COLOURS[i]; g.lineWidth = 3; g.lineJoin = "round";
    g.setLineDash(lanes[i].stochastic ? [8, 5] : []);
    g.beginPath();
    points.forEach((p, j) => (j ? g.lineTo(x(p[0]), y(p[1])) : g.moveTo(x(p[0]), y(p[1]))));
    g.stroke();
    const last = points.at(-1);
    g.beginPath(); g.arc(x(last[0]), y(last[1]), 5, 0, 7); g.fill();
    ends.push({ i, x: x(last[0]), y: y(last[1]) });
  });
  g.setLineDash([]);
  // numbers beside the ends, pushed apart where lanes end together
  ends.sort((a, b) => a.y - b.y);
  g.font = "bold 16px system-ui, sans-serif";
  ends.forEach((e, j) => {
    const near = ends.slice(0, j).filter((o) => Math.abs(o.x - e.x) < 24).map((o) => o.at);
    e.at = Math.max(e.y, ...near.map((o) => o + 16));
  });
  const over = Math.max(0, ...ends.map((e) => e.at - (h - bottom + 4)));
  g.fillStyle = ink;
  for (const e of ends) { g.fillText(e.i + 1, e.x + 9, e.at - over + 6); }
}
