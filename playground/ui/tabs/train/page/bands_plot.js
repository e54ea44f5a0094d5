// Loss by noise band over steps: training pictures solid, held-out ones dashed, on a log scale.
const $ = (name) => element.querySelector(name);
const canvas = $("canvas");
const COLOURS = ["#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00"]; // Okabe & Ito: told apart by all eyes
let legend = null;

function names(message) {
  const key = JSON.stringify([message.bands, message.losses.some((l) => l[2])]);
  if (key === legend) return;
  legend = key;
  const entry = (colour, text, note, dashed) => {
    const span = document.createElement("span"), line = document.createElement("i"), small = document.createElement("small");
    line.style.borderTopColor = colour;
    if (dashed) line.className = "dashed";
    small.textContent = note;
    span.append(line, text, small);
    return span;
  };
  const bands = message.bands.map((b, i) => entry(COLOURS[i], b.name, `sigma ${b.sigma.toFixed(2)}`));
  const lines = [entry("currentColor", "training pictures", ""), entry("currentColor", "held-out pictures", "", true)];
  $(".legend").replaceChildren(...bands, ...(message.losses.some((l) => l[2]) ? lines : []));
}

function draw() {
  if (!element.offsetParent) return;
  const message = props.bands ? JSON.parse(props.bands) : { bands: [], losses: [], says: "" };
  names(message);
  $(".says").textContent = message.says;
  const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  canvas.width = w * ratio; canvas.height = h * ratio;
  const g = canvas.getContext("2d"), ink = getComputedStyle($(".bands")).color;
  g.scale(ratio, ratio);
  g.font = "14px system-ui, sans-serif"; g.fillStyle = ink;
  element.dataset.lines = message.losses.length;
  if (!message.losses.length) { g.fillText("It appears here a few seconds after Start.", 12, 24); return; }
  const left = 52, right = 14, top = 12, bottom = 26;
  const last = message.losses.at(-1)[0], all = message.losses.flatMap((l) => [...l[1], ...(l[2] || [])]);
  const low = Math.log10(Math.max(1e-6, Math.min(...all))) - 0.03, high = Math.log10(Math.max(...all)) + 0.03;
  const x = (step) => left + (w - left - right) * step / last;
  const y = (loss) => top + (h - top - bottom) * (high - Math.log10(Math.max(loss, 1e-6))) / Math.max(0.05, high - low);
  g.strokeStyle = "rgba(128,128,128,.25)"; g.lineWidth = 1; g.textAlign = "right";
  for (let d = -6; d <= 3; d++) for (const m of [1, 1.5, 2, 3, 5, 7]) {
    const v = m * 10 ** d;
    if (Math.log10(v) < low || Math.log10(v) > high) continue;
    g.beginPath(); g.moveTo(left, y(v)); g.lineTo(w - right, y(v)); g.stroke();
    g.fillText(String(+v.toPrecision(2)), left - 8, y(v) + 5);
  }
  g.fillText(`step ${last.toLocaleString("en")}`, w - right, h - 6);
  g.textAlign = "left"; g.fillText("0", left, h - 6);
  g.lineJoin = "round";
  for (const part of [1, 2]) message.bands.forEach((_, band) => {
    const points = message.losses.filter((l) => l[part]);
    if (!points.length) return;
    g.strokeStyle = COLOURS[band]; g.lineWidth = part === 1 ? 2.5 : 2;
    g.setLineDash(part === 1 ? [] : [7, 5]);
    g.beginPath();
    points.forEach((l, i) => (i ? g.lineTo(x(l[0]), y(l[part][band])) : g.moveTo(x(l[0]), y(l[part][band]))));
    if (points.length === 1) g.lineTo(x(points[0][0]) - 6, y(points[0][part][band]));
    g.stroke();
  });
  g.setLineDash([]);
}
watch("bands", draw);
whenLooksChange(element, draw);
draw();
