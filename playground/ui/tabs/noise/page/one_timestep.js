// The forward process in the page: x_t = alpha x0 + sigma eps from a picture that is sent once and
// noise that the page draws itself, so that a drag never waits for the server. Only the guess is
// asked of the server, the last t first.
const $ = (name) => element.querySelector(name);
const slider = $(".t"), SIDE = 512, PIXELS = SIDE * SIDE, BINS = 60, SPAN = 3;
const state = { x: null, e: null, eps: null, alpha: null, sigma: null, scene: null, about: "", url: "", spectra: null };
const noised = screen($(".noised"), SIDE), noise = screen($(".eps"), SIDE);
const changed = new EventTarget(); // tells the other views of a new picture, noise or schedule

const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const visible = () => element.offsetParent !== null && !$("#part-one").hidden;
const minus = (text) => `${text}`.replace("-", "−");
const log_snr = (a, s) => (s === 0 ? Infinity : a === 0 ? -Infinity : 2 * Math.log(a / s));
const number = (v, digits) => (Number.isFinite(v) ? minus(v.toFixed(digits)) : v > 0 ? "∞" : "−∞");
function put(name, text) { const at = $(name); if (at.textContent !== text) at.textContent = text; }

function draw() {
  if (!state.x || !state.e || !state.alpha) return;
  const k = +slider.value, a = state.alpha[k], s = state.sigma[k];
  noised.blend(state, a, s);
  noise.blend({ x: nothing, e: state.e, eps: state.eps }, 0, s);
  put(".k", `${k} / ${slider.max}`);
  put(".alpha", a.toFixed(3));
  put(".sigma", s.toFixed(s < 10 ? 3 : 1));
  put(".abar", (a * a).toFixed(4));
  put(".snr", number(log_snr(a, s) * 10 / Math.LN10, 1));
  put(".log-snr", number(log_snr(a, s), 2));
  slider.setAttribute("aria-valuetext", `step ${k} of ${slider.max}, alpha ${a.toFixed(2)}, sigma ${s.toFixed(2)}`);
  plots(k, a, s);
  element.dataset.drawn = k; // what a test waits for, and what it looks at
  element.lab = { counts, spectra: state.spectra, a, s };
}
const nothing = new Int16Array(PIXELS * 4);

let pending = false;
function draw_soon() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => { pending = false; draw(); ask(); });
}
// An input event is already one a frame in browsers; drawing in it saves the wait for the next.
slider.addEventListener("input", () => { draw(); ask(); });

