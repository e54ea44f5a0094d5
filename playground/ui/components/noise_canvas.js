// The forward process in the page: x_t = alpha x0 + sigma eps from arrays that are sent once, so
// that a drag never waits for the server. Only the guess is asked of the server, the last t first.
const $ = (name) => element.querySelector(name);
const slider = $(".t");
const state = { size: 256, x0: null, eps: null, alpha: null, sigma: null, scene: null };

const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

function halves(text) { // float16 -> float32: relative error 2^-11, whatever sigma multiplies it by
  const words = new Uint16Array(bytes(text).buffer);
  const out = new Float32Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const w = words[i], e = (w >> 10) & 31, f = w & 1023, s = w & 32768 ? -1 : 1;
    out[i] = s * (e ? 2 ** (e - 15) * (1 + f / 1024) : 2 ** -14 * (f / 1024));
  }
  return out;
}

function draw() {
  if (!state.x0 || !state.eps || !state.alpha) return;
  const k = +slider.value, a = state.alpha[k], s = state.sigma[k];
  const n = state.size * state.size, { x0, eps } = state;
  const noised = state.noised.data, noise = state.noise.data;
  for (let i = 0, j = 0; i < n * 3; i += 3, j += 4) {
    for (let c = 0; c < 3; c++) {
      const z = s * eps[i + c] * 127.5;
      noised[j + c] = a * x0[i + c] + z + 127.5; // Uint8ClampedArray rounds and clips
      noise[j + c] = z + 127.5;
    }
  }
  $(".noised").getContext("2d").putImageData(state.noised, 0, 0);
  $(".eps").getContext("2d").putImageData(state.noise, 0, 0);
  const snr = s === 0 ? "∞" : a === 0 ? "−∞" : (20 * Math.log10(a / s)).toFixed(1);
  $(".k").textContent = `${k} / ${slider.max}`;
  $(".alpha").textContent = a.toFixed(3);
  $(".sigma").textContent = s.toFixed(s < 10 ? 3 : 1);
  $(".abar").textContent = (a * a).toFixed(4);
  $(".snr").textContent = snr;
  slider.setAttribute("aria-valuetext", `step ${k} of ${slider.max}, alpha ${a.toFixed(2)}, sigma ${s.toFixed(2)}`);
  element.dataset.drawn = k; // what a test waits for
}

let pending = false;
function schedule_draw() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => { pending = false; draw(); later_plots(); ask(); });
}
// An input event is already one a frame in browsers; drawing in it saves the wait for the next.
slider.addEventListener("input", () => { draw(); later_plots(); ask(); });

// --- the guess: one question at a time, always the newest position
let asking = false, asked = null;
async function ask() {
  if (!state.scene) return;
  const wanted = JSON.stringify({ ...state.scene, t: +slider.value / +slider.max });
  if (asking || wanted === asked) return;
  asking = true;
  asked = wanted;
  try {
    const answer = await server.guess(wanted);
    if (answer.error) { $(".by").textContent = answer.error; }
    else { $(".guess").src = answer.picture; $(".by").textContent = answer.caption; }
    element.dataset.guessed = JSON.parse(wanted).t;
  } catch (error) { $(".by").textContent = "The guess is waiting for the server."; }
  asking = false;
  setTimeout(ask, 0);
}

// --- plots: plotly from the app's own files, drawn after the pictures
const plain = { displayModeBar: false, responsive: true, staticPlot: true };
const BINS = 60, SPAN = 3;
let plots_ready = false, plots_due = 0;

