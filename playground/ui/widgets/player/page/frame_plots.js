// Sheets of pictures, and the plots under them, on canvases: nothing is rebuilt while they arrive.
const BLUE = "#4263eb", ORANGE = "#e8590c", GREY = "#868e96";

// a sheet of RGB bytes in base64; nothing clears the canvas
function paint(canvas, text, w, h) {
  if (!text) { canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height); return; }
  const rgb = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const image = new ImageData(w, h);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    image.data[j] = rgb[i]; image.data[j + 1] = rgb[i + 1]; image.data[j + 2] = rgb[i + 2]; image.data[j + 3] = 255;
  }
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function paper(canvas) {
  const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  if (!w) return null;
  if (canvas.width !== Math.round(w * ratio)) { canvas.width = Math.round(w * ratio); canvas.height = Math.round(h * ratio); }
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, w, h);
  g.font = "13px system-ui, sans-serif";
  const ink = getComputedStyle(canvas).color;
  return { g, w, h, ink, left: 46, right: 10, top: 8, bottom: 22 };
}

function grid(p, lines, at, label) {
  const { g } = p;
  g.strokeStyle = "rgba(128,128,128,.25)"; g.fillStyle = p.ink; g.lineWidth = 1; g.textAlign = "right";
  for (const v of lines) {
    g.beginPath(); g.moveTo(p.left, at(v)); g.lineTo(p.w - p.right, at(v)); g.stroke();
    g.fillText(label(v), p.left - 6, at(v) + 4);
  }
}

function curve(p, points, color, width = 2.5, dash = []) {
  const { g } = p;
  g.beginPath(); g.strokeStyle = color; g.lineWidth = width; g.setLineDash(dash); g.lineJoin = "round";
  points.forEach(([x, y], i) => (i ? g.lineTo(x, y) : g.moveTo(x, y)));
  g.stroke(); g.setLineDash([]);
}

// bands: log10 of the power at 1, 2, ... cycles a picture
function drawSpectrum(canvas, frame, data) {
  const p = paper(canvas);
  if (!p) return;
  const low = -4, high = 2.3, bands = frame.bands_x.length;
  const x = (k) => p.left + (p.w - p.left - p.right) * Math.log(k) / Math.log(bands);
  const y = (v) => p.top + (p.h - p.top - p.bottom) * (high - Math.max(low, Math.min(high, v))) / (high - low);
  grid(p, [-4, -2, 0, 2], y, (v) => (v ? `10${v < 0 ? "⁻" : ""}${"⁰¹²³⁴"[Math.abs(v)]}` : "1"));
  p.g.textAlign = "center";
  for (let k = 1; k <= bands; k *= 2) if (k !== 2 || p.w > 400) p.g.fillText(k === 1 ? "coarse" : k * 2 > bands ? "fine" : k, Math.max(p.left + 20, Math.min(x(k), p.w - 14)), p.h - 5);
  const line = (values, ...style) => values && curve(p, values.map((v, i) => [x(i + 1), y(v)]), ...style);
  if (frame.floor !== null) curve(p, [[x(1), y(frame.floor)], [x(bands), y(frame.floor)]], GREY, 1.5, [4, 3]);
  line(data, GREY, 2);
  line(frame.bands_x, BLUE);
  line(frame.bands_x0, ORANGE);
}

// calls: [step, lowest, highest log-SNR over the samples]; guided: the log-SNRs between which it is
function drawAsked(canvas, calls, index, total, guided) {
  const p = paper(canvas);
  if (!p) return;
  const far = 15, wide = p.w - p.left - p.right;
  const x = (step) => p.left + wide * step / Math.max(1, total);
  const y = (v) => p.top + (p.h - p.top - p.bottom) * (far - v) / (2 * far);
  p.g.fillStyle = "rgba(66,99,235,.16)";
  p.g.fillRect(x(Math.max(0, index - 1)), p.top, Math.max(2, x(index) - x(Math.max(0, index - 1))), p.h - p.top - p.bottom);
  if (guided) {
    p.g.fillStyle = "rgba(232,89,12,.16)"; p.g.fillRect(p.left, y(guided[1]), wide, y(guided[0]) - y(guided[1]));
    p.g.fillStyle = ORANGE; p.g.textAlign = "right"; p.g.fillText("guided", p.w - p.right - 4, y(guided[0]) - 4);
  }
  grid(p, [-10, 0, 10], y, (v) => (v < 0 ? "−" + -v : v));
  p.g.textAlign = "left"; p.g.fillText("noise", p.left + 4, p.h - p.bottom - 4); p.g.fillText("clean", p.left + 4, p.top + 10);
  p.g.textAlign = "left"; p.g.fillText("step 1", p.left, p.h - 5);
  p.g.textAlign = "right"; p.g.fillText(String(total), p.w - p.right, p.h - 5);
  const of = new Map();
  for (const call of calls) of.set(call[0], [...(of.get(call[0]) ?? []), call]);
  const size = Math.max(1.5, Math.min(4, wide / Math.max(1, calls.length) / 2.5));
  for (const [step, inside] of of) inside.forEach(([, a, b], i) => {
    const at = x(step - 1 + (i + 0.5) / inside.length);
    p.g.fillStyle = p.g.strokeStyle = step <= index ? BLUE : "rgba(128,128,128,.55)";
    p.g.lineWidth = size;
    if (b - a > 0.05) { p.g.beginPath(); p.g.moveTo(at, y(a)); p.g.lineTo(at, y(b)); p.g.stroke(); }
    p.g.beginPath(); p.g.arc(at, y((a + b) / 2), size, 0, 7); p.g.fill();
  });
}

// counts: [frame, pictures that a guess is made of]
function drawEffective(canvas, counts, index, total, pictures) {
  const p = paper(canvas);
  if (!p) return;
  const x = (step) => p.left + (p.w - p.left - p.right) * step / Math.max(1, total);
  const high = Math.log10(Math.max(10, pictures));
  const y = (n) => p.top + (p.h - p.top - p.bottom) * (1 - Math.log10(Math.max(1, n)) / high);
  const tens = [1, 10, 100, 1000, 10000].filter((n) => n <= pictures);
  grid(p, tens, y, (n) => n.toLocaleString("en"));
  p.g.textAlign = "left"; p.g.fillText("start", p.left, p.h - 5);
  p.g.textAlign = "right"; p.g.fillText(`step ${total}`, p.w - p.right, p.h - 5);
  curve(p, counts.map(([step, n]) => [x(step), y(n)]), ORANGE);
  const now = counts.find(([step]) => step === index);
  if (!now) return;
  p.g.fillStyle = ORANGE; p.g.beginPath(); p.g.arc(x(index), y(now[1]), 5, 0, 7); p.g.fill();
  const told = now[1] < 10 ? now[1].toFixed(1) : Math.round(now[1]).toLocaleString("en");
  p.g.fillStyle = p.ink; p.g.textAlign = "right";
  p.g.fillText(`${told} of ${pictures.toLocaleString("en")}`, p.w - p.right, p.top + 10);
}
