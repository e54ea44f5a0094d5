// Smoothed losses on a log scale, told apart by colour (Okabe and Ito) and by dashes.
const canvas = element.querySelector("canvas"), rows = element.querySelector(".rows");
const COLOURS = ["#0072b2", "#d55e00", "#009e73"], DASHES = [[], [9, 4], [2, 3]], GAP = 2;

function draw() {
  if (!element.offsetParent || !props.runs) return;
  const [over, runs] = JSON.parse(props.runs);
  const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  canvas.width = w * ratio; canvas.height = h * ratio;
  const g = canvas.getContext("2d"), ink = getComputedStyle(element.firstElementChild).color;
  g.scale(ratio, ratio);
  g.font = "14px system-ui, sans-serif"; g.fillStyle = ink;
  const all = runs.flatMap((r) => r.points).filter((p) => p[1] > 0);
  element.dataset.runs = runs.filter((r) => r.points.length > 1).length;
  show(runs);
  if (all.length < 2) { g.fillText("The losses appear here once training has run.", 12, 24); return; }
  const left = 58, right = 14, top = 30, bottom = 28;
  const most = Math.max(...all.map((p) => p[0])), losses = all.map((p) => p[1]);
  const low = Math.log10(Math.min(...losses)) - 0.02, high = Math.log10(Math.max(...losses)) + 0.02;
  const x = (v) => left + (w - left - right) * v / most;
  const y = (v) => top + (h - top - bottom) * (high - Math.log10(v)) / Math.max(0.05, high - low);
  g.strokeStyle = "rgba(128,128,128,.25)"; g.lineWidth = 1;
  for (let d = -5; d <= 2; d++) for (const m of [1, 2, 3, 5, 7]) {
    const v = m * 10 ** d;
    if (Math.log10(v) < low || Math.log10(v) > high) continue;
    g.beginPath(); g.moveTo(left, y(v)); g.lineTo(w - right, y(v)); g.stroke();
    g.textAlign = "right"; g.fillText(String(+v.toPrecision(1)), left - 8, y(v) + 5);
  }
  g.textAlign = "left"; g.fillText(w < 420 ? "smoothed loss" : "smoothed loss (v, mean squared error)", left, 18);
  g.textAlign = "right";
  g.fillText(over === "seconds" ? `${Math.round(most)} s of training` : `step ${most.toLocaleString("en")}`, w - right, h - 8);
  g.textAlign = "left"; g.fillText("0", left, h - 8);
  runs.forEach((run, i) => {
    g.beginPath(); g.strokeStyle = COLOURS[i]; g.lineWidth = 2.5; g.setLineDash(DASHES[i]);
    run.points.filter((p) => p[1] > 0).forEach((p, j) => (j ? g.lineTo(x(p[0]), y(p[1])) : g.moveTo(x(p[0]), y(p[1]))));
    g.stroke();
  });
  g.setLineDash([]);
}

// the row comes as one picture with white between its samples, which would glare on a dark page
function tiles(source, label) {
  const canvas = document.createElement("canvas"), image = new Image();
  canvas.setAttribute("role", "img"); canvas.setAttribute("aria-label", label);
  Object.assign(canvas, { width: 8, height: 1 }); // about its shape until it is there, so that nothing jumps
  image.onload = () => {
    const side = image.naturalHeight, g = canvas.getContext("2d");
    canvas.width = image.naturalWidth; canvas.height = side;
    for (let x = 0; x < image.naturalWidth; x += side + GAP) g.drawImage(image, x, 0, side, side, x, 0, side, side);
  };
  image.src = source;
  return canvas;
}

// the legend is the rows' names, so that curve and samples are one glance
function show(runs) {
  rows.replaceChildren(...runs.map((run, i) => {
    const line = document.createElement("div"), name = document.createElement("span"), mark = document.createElement("i");
    line.className = "line";
    mark.style.background = i ? `repeating-linear-gradient(90deg, ${COLOURS[i]} 0 ${DASHES[i][0]}px, transparent 0 ${DASHES[i][0] + DASHES[i][1]}px)` : COLOURS[i];
    const last = run.points.length ? `, loss ${run.points[run.points.length - 1][1].toFixed(4)}` : "";
    name.append(mark, run.name, document.createElement("br"), `${run.state}, step ${run.step.toLocaleString("en")}${last}`);
    line.append(name);
    if (run.row) {
      line.append(tiles(run.row, `Samples of ${run.name} at step ${run.row_step}`));
    } else line.append("no samples yet");
    return line;
  }));
}
watch("runs", draw);
whenLooksChange(element, draw);
draw();
