// q(x_t | x_(t-1)) sampled step by step, with fresh noise in each, beside x_t in one jump: other
// noise, the same distribution.
import { SMALL, VALUES, apart, histogram, show, small_picture, spread } from "./lab_small.js";

const SECONDS = 6, SPAN = 3.5;

export function build(part, kit) {
  const { state, changed, screen, make_plot, normal_stream, number, inks: { BLUE, ORANGE, GREEN } } = kit;
  part.innerHTML = `
    <div class="choices">
      <fieldset class="choice"><legend>steps to the end</legend>${[10, 50, 200, 1000].map((n) => `<label><input type="radio" name="steps-n" value="${n}" ${n === 50 ? "checked" : ""}>${n}</label>`).join("")}</fieldset>
      <button class="push play" title="Space">▶ Play</button><button class="push one-step">One step</button><button class="push again">Back to the picture</button>
    </div>
    <div class="panels steps">
      <figure><canvas class="walked" role="img" aria-label="The picture noised step by step"></canvas><figcaption>step by step: <i>x</i><sub>k</sub> from <i>x</i><sub>k−1</sub> and fresh noise</figcaption></figure>
      <figure><canvas class="jumped" role="img" aria-label="The picture noised in one jump"></canvas><figcaption>one jump: <i>x</i><sub>k</sub> = <i>α x</i><sub>0</sub> + <i>σ ε</i></figcaption></figure>
      <div class="aside">
        <figure class="plot"><figcaption><span>noise in <i>x</i><sub>k</sub>, over <i>σ</i></span><span class="key box" style="--ink: ${BLUE}">steps</span><span class="key" style="--ink: ${GREEN}">jump</span><span class="key dashed" style="--ink: ${ORANGE}">N(0, 1)</span></figcaption><canvas class="noise-of" role="img" aria-label="Histograms of the noise in both, beside the bell curve"></canvas></figure>
        <figure class="plot"><figcaption><span>measured in the steps, on the closed form</span><span class="key" style="--ink: ${BLUE}">α</span><span class="key dashed" style="--ink: ${ORANGE}">σ</span></figcaption><canvas class="landed" role="img" aria-label="alpha and sigma measured after each step, on the curves of the schedule"></canvas></figure>
      </div>
    </div>
    <div class="formula law"></div>
    <table class="numbers"><thead><tr><th></th><th>share of the picture</th><th>noise: mean</th><th>noise: standard deviation</th></tr></thead>
      <tbody><tr class="a"><th>step by step</th><td></td><td></td><td></td></tr><tr class="b"><th>one jump</th><td></td><td></td><td></td></tr><tr class="c"><th>closed form</th><td></td><td></td><td></td></tr></tbody></table>
    <p class="said" role="status"></p>`;
  const $ = (name) => part.querySelector(name);
  const walked = screen($(".walked"), SMALL), jumped = screen($(".jumped"), SMALL);
  const noise_of = make_plot($(".noise-of"), { x: [-SPAN, SPAN], y: [0, 0.55] }), landed = make_plot($(".landed"), { x: [0, 1], y: [0, 1.05] });
  const rest = new Float32Array(VALUES), z = new Float32Array(VALUES);
  let x0 = null, eps = null, x = null, draws = null, j = 0, count = 50, playing = 0, seen = [];

  const level = (i) => { const k = Math.round(i * (state.alpha.length - 1) / count); return [state.alpha[k], state.sigma[k]]; };

  function start() {
    stop();
    if (!state.x || !state.eps || !state.alpha) return;
    count = Math.min(+$("[name=steps-n]:checked").value, state.alpha.length - 1);
    x0 = small_picture(state.x, kit.SIDE);
    eps = new Float32Array(VALUES);
    for (let c = 0, k = 0; c < 3; c++) for (let v = 0; v < SMALL; v++) for (let u = 0; u < SMALL; u++) eps[k++] = state.eps[(c * kit.SIDE + 2 * v) * kit.SIDE + 2 * u];
    x = x0.slice();
    draws = normal_stream(state.seed + 1);
    j = 0;
    seen = [];
    const last = state.alpha.length - 1, every = [...state.alpha.keys()].filter((k) => k % Math.ceil(last / 300) === 0 || k === last);
    const line = (array) => every.map((k) => [k / last, array[k]]);
    landed.change({ y: [0, 1.05 * Math.max(1, state.sigma[last])], still: (p) => { p.curve(line(state.alpha), BLUE, [], 1.5); p.curve(line(state.sigma), ORANGE, [7, 4], 1.5); } });
    look();
  }

  function step() { // q(x_k | x_(k-1)), from the levels: any two lie on a chain of Gaussians
    if (j >= count) return;
    const [a0, s0] = level(j), [a, s] = level(++j), keep = a0 > 0 ? a / a0 : 0, add = Math.sqrt(Math.max(0, s * s - keep * keep * s0 * s0));
    draws.normals(z);
    for (let i = 0; i < VALUES; i++) x[i] = keep * x[i] + add * z[i];
    $(".law").innerHTML = `<span>q(<i>x</i><sub>${j}</sub> | <i>x</i><sub>${j - 1}</sub>) = N(<b>${keep.toFixed(4)}</b> <i>x</i><sub>${j - 1}</sub>, <b>${(add * add).toFixed(4)}</b> I)</span><span class="small">jump: N(<b>${a.toFixed(4)}</b> <i>x</i><sub>0</sub>, <b>${(s * s).toFixed(4)}</b> I)</span>`;
  }

  function measure(y, a, s) { // the share of x0 in y by least squares, and what is left
    let both = 0, power = 0;
    for (let i = 0; i < VALUES; i++) { both += y[i] * x0[i]; power += x0[i] * x0[i]; rest[i] = y[i] - a * x0[i]; }
    const found = spread(rest);
    if (s > 0) for (let i = 0; i < VALUES; i++) rest[i] /= s;
    return { share: both / power, ...found, of: histogram(rest, -SPAN, SPAN) };
  }

  function look() {
    const [a, s] = level(j), jump = new Float32Array(VALUES);
    for (let i = 0; i < VALUES; i++) jump[i] = a * x0[i] + s * eps[i];
    show(walked, x);
    show(jumped, jump);
    const one = measure(x, a, s), other = measure(jump, a, s), gap = apart(one.of.until, other.of.until), least = 1.36 * Math.sqrt(2 / VALUES);
    seen.push([j / count, one.share, one.sd]);
    const line = Array.from(other.of.density, (v, i) => [-SPAN + (i + 0.5) * 2 * SPAN / other.of.density.length, v]);
    const bells = Array.from({ length: 141 }, (_, i) => [-SPAN + i * SPAN / 70, kit.bell(-SPAN + i * SPAN / 70)]);
    noise_of.draw((p) => { if (s > 0) { p.bars(one.of.density, -SPAN, SPAN, BLUE); p.curve(line, GREEN); } p.curve(bells, ORANGE, [7, 4]); });
    landed.draw((p) => { for (const [t, share, sd] of seen) { p.dot(t, share, BLUE, count > 100 ? 2 : 4); p.dot(t, sd, ORANGE, count > 100 ? 2 : 4); } });
    const rows = { ".a": [one.share, one.mean, one.sd], ".b": [other.share, other.mean, other.sd], ".c": [a, 0, s] };
    for (const [row, values] of Object.entries(rows)) [...$(row).querySelectorAll("td")].forEach((cell, i) => (cell.textContent = number(values[i], 4)));
    $(".said").textContent = j === 0 ? "Both begin at the picture. Press Play, or the space bar."
      : `After ${j} of ${count} steps: other noise, the same distribution. Their cumulative shares are ${gap.toFixed(4)} apart at most; chance alone stays below ${least.toFixed(4)} in 95 of 100 tries.`;
    part.dataset.step = j;
    part.lab = { one, other, a, s, gap };
    if (j === 0) $(".law").innerHTML = "<span>q(<i>x</i><sub>k</sub> | <i>x</i><sub>k−1</sub>) = N(<i>α</i><sub>k</sub>/<i>α</i><sub>k−1</sub> <i>x</i><sub>k−1</sub>, (<i>σ</i><sub>k</sub>² − (<i>α</i><sub>k</sub>/<i>α</i><sub>k−1</sub>)² <i>σ</i><sub>k−1</sub>²) I)</span>";
  }

  function stop() { clearTimeout(playing); playing = 0; $(".play").textContent = "▶ Play"; }
  function play() {
    if (playing) { stop(); return; }
    if (j >= count) start();
    $(".play").textContent = "⏸ Pause";
    const go = () => {
      const began = performance.now();
      step(); look();
      if (j >= count) { stop(); return; }
      playing = setTimeout(go, Math.max(4, SECONDS * 1000 / count - (performance.now() - began)));
    };
    playing = setTimeout(go, 0);
  }
  $(".play").addEventListener("click", play);
  $(".one-step").addEventListener("click", () => { stop(); step(); look(); });
  $(".again").addEventListener("click", start);
  part.addEventListener("keydown", (event) => { if (event.key === " " && !["BUTTON", "INPUT"].includes(event.target.tagName)) { event.preventDefault(); play(); } });
  for (const input of part.querySelectorAll("[name=steps-n]")) input.addEventListener("change", start);
  changed.addEventListener("change", () => { x = null; if (!part.hidden) start(); });
  part.tabIndex = -1; // so that the space bar reaches it
  return { show: (enter) => { if (!x) start(); if (enter) part.focus({ preventScroll: true }); }, hide: stop };
}