function layout(title, more) {
  const ink = getComputedStyle(element).color;
  return { title: { text: title, font: { size: 14 }, x: 0.02, y: 0.97 }, margin: { l: 42, r: 10, t: 30, b: 30 }, font: { color: ink, size: 12 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", legend: { orientation: "h", x: 0.35, y: 1.17 },
    xaxis: { gridcolor: "rgba(128,128,128,.2)", zeroline: false }, yaxis: { gridcolor: "rgba(128,128,128,.2)", zeroline: false }, ...more };
}
const cursor = (k) => [{ type: "line", x0: k, x1: k, yref: "paper", y0: 0, y1: 1, line: { color: "#e8590c", width: 2 } }];

function curves() {
  if (!window.Plotly || !state.alpha) return;
  const k = [...state.alpha.keys()], a = [...state.alpha], s = [...state.sigma];
  const snr = a.map((v, i) => (v > 0 && s[i] > 0 ? 2 * Math.log(v / s[i]) : null));
  const line = (y, name, color, dash) => ({ x: k, y, name, mode: "lines", line: { color, dash, width: 2.5 } });
  Plotly.react($(".levels"), [line(a, "alpha", "#4263eb"), line(s, "sigma", "#e67700", "dash")], layout("level", { shapes: cursor(+slider.value) }), plain);
  Plotly.react($(".logsnr"), [line(snr, "log-SNR", "#2b8a3e")], layout("log-SNR", { shapes: cursor(+slider.value), showlegend: false }), plain);
  plots_ready = true;
  histogram();
}

function histogram() {
  const r = state.noised.data, counts = new Float32Array(BINS), k = +slider.value;
  const a = state.alpha[k], s = state.sigma[k], { x0, eps } = state;
  const scale = Math.max(1, Math.hypot(a, s)); // VE: shown over its own radius
  let n = 0;
  for (let i = 0; i < x0.length; i += 7, n++) {
    const bin = Math.floor(((a * x0[i] / 127.5 + s * eps[i]) / scale + SPAN) / (2 * SPAN) * BINS);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  const width = 2 * SPAN / BINS, x = [...counts.keys()].map((i) => -SPAN + (i + 0.5) * width);
  const y = [...counts].map((c) => c / n / width), gauss = x.map((v) => Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI));
  Plotly.react($(".histogram"), [
    { x, y, type: "bar", name: scale > 1.01 ? "pixels / r" : "pixels", marker: { color: "#4263eb" } },
    { x, y: gauss, mode: "lines", name: "N(0, 1)", line: { color: "#e67700", width: 2.5 } },
  ], layout("pixel values", { bargap: 0, yaxis: { range: [0, 1.2], gridcolor: "rgba(128,128,128,.2)" } }), plain);
}

function later_plots() { // never between a finger and its pictures
  clearTimeout(plots_due);
  if (!plots_ready || !element.offsetParent) return;
  plots_due = setTimeout(() => {
    const k = +slider.value;
    Plotly.relayout($(".levels"), { shapes: cursor(k) });
    Plotly.relayout($(".logsnr"), { shapes: cursor(k) });
    histogram();
  }, 40);
}

// --- what Python sends
function take_picture() {
  if (!props.picture) return;
  state.x0 = Float32Array.from(bytes(props.picture), (v) => v - 127.5);
  schedule_draw();
}
function take_noise() {
  if (!props.noise) return;
  state.eps = halves(props.noise);
  schedule_draw();
}
function take_scene() {
  if (!props.scene) return;
  const scene = JSON.parse(props.scene);
  const levels = new Float32Array(bytes(scene.levels).buffer), n = levels.length / 2;
  const share = +slider.value / +slider.max;
  state.alpha = levels.subarray(0, n);
  state.sigma = levels.subarray(n);
  slider.max = n - 1;
  slider.value = Math.round(share * (n - 1));
  delete scene.levels;
  state.scene = scene;
  schedule_draw();
  curves();
}
for (const name of ["noised", "noise"]) state[name] = new ImageData(state.size, state.size);
for (const name of ["noised", "noise"]) state[name].data.fill(255);
watch("picture", take_picture);
watch("noise", take_noise);
watch("scene", take_scene);
take_picture(); take_noise(); take_scene();

const script = document.createElement("script");
script.src = props.plotly;
script.onload = curves;
document.head.append(script);
new ResizeObserver(() => { if (plots_ready && element.offsetParent) for (const p of [".levels", ".logsnr", ".histogram"]) Plotly.Plots.resize($(p)); }).observe(element);