// --- the guess: one question at a time, then the newest position; in between nothing waits. A
// finger that drags gets one now and then, since the server would take a core from the drawing, and
// one as soon as it rests.
const DRAGGED = 150, REST = 60; // milliseconds
let asking = false, answered = null, held = false, asked_at = 0, rested = 0;
slider.addEventListener("pointerdown", () => (held = true));
for (const end of ["pointerup", "pointercancel"]) slider.addEventListener(end, () => { held = false; ask(); });
async function ask() {
  if (!state.scene || asking || !visible()) return;
  clearTimeout(rested);
  if (held && performance.now() - asked_at < DRAGGED) { rested = setTimeout(() => { asked_at = 0; ask(); }, REST); return; }
  asked_at = performance.now();
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
      image.classList.toggle("coarse", image.naturalWidth < SIDE);
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

// --- plots
const charts = {
  levels: make_plot($(".levels"), { x: [0, 1000], y: [0, 1.05] }),
  logsnr: make_plot($(".logsnr"), { x: [0, 1000], y: [-10, 10] }),
  histogram: make_plot($(".histogram"), { x: [-SPAN, SPAN], y: [0, 1.2], y_ticks: [[0, "0"], [0.5, "0.5"], [1, "1"]] }),
  spectrum: make_plot($(".spectrum"), { x: [1, SIDE / 2], log: true, y: [-4, 4], y_ticks: [[-4, "10⁻⁴"], [-2, "10⁻²"], [0, "1"], [2, "100"], [4, "10⁴"]],
    x_ticks: [[1, "1"], [2, "2"], [4, "4"], [8, "8"], [16, "16"], [32, "32"], [64, "64"], [128, "128"], [256, "256"]] }),
};
const counts = new Float32Array(BINS);

function curves() { // what changes with the schedule only
  const { alpha, sigma } = state, last = alpha.length - 1;
  const every = [...alpha.keys()].filter((k) => k % Math.ceil(last / 400) === 0 || k === last || k === 1);
  const snr = every.map((k) => [k, log_snr(alpha[k], sigma[k])]).filter((p) => Number.isFinite(p[1]));
  const values = snr.map((p) => p[1]);
  const line = (array) => every.map((k) => [k, array[k]]);
  const top = Math.max(1, ...every.map((k) => sigma[k])) * 1.05;
  charts.levels.change({ x: [0, last], y: [0, top], still: (p) => { p.curve(line(alpha), BLUE); p.curve(line(sigma), ORANGE, [7, 4]); } });
  charts.logsnr.change({ x: [0, last], y: [Math.min(0, ...values), Math.max(0, ...values)], still: (p) => p.curve(snr, GREEN) });
}

function plots(k, a, s) {
  charts.levels.draw((p) => { p.cursor(k); p.dot(k, a, BLUE); p.dot(k, s, ORANGE); });
  charts.logsnr.draw((p) => { p.cursor(k); if (Number.isFinite(log_snr(a, s))) p.dot(k, log_snr(a, s), GREEN); });
  count(a, s);
  charts.histogram.draw((p) => { p.bars(counts, -SPAN, SPAN, BLUE); p.curve(bell_curve, ORANGE); });
  if (state.spectra) charts.spectrum.draw((p) => spectrum(p, a, s));
}

function count(a, s) { // every 11th pixel's one channel after the other; VE: over its own radius
  const scale = Math.max(1, Math.hypot(a, s)), { x, e } = state, width = 2 * SPAN / BINS;
  const ka = a / (255 * scale * width), ks = s / (EPS_UNIT * scale * width);
  let seen = 0;
  counts.fill(0);
  for (let i = 0, c = 0; i < x.length; i += 28, c = c === 2 ? 0 : c + 1, seen++) {
    const bin = Math.floor(ka * x[i + c] + ks * e[i + c] + BINS / 2);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  for (let i = 0; i < BINS; i++) counts[i] /= seen * width;
  put(".what", scale > 1.01 ? "pixels / r" : "pixels");
}

function spectrum(p, a, s) {
  const { picture, noise, both } = state.spectra, db = (v) => Math.log10(Math.max(v, 1e-9));
  const points = (f) => Array.from(picture, (_, i) => [i + 1, db(f(i))]);
  const drowned = picture.findIndex((v, i) => a * a * v < s * s && a * a * (picture[i + 1] ?? 0) < s * s);
  if (drowned >= 0 && s > 0) { // finer than this the noise is the stronger
    p.pen.fillStyle = "rgba(240,140,0,.13)";
    p.pen.fillRect(p.to_x(drowned + 1), p.to_y(4), p.to_x(picture.length) - p.to_x(drowned + 1), p.to_y(-4) - p.to_y(4));
  }
  p.curve(points((i) => a * a * picture[i] + s * s * noise[i] + 2 * a * s * both[i]), BLUE, [], 2);
  p.curve(points((i) => a * a * picture[i]), GREEN, [], 2);
  if (s > 0) p.curve([[1, db(s * s)], [picture.length, db(s * s)]], ORANGE, [7, 4], 2);
  put(".drowned", drowned < 0 || s === 0 ? "nothing is drowned" : `drowned: finer than ${drowned + 1} waves a picture`);
}

let analysing = 0;
function analyse() { // in the pauses, a few milliseconds at a time
  const mine = ++analysing, work = spectra(state.x, state.eps, SIDE);
  const later = window.requestIdleCallback ?? ((f) => setTimeout(f, 30));
  const go = () => {
    if (mine !== analysing) return;
    const made = work.next().value;
    if (made) { state.spectra = made; element.dataset.spectra = mine; draw_soon(); }
    else later(go, { timeout: 100 }); // a busy page, too, gets it in a second or so
  };
  later(go, { timeout: 100 });
}

// --- what Python sends
function take_picture() {
  if (!props.picture || props.picture === state.url) return;
  const url = state.url = props.picture, image = new Image();
  image.onload = () => { // one turn of the page's busy start; bitmaps and fetches take several
    if (url !== state.url) return; // another one was chosen meanwhile
    const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(image, 0, 0);
    state.x = whole_picture(pen.getImageData(0, 0, SIDE, SIDE).data);
    ready();
  };
  image.src = url;
}
async function take_noise() {
  if (!props.noise) return;
  const { seed, first, last } = JSON.parse(props.noise);
  if (seed === state.seed) return;
  state.seed = seed;
  let eps = normal_stream(seed).normals(new Float32Array(3 * PIXELS));
  const near = (values, from) => values.every((v, i) => Math.abs(v - eps[from + i]) < 1e-4);
  if (!near(first, 0) || !near(last, eps.length - last.length)) { // a torch that draws otherwise
    const sent = await server.noise(JSON.stringify({ seed }));
    eps = new Float32Array(bytes(sent.noise).buffer);
    if (seed !== state.seed) return;
  }
  Object.assign(state, { eps, e: whole_noise(eps, PIXELS) });
  ready();
}
function ready() {
  if (!state.x || !state.e) return;
  draw();
  ask();
  analyse();
  changed.dispatchEvent(new Event("change"));
}
function take_levels(message) {
  const levels = new Float64Array(bytes(message.levels).buffer), n = levels.length / 2;
  return { ...message, alpha: levels.subarray(0, n), sigma: levels.subarray(n) };
}
function take_scene() {
  if (!props.scene) return;
  const { alpha, sigma, levels, about, title, bundled, ...scene } = take_levels(JSON.parse(props.scene));
  const share = +slider.value / +slider.max;
  Object.assign(state, { alpha, sigma, scene, title, bundled });
  slider.max = alpha.length - 1;
  slider.value = Math.round(share * slider.max);
  $(".about").textContent = about;
  curves();
  draw_soon();
  changed.dispatchEvent(new Event("change"));
}
watch("picture", take_picture);
watch("noise", take_noise);
watch("scene", take_scene);
take_picture(); take_noise(); take_scene();
new ResizeObserver(() => { if (visible()) ask(); }).observe(element); // the tab comes into view again
