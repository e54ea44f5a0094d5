// Loss over steps, raw and smoothed, on a log scale; drawn here, so that nothing is rebuilt.
const canvas = element.querySelector("canvas");

function draw() {
  if (!element.offsetParent) return;
  const points = props.points ? JSON.parse(props.points) : [];
  const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  canvas.width = w * ratio; canvas.height = h * ratio;
  const g = canvas.getContext("2d"), ink = getComputedStyle(element.firstElementChild).color;
  g.scale(ratio, ratio);
  g.font = "14px system-ui, sans-serif"; g.fillStyle = ink;
  if (points.length < 2) { g.fillText("The loss appears here once training runs.", 12, 24); return; }
  const left = 52, right = 12, top = 12, bottom = 26;
  const last = points[points.length - 1][0], losses = points.flatMap((p) => [p[1], p[2]]).filter((v) => v > 0);
  const low = Math.log10(Math.min(...losses)), high = Math.log10(Math.max(...losses)) + 0.02;
  const x = (step) => left + (w - left - right) * step / last;
  const y = (loss) => top + (h - top - bottom) * (high - Math.log10(Math.max(loss, 1e-9))) / Math.max(0.05, high - low);
  g.strokeStyle = "rgba(128,128,128,.25)"; g.lineWidth = 1;
  for (let d = -5; d <= 2; d++) for (const m of [1, 1.5, 2, 3, 5, 7]) {
    const v = m * 10 ** d;
    if (Math.log10(v) < low || Math.log10(v) > high) continue;
    g.beginPath(); g.moveTo(left, y(v)); g.lineTo(w - right, y(v)); g.stroke();
    g.textAlign = "right"; g.fillText(String(+v.toPrecision(2)), left - 8, y(v) + 4);
  }
  g.textAlign = "left"; g.fillText("0", left, h - 6);
  g.textAlign = "right"; g.fillText(`step ${last.toLocaleString("en")}`, w - right, h - 6);
  const line = (place, style, width) => {
    g.beginPath(); g.strokeStyle = style; g.lineWidth = width;
    points.forEach((p, i) => (i ? g.lineTo(x(p[0]), y(p[place])) : g.moveTo(x(p[0]), y(p[place]))));
    g.stroke();
  };
  line(1, "rgba(66,99,235,.28)", 1);
  line(2, "#4263eb", 2.5);
  element.dataset.points = points.length;
}
watch("points", draw);
whenLooksChange(element, draw);
draw();
