// A log-SNR curve that one draws: points at evenly spaced t, joined as the schedule `drawn` joins
// them (playground/diffusion/schedules/drawn.py). Where one draws, the other points make way.
const LEAST_FALL = 0.05;

function curve_pad(points, knob, values, taken) { // taken(k, value) hears of each point that moved
  const pad = Object.assign(document.createElement("div"), { className: "pad" });
  const canvas = Object.assign(document.createElement("canvas"), { className: "curve" });
  const reset = Object.assign(document.createElement("button"), { className: "reset", textContent: "Start over", title: "The curve as it was at first" });
  const about = Object.assign(document.createElement("small"), { textContent: "Draw the curve with the mouse or a finger, or move its points below. It always falls." });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "log-SNR over t. Draw it here, or set its points below.");
  pad.append(canvas, reset, about);
  const last = points - 1, LEFT = 30, RIGHT = 8, TOP = 18, BOTTOM = 22;
  const step = Math.max(knob.step, 0.1);

  const size = () => [canvas.clientWidth, canvas.clientHeight];
  const to_x = (t) => LEFT + t * (size()[0] - LEFT - RIGHT);
  const to_y = (v) => TOP + (knob.high - v) / (knob.high - knob.low) * (size()[1] - TOP - BOTTOM);

  function falling() {
    let top = Infinity;
    return values.map((v, k) => (top = Math.min(top, v + LEAST_FALL * k)) - LEAST_FALL * k);
  }

  function curve(y) { // PCHIP with intervals of 1
    const rise = y.slice(1).map((v, k) => v - y[k]);
    const inner = rise.slice(1).map((b, k) => (b * rise[k] > 0 ? 2 * b * rise[k] / (b + rise[k]) : 0));
    const end = (a, b) => { const s = (3 * a - b) / 2; return s * a <= 0 ? 0 : a * b < 0 && Math.abs(s) > 3 * Math.abs(a) ? 3 * a : s; };
    const slope = [end(rise[0], rise[1]), ...inner, end(rise[last - 1], rise[last - 2])];
    return (at) => {
      const k = Math.min(Math.floor(at), last - 1), u = at - k, v = 1 - u;
      return v * v * (1 + 2 * u) * y[k] + u * u * (1 + 2 * v) * y[k + 1] + u * v * (v * slope[k] - u * slope[k + 1]);
    };
  }

  function draw() {
    const [width, height] = size(), pen = canvas.getContext("2d"), scale = devicePixelRatio;
    if (!width) return;
    Object.assign(canvas, { width: width * scale, height: height * scale });
    pen.scale(scale, scale);
    const ink = getComputedStyle(canvas).color;
    Object.assign(pen, { strokeStyle: "rgba(128,128,128,.28)", fillStyle: ink, font: "12px system-ui, sans-serif", lineWidth: 1 });
    const line = (x0, y0, x1, y1) => { pen.beginPath(); pen.moveTo(x0, y0); pen.lineTo(x1, y1); pen.stroke(); };
    pen.textAlign = "right";
    for (let v = Math.ceil(knob.low / 5) * 5; v <= knob.high; v += 5) {
      line(LEFT, to_y(v), width - RIGHT, to_y(v));
      if (v % 10 === 0) pen.fillText(`${v}`.replace("-", "−"), LEFT - 5, to_y(v) + 4);
    }
    pen.textAlign = "center";
    for (let k = 0; k <= last; k++) {
      line(to_x(k / last), TOP, to_x(k / last), height - BOTTOM);
      if (k % (last / 4) === 0) pen.fillText(k / last, Math.min(to_x(k / last), width - 6), height - 6);
    }
    pen.textAlign = "left";
    pen.fillText("log-SNR over t", LEFT, 12);
    const made = falling(), at = curve(made);
    Object.assign(pen, { strokeStyle: "#37b24d", fillStyle: "#37b24d", lineWidth: 2.5 });
    pen.beginPath();
    for (let i = 0; i <= 120; i++) pen.lineTo(to_x(i / 120), to_y(at(i / 120 * last)));
    pen.stroke();
    made.forEach((v, k) => { pen.beginPath(); pen.arc(to_x(k / last), to_y(v), 4.5, 0, 7); pen.fill(); });
    canvas.dataset.points = JSON.stringify(values);
  }

  function put(k, value) { // the point, and whatever lies in its way
    for (let j = 0; j <= last; j++) {
      const bound = value - LEAST_FALL * 2 * (j - k);
      const now = j === k ? value : j < k ? Math.max(values[j], bound) : Math.min(values[j], bound);
      const fits = Math.min(knob.high, Math.max(knob.low, Math.round(now / step) * step));
      if (Math.abs(fits - values[j]) > 1e-9) taken(j, values[j] = +fits.toFixed(4));
    }
  }

  let before = null;
  function drag(event) {
    const box = canvas.getBoundingClientRect(), zoom = box.width / canvas.clientWidth, [width, height] = size();
    const exact = ((event.clientX - box.left) / zoom - LEFT) / (width - LEFT - RIGHT) * last;
    const at = exact < 0.2 ? 0 : exact > last - 0.2 ? last : exact;
    const value = knob.high - ((event.clientY - box.top) / zoom - TOP) / (height - TOP - BOTTOM) * (knob.high - knob.low);
    const [from, value0] = before ?? [Math.round(at), value]; // one puts one's finger on a point
    const steep = Math.abs(value - value0) / 3 > Math.abs(at - from); // and moves it up and down
    if (!before || steep) put(Math.round(at), value);
    else for (let k = Math.ceil(Math.min(from, at)); k <= Math.floor(Math.max(from, at)); k++) {
      put(k, at === from ? value : value0 + (value - value0) * (k - from) / (at - from)); // fast strokes skip columns
    }
    before = [at, value];
    draw();
  }
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); before = null; drag(event); event.preventDefault(); });
  canvas.addEventListener("pointermove", (event) => { if (canvas.hasPointerCapture(event.pointerId)) drag(event); });
  whenLooksChange(canvas, draw);
  return { pad, reset, set: (k, value) => { values[k] = value; draw(); }, draw };
}
