// The loss of v by noise band as bars, each under the dashed line that not even the exact guess passes.
function bandBars(canvas, losses, floor, colour) {
  const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  if (!w) return;
  canvas.width = w * ratio; canvas.height = h * ratio;
  const g = canvas.getContext("2d"), ink = getComputedStyle(canvas.parentElement).color;
  g.scale(ratio, ratio);
  g.font = "15px system-ui, sans-serif"; g.fillStyle = ink;
  g.fillText("loss by noise band", 4, 16);
  canvas.dataset.bands = losses?.length ?? 0;
  if (!floor) return;
  const left = 8, right = 8, top = 46, bottom = 26, most = Math.max(...floor, ...(losses ?? [])), wide = (w - left - right) / floor.length;
  const y = (v) => h - bottom - (h - top - bottom) * Math.min(1, v / most);
  g.strokeStyle = "rgba(128,128,128,.35)";
  g.beginPath(); g.moveTo(left, y(0)); g.lineTo(w - right, y(0)); g.stroke();
  g.font = "13px system-ui, sans-serif"; g.textAlign = "center";
  for (const [i, least] of floor.entries()) {
    const x = left + wide * i, loss = losses?.[i];
    if (loss) {
      g.fillStyle = colour; g.globalAlpha = 0.75;
      g.fillRect(x + wide * 0.14, y(loss), wide * 0.72, y(0) - y(loss));
      g.globalAlpha = 1; g.fillStyle = ink;
      g.fillText(`${(loss / least).toFixed(2)}×`, x + wide / 2, Math.min(y(loss), y(least)) - 6);
    }
    g.strokeStyle = ink; g.lineWidth = 1.5; g.setLineDash([6, 4]);
    g.beginPath(); g.moveTo(x + wide * 0.04, y(least)); g.lineTo(x + wide * 0.96, y(least)); g.stroke();
    g.setLineDash([]);
  }
  g.fillStyle = ink;
  g.textAlign = "left"; g.fillText("clean", left, h - 8);
  g.textAlign = "right"; g.fillText("noise", w - right, h - 8);
  g.textAlign = "center"; g.fillText("dashed: exact", w / 2, h - 8);
  g.textAlign = "left";
}
