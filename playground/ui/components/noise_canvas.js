// The forward process in the page: x_t = alpha x0 + sigma eps from arrays that are sent once, so
// that a drag never waits for the server. Only the guess is asked of the server, the last t first.
const $ = (name) => element.querySelector(name);
const slider = $(".t"), lab = $(".lab");
const state = { size: 256, x0: null, eps: null, alpha: null, sigma: null, scene: null, scaled: false };

const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const visible = () => element.offsetParent !== null;

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
  bars(a, s);
  const snr = s === 0 ? "∞" : a === 0 ? "−∞" : (20 * Math.log10(a / s)).toFixed(1).replace("-", "−");
  $(".k").textContent = `${k} / ${slider.max}`;
  $(".alpha").textContent = a.toFixed(3);
  $(".sigma").textContent = s.toFixed(s < 10 ? 3 : 1);
  $(".abar").textContent = (a * a).toFixed(4);
  $(".snr").textContent = snr;
  lab.style.setProperty("--share", k / slider.max); // the slider's track and the plots' cursors
  slider.setAttribute("aria-valuetext", `step ${k} of ${slider.max}, alpha ${a.toFixed(2)}, sigma ${s.toFixed(2)}`);
  element.dataset.drawn = k; // what a test waits for
}

let pending = false;
function draw_soon() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => { pending = false; draw(); ask(); });
}
// An input event is already one a frame in browsers; drawing in it saves the wait for the next.
slider.addEventListener("input", () => { draw(); ask(); });

// --- the guess: one question at a time, then the newest position; in between nothing waits
let asking = false, answered = null;
async function ask() {
  if (!state.scene || asking || !visible()) return;
  const t = +slider.value / +slider.max, wanted = JSON.stringify({ ...state.scene, t });
  if (wanted === answered) return;
  asking = true;
  const image = $(".guess"), by = $(".by");
  const slow = setTimeout(() => { image.classList.add("old"); by.textContent = `${state.scene.by} is guessing…`; }, 700);
  let again = 0;
  try {
    const answer = await server.guess(wanted);
    clearTimeout(slow);
    if (answer.error) by.textContent = answer.error;
    else {
      image.src = answer.picture;
      await image.decode();
      image.classList.toggle("coarse", image.naturalWidth < state.size);
      if (by.textContent !== answer.caption) by.textContent = answer.caption;
    }
    image.classList.toggle("old", !!answer.error);
    answered = wanted;
    element.dataset.guessed = t;
  } catch (error) {
    clearTimeout(slow);
    image.classList.add("old");
    by.textContent = "No answer from the server; trying again.";
    again = 2000;
  }
  asking = false;
  setTimeout(ask, again);
}

// --- plots: plotly from the app's own files; it draws what changes with the schedule only
const plain = { displayModeBar: false, responsive: true, staticPlot: true };
const grid = { gridcolor: "rgba(128,128,128,.2)", zeroline: false, fixedrange: true };
const BINS = 60, SPAN = 3, WIDTH = 2 * SPAN / BINS;
const charts = { levels: $(".levels .chart"), logsnr: $(".logsnr .chart"), histogram: $(".histogram .chart") };
const TOP = 1.2, BARS = "#5c7cfa", counts = new Float32Array(BINS);
let plots_ready = false;

function layout(title, more, x, y) { // the margins stand in the style sheet too, for the cursor
  return { title: { text: title, font: { size: 14 }, x: 0.02, y: 0.98, yanchor: "top" }, margin: { l: 42, r: 12, t: 46, b: 30 },
    font: { color: getComputedStyle(element).color, size: 12 }, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    legend: { orientation: "h", x: 1, xanchor: "right", y: 1, yanchor: "bottom" }, xaxis: { ...grid, ...x }, yaxis: { ...grid, ...y }, ...more };
}

