// The log-SNR of every schedule over t. Pointing at a name, or choosing it, brings its curve out.
// of Okabe and Ito, apart for the colour-blind as well; each with three strokes
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
const DASHES = [[], [8, 4], [2, 3]];
const canvas = element.querySelector("canvas"), names = element.querySelector(".names");
const MOST = 15;
let curves = [], chosen = null, pointed = null;

const look = (i) => ({ color: COLORS[i % COLORS.length], dash: DASHES[Math.floor(i / COLORS.length) % 3] });

function draw() {
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width || !curves.length) return;
  Object.assign(canvas, { width: width * devicePixelRatio, height: height * devicePixelRatio });
  const pen = canvas.getContext("2d"), left = 40, right = 14, top = 8, bottom = 26;
  pen.scale(devicePixelRatio, devicePixelRatio);
  const x = (t) => left + t * (width - left - right), y = (v) => top + (MOST - v) / (2 * MOST) * (height - top - bottom);
  Object.assign(pen, { font: "13px system-ui, sans-serif", fillStyle: getComputedStyle(canvas).color, strokeStyle: "rgba(128,128,128,.25)" });
  const line = (...at) => { pen.beginPath(); pen.moveTo(at[0], at[1]); pen.lineTo(at[2], at[3]); pen.stroke(); };
  pen.textAlign = "right";
  for (let v = -MOST; v <= MOST; v += 5) { line(x(0), y(v), x(1), y(v)); pen.fillText(`${v}`.replace("-", "−"), left - 6, y(v) + 4); }
  pen.textAlign = "center";
  for (let t = 0; t <= 4; t++) { line(x(t / 4), top, x(t / 4), height - bottom); pen.fillText(t ? t / 4 : "t = 0", Math.max(x(t / 4), 28), height - 8); }
  const out = pointed ?? chosen;
  curves.forEach(({ log_snr }, i) => {
    const { color, dash } = look(i);
    pen.globalAlpha = out === null || out === i ? 1 : 0.18;
    Object.assign(pen, { strokeStyle: color, lineWidth: out === i ? 4 : 2, lineJoin: "round" });
    pen.setLineDash(dash);
    pen.beginPath();
    let down = false;
    log_snr.forEach((v, k) => {
      if (v === null) return void (down = false);
      pen[down ? "lineTo" : "moveTo"](x(k / (log_snr.length - 1)), y(v));
      down = true;
    });
    pen.stroke();
  });
  pen.globalAlpha = 1;
  pen.setLineDash([]);
  element.dataset.drawn = curves.length;
}

function take() {
  if (!props.curves) return;
  curves = JSON.parse(props.curves);
  names.replaceChildren(...curves.map(({ name }, i) => {
    const { color, dash } = look(i), button = document.createElement("button");
    button.innerHTML = `<svg viewBox="0 0 24 8"><line x1="0" y1="4" x2="24" y2="4" stroke="${color}" stroke-width="3" stroke-dasharray="${dash}"/></svg>`;
    button.append(name);
    button.title = `Show the curve of ${name} alone`;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      chosen = chosen === i ? null : i;
      [...names.children].forEach((other, k) => other.setAttribute("aria-pressed", k === chosen));
      draw();
    });
    button.addEventListener("pointerenter", () => { pointed = i; draw(); });
    button.addEventListener("pointerleave", () => { pointed = null; draw(); });
    return button;
  }));
  draw();
}
watch("curves", take);
take();
whenLooksChange(canvas, draw);
