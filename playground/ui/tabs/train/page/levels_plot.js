// How often training draws which level, over log-SNR, clean at the left; each noise band in the
// colour that it has in the plot of the loss. Dashed: even in angle.
const canvas = element.querySelector("canvas"), MOST = 12; // log-SNR at either end
const COLOURS = ["#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00"];
const edge = (band) => -2 * Math.log(Math.tan(band / COLOURS.length * Math.PI / 2)); // log-SNR where one begins

function draw() {
  const message = JSON.parse(props.levels), w = canvas.clientWidth, h = canvas.clientHeight, ratio = devicePixelRatio;
  element.querySelector(".says").textContent = message.says;
  element.dataset.shares = JSON.stringify(message.shares ?? []);
  if (!w) return;
  Object.assign(canvas, { width: w * ratio, height: h * ratio });
  const g = canvas.getContext("2d"), left = 8, right = 8, top = 38, bottom = 24;
  g.scale(ratio, ratio);
  Object.assign(g, { font: "13px system-ui, sans-serif", fillStyle: getComputedStyle(canvas).color, textAlign: "center", lineWidth: 1 });
  const highest = 1.1 * Math.max(0.18, ...message.density);
  const x = (v) => left + (MOST - v) / (2 * MOST) * (w - left - right), y = (p) => top + (1 - p / highest) * (h - top - bottom);
  const trace = (density) => {
    g.beginPath();
    g.moveTo(x(MOST), y(0));
    density.forEach((p, k) => g.lineTo(x(MOST - (k + 0.5) / density.length * 2 * MOST), y(p)));
    g.lineTo(x(-MOST), y(0));
  };
  for (const v of [6, 3, 0, -3, -6]) g.fillText(`${v}`.replace("-", "−"), x(v), h - 7);
  g.textAlign = "right"; g.fillText("noise", w - right, h - 7);
  g.textAlign = "left"; g.fillText("clean", left, h - 7);
  ["levels drawn, over log-SNR", "dashed: even in angle"].forEach((line, k) => g.fillText(line, left, 13 + 17 * k));
  COLOURS.forEach((colour, band) => {
    const from = x(Math.min(MOST, edge(band))), to = x(Math.max(-MOST, edge(band + 1)));
    g.save();
    g.beginPath(); g.rect(from, 0, to - from, h); g.clip();
    g.fillStyle = colour; g.globalAlpha = 0.75;
    trace(message.density); g.fill();
    g.restore();
  });
  g.strokeStyle = g.fillStyle;
  g.beginPath(); g.moveTo(left, y(0)); g.lineTo(w - right, y(0)); g.stroke();
  g.setLineDash([5, 4]);
  trace(message.even); g.stroke();
}
watch("levels", draw);
whenLooksChange(canvas, draw);
draw();