function curves() {
  if (!window.Plotly || !state.alpha) return;
  const k = [...state.alpha.keys()], a = [...state.alpha], s = [...state.sigma];
  const snr = a.map((v, i) => (v > 0 && s[i] > 0 ? 2 * Math.log(v / s[i]) : null));
  const line = (y, name, color, dash) => ({ x: k, y, name, mode: "lines", line: { color, dash, width: 2.5 } });
  const steps = { range: [0, k.length - 1] };
  Plotly.react(charts.levels, [line(a, "alpha", "#5c7cfa"), line(s, "sigma", "#f08c00", "dash")], layout("alpha and sigma over t", {}, steps), plain);
  Plotly.react(charts.logsnr, [line(snr, "log-SNR", "#37b24d")], layout("log-SNR = ln(α² / σ²) over t", { showlegend: false }, steps), plain);
  axes();
  plots_ready = true;
}

function axes() { // of the histogram; plotly takes 13 ms for new bars, so those are drawn beneath it
  const x = [...Array(BINS + 1).keys()].map((i) => -SPAN + i * WIDTH), scaled = state.scaled;
  Plotly.react(charts.histogram, [
    { x: [null], y: [null], type: "bar", name: scaled ? "pixels / r" : "pixels", marker: { color: BARS } },
    { x, y: x.map((v) => Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI)), mode: "lines", name: "N(0, 1)", line: { color: "#f08c00", width: 2.5 } },
  ], layout("pixel values of x<sub>t</sub>", {}, { range: [-SPAN, SPAN] }, { range: [0, TOP] }), plain);
}

function bars(a, s) { // every 7th value, which goes through all channels
  const scale = Math.max(1, Math.hypot(a, s)), { x0, eps } = state; // VE: over its own radius
  const ka = a / (127.5 * scale * WIDTH), ks = s / (scale * WIDTH);
  counts.fill(0);
  for (let i = 0; i < x0.length; i += 7) {
    const bin = Math.floor(ka * x0[i] + ks * eps[i] + BINS / 2);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  const canvas = $(".bars"), { width, height } = canvas, pen = canvas.getContext("2d");
  const unit = height / TOP / (Math.ceil(x0.length / 7) * WIDTH), step = width / BINS;
  pen.clearRect(0, 0, width, height);
  pen.fillStyle = BARS;
  for (let i = 0; i < BINS; i++) pen.fillRect(Math.round(i * step), height, Math.round((i + 1) * step) - Math.round(i * step), -counts[i] * unit);
  if (plots_ready && state.scaled !== scale > 1.01) { state.scaled = scale > 1.01; axes(); }
}

// --- what Python sends
function take_picture() {
  if (!props.picture) return;
  state.x0 = Float32Array.from(bytes(props.picture), (v) => v - 127.5);
  draw_soon();
}
function take_noise() {
  if (!props.noise) return;
  state.eps = halves(props.noise);
  draw_soon();
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
  $(".about").textContent = scene.about;
  delete scene.levels;
  delete scene.about;
  state.scene = scene;
  draw_soon();
  curves();
}
for (const name of ["noised", "noise"]) state[name] = new ImageData(state.size, state.size);
for (const name of ["noised", "noise"]) state[name].data.fill(255);
watch("picture", take_picture);
watch("noise", take_noise);
watch("scene", take_scene);
take_picture(); take_noise(); take_scene();

// The script of the plots is long: the page can be used before it is read.
function load_plots() {
  if (!element.dataset.drawn) { setTimeout(load_plots, 50); return; }
  const script = document.createElement("script");
  script.src = props.plotly;
  script.onload = curves;
  document.head.append(script);
}
load_plots();
new ResizeObserver(() => { // also when the tab comes into view again
  if (!visible()) return;
  const { clientWidth, clientHeight } = $(".bars");
  Object.assign($(".bars"), { width: clientWidth * devicePixelRatio, height: clientHeight * devicePixelRatio });
  draw_soon();
  if (plots_ready) for (const chart of Object.values(charts)) Plotly.Plots.resize(chart);
}).observe(element);
