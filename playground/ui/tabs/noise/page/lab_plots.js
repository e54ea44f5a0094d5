// Plots on canvases: the axes are drawn once for a size and a theme, the marks at every move.
const BLUE = "#4c6ef5", ORANGE = "#f08c00", GREEN = "#009e73", GREY = "#868e96";

function ticks(low, high, most = 5) {
  const rough = (high - low) / most, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const out = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) out.push([k * step, label(k * step)]);
  return out;
}
const label = (v) => `${+v.toPrecision(4)}`.replace("-", "−");

// about: x and y ranges; log: x on a logarithmic scale; x_ticks, y_ticks: [value, label] each
function make_plot(canvas, about) {
  const LEFT = 40, RIGHT = 12, TOP = 8, BOTTOM = 24;
  let size = null, base = null, ratio = 1, marks = null, ink = "";
  const of_x = (v) => (about.log ? Math.log(v) : v);
  const to_x = (v) => LEFT + (of_x(v) - of_x(about.x[0])) / (of_x(about.x[1]) - of_x(about.x[0])) * (size[0] - LEFT - RIGHT);
  const to_y = (v) => TOP + (about.y[1] - Math.max(about.y[0], Math.min(about.y[1], v))) / (about.y[1] - about.y[0]) * (size[1] - TOP - BOTTOM);

  function axes() {
    base = document.createElement("canvas");
    base.width = canvas.width; base.height = canvas.height;
    const pen = base.getContext("2d");
    pen.scale(ratio, ratio);
    Object.assign(pen, { font: "13px system-ui, sans-serif", fillStyle: ink, strokeStyle: "rgba(128,128,128,.28)", lineWidth: 1, textAlign: "right" });
    const line = (x0, y0, x1, y1) => { pen.beginPath(); pen.moveTo(x0, y0); pen.lineTo(x1, y1); pen.stroke(); };
    for (const [v, text] of about.y_ticks ?? ticks(...about.y, 4)) {
      line(LEFT, to_y(v), size[0] - RIGHT, to_y(v));
      pen.fillText(text, LEFT - 6, to_y(v) + 4);
    }
    pen.textAlign = "center";
    let right = -99;
    for (const [v, text] of about.x_ticks ?? ticks(...about.x)) {
      line(to_x(v), TOP, to_x(v), size[1] - BOTTOM);
      const half = pen.measureText(text).width / 2, x = Math.min(to_x(v), size[0] - half);
      if (x - half < right + 8) continue;
      pen.fillText(text, x, size[1] - 6);
      right = x + half;
    }
    about.still?.(tools(pen));
  }

  const tools = (pen) => ({
    pen, to_x, to_y, size,
    curve(points, color, dash = [], width = 2.5) {
      pen.beginPath();
      points.forEach(([x, y], i) => (i ? pen.lineTo(to_x(x), to_y(y)) : pen.moveTo(to_x(x), to_y(y))));
      Object.assign(pen, { strokeStyle: color, lineWidth: width, lineJoin: "round" });
      pen.setLineDash(dash); pen.stroke(); pen.setLineDash([]);
    },
    dot(x, y, color, radius = 5) {
      pen.beginPath(); pen.arc(to_x(x), to_y(y), radius, 0, 7); pen.fillStyle = color; pen.fill();
    },
    cursor(x) {
      pen.fillStyle = ink; pen.globalAlpha = 0.6;
      pen.fillRect(to_x(x) - 1, TOP, 2, size[1] - TOP - BOTTOM);
      pen.globalAlpha = 1;
    },
    bars(values, low, high, color) { // values at even steps from low to high
      pen.fillStyle = color;
      const step = (high - low) / values.length, edge = (i) => Math.round(to_x(low + i * step));
      for (let i = 0; i < values.length; i++) pen.fillRect(edge(i), to_y(values[i]), edge(i + 1) - edge(i), to_y(about.y[0]) - to_y(values[i]));
    },
  });

  function draw(now = marks) {
    marks = now;
    if (!size || !marks) return;
    if (!base) axes();
    const pen = canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    marks(tools(pen));
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalCompositeOperation = "destination-over"; // the axes lie beneath
    pen.drawImage(base, 0, 0);
    pen.globalCompositeOperation = "source-over";
  }

  function fit() {
    const w = canvas.clientWidth, h = canvas.clientHeight;
    if (!w || !h) return;
    size = [w, h];
    ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(w * ratio); canvas.height = Math.round(h * ratio);
    ink = getComputedStyle(canvas).color;
    base = null;
    draw();
  }
  whenLooksChange(canvas, fit);
  return { draw, change: (more) => { Object.assign(about, more); base = null; draw(); } };
}

// the density of N(0, 1)
const bell = (v) => Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI);
const bell_curve = [...Array(121).keys()].map((i) => [-3 + i / 20, bell(-3 + i / 20)]);
