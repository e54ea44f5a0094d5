// A beginner article's own formulas, run as they stand, beside the field's on the same picture:
// histograms and errors say which hold.
import { SMALL, VALUES, apart, edges, error, histogram, normal_cdf, show, small_picture, spread } from "./lab_small.js";

const STEPS = 20, WALK = 0.5, SIGMA_MIN = 0.1, SIGMA_MAX = 0.3, SHARE = SIGMA_MIN / Math.hypot(SIGMA_MIN, SIGMA_MAX), SPAN = 4;

export function build(part, kit) {
  const { state, changed, server, screen, make_plot, normal_stream, number, inks: { BLUE, ORANGE, GREEN, GREY } } = kit;
  let x0 = null, eps = null, walks = null, now = "walk", asking = 0;

  const claims = {
    walk: {
      name: "The random walk",
      says: "Forward: <i>x</i><sub>t</sub> = <i>x</i><sub>t−1</sub> + <i>z</i><sub>t</sub>. Nothing is scaled.",
      field: "Right as far as it goes: it is a <b>variance-exploding</b> process, alpha = 1 and sigma grows. <b>Variance-preserving</b> ones scale the picture down as well: q(<i>x</i><sub>t</sub> | <i>x</i><sub>t−1</sub>) = N(√(1 − <i>β</i>) <i>x</i><sub>t−1</sub>, <i>β</i> I).",
      slider: "steps", least: 0, start: 8,
      run(n) {
        const [a, s] = level(n / STEPS), walk = walked(n), field = mixed(a, s);
        panel(0, walk, `the article: ${n} steps, alpha 1, sigma ${(WALK * Math.sqrt(n)).toFixed(2)}`, [bell_of(spread(walk))]);
        panel(1, field, `${state.title}: alpha ${a.toFixed(2)}, sigma ${s.toFixed(2)}`, [bell_of(spread(field))]);
        return `After ${n} steps the walk's values have a standard deviation of <b>${spread(walk).sd.toFixed(2)}</b>, and it goes on growing; ${state.title} has <b>${spread(field).sd.toFixed(2)}</b>. A network fed with the walk has to be told to divide by it.`;
      },
    },
    end: {
      name: "The end is uniform?",
      says: "At the end of the forward process stands a <b>uniform</b> distribution.",
      field: "It is <b>Gaussian</b>: a sum of Gaussian noise is Gaussian, N(0, I) where the variance is preserved, practically N(0, sigma² I) where it explodes.",
      slider: "steps", least: 0, start: STEPS,
      run(n) {
        const [a, s] = level(n / STEPS), found = [[walked(n), "the article's walk"], [mixed(a, s), state.title]].map(([x, name], i) => {
          const about = spread(x), gaps = distances(x, about);
          panel(i, x, `${name} after ${n} of ${STEPS} steps`, [bell_of(about), flat_of(about)]);
          return { name, ...gaps };
        });
        const say = ({ name, bell, flat }) => `${name}: <b>${(100 * bell).toFixed(1)}%</b> from a Gaussian, <b>${(100 * flat).toFixed(1)}%</b> from a uniform distribution`;
        const holds = found.every((f) => f.bell < f.flat) ? "Gaussian, not uniform." : "Not yet at the end: the picture's own values show.";
        part.lab.gaps = found;
        return `${found.map(say).join("; ")} (largest gap of cumulative shares, same mean and spread). ${holds}`;
      },
    },
    code: {
      name: "Its code, and back",
      says: `Forward, n times: <i>z</i> ← <i>x</i> + 0.3 <i>z</i>; <i>x</i> ← <i>x</i> + 0.316 <i>z</i>. Inverse, n times: <i>x</i> ← <i>x</i> − 0.316 <i>x</i>; <i>x</i> ← <i>x</i> − 0.3 <i>x</i>.`,
      field: "The reverse needs to know what pictures look like: at each step a denoiser guesses <i>x</i><sub>0</sub>, and x goes a part of the way there (DDIM, 20 steps, here with the ideal denoiser of the bundled pictures and yours, which knows them all).",
      slider: "times", least: 1, start: 10,
      run(n) {
        const t = 0.7, [a, s] = level(t), forward = code_forward(n), back = code_inverse(forward, n), noised = mixed(a, s), shrunk = code_inverse(noised, n);
        panel(0, forward, `its forward, ${n} times`);
        panel(1, back, `its inverse of that: error ${error(back, x0).toFixed(0)} of 255`);
        panel(2, noised, `the field's x, t = ${t}: error ${error(noised, x0).toFixed(0)}`);
        panel(3, shrunk, `its inverse of that: error ${error(shrunk, x0).toFixed(0)}`);
        const grey = error(new Float32Array(VALUES), x0);
        walks.errors ??= errors_over_n(noised);
        part.lab.errors = { forward: error(forward, x0), back: error(back, x0), noised: error(noised, x0), shrunk: error(shrunk, x0), grey, field: walks.back };
        draw_errors(n);
        ask_server("reverse", { t }, 4, (answer) => { walks.back = part.lab.errors.field = answer.error; draw_errors(+slider.value); return `the field's reverse: error ${answer.error.toFixed(1)}`; });
        return `Each inverse step multiplies everything by ${((1 - SHARE) * (1 - SIGMA_MAX)).toFixed(3)}, noise and picture alike: it ends in plain grey, whose error is <b>${grey.toFixed(0)}</b> of 255. Its forward makes the picture itself stronger: by 1.316 at first, and by more each time, always with the same noise.`;
      },
    },
    once: {
      name: "One pass?",
      says: "A generator: <code>x = model(randn(1, noise_level))</code>, in one pass.",
      field: "From pure noise the best single guess is the <b>mean of all pictures</b>. Pictures arise in many passes along a grid of levels (or in few, by a distilled model).",
      slider: "calls", least: 1, start: STEPS,
      run(n) {
        panel(0, eps, "pure noise");
        ask_server("one_pass", { calls: 1, by: state.scene.by }, 1, (answer) => answer.caption);
        ask_server("one_pass", { calls: n, by: state.scene.by }, 2, (answer) => answer.caption);
        return n === 1 ? "One pass gives the mean of everything the model knows. Ask more often: drag the slider." : `The same noise, ${n} calls: every call may choose a little more of what the picture shall be.`;
      },
    },
  };

  part.innerHTML = `
    <div class="choices"><fieldset class="choice"><legend>what it says of</legend>${Object.entries(claims).map(([key, c]) => `<label><input type="radio" name="article-claim" value="${key}" ${key === now ? "checked" : ""}>${c.name}</label>`).join("")}</fieldset></div>
    <div class="sides"><div><h4>The article says</h4><p class="says"></p></div><div><h4>What the field uses</h4><p class="field"></p></div></div>
    <div class="bar"><label for="article-n"></label><input id="article-n" type="range" min="0" max="${STEPS}" step="1"><output for="article-n"></output></div>
    <div class="panels article"></div>
    <p class="keys"><span class="key box" style="--ink: ${BLUE}">values</span><span class="key" style="--ink: ${ORANGE}">Gaussian</span><span class="key dashed flat" style="--ink: ${GREEN}">uniform</span><span>of the same mean and spread</span></p>
    <p class="said" role="status"></p>
    <figure class="plot wide"><figcaption><span>error to the picture, of 255, over <i>n</i></span><span class="key" style="--ink: ${BLUE}">its inverse of its forward</span><span class="key dashed" style="--ink: ${ORANGE}">its inverse of the field's x</span><span class="key" style="--ink: ${GREY}">plain grey</span><span class="key" style="--ink: ${GREEN}">the field's reverse</span></figcaption>
      <canvas class="errors" role="img" aria-label="Error of the article's inverse over the number of steps, beside plain grey and the field's reverse"></canvas></figure>`;
  const $ = (name) => part.querySelector(name), slider = $("#article-n"), panels = [];
  part.lab = {};
  const errors_plot = make_plot($(".errors"), { x: [0, STEPS], y: [0, 140] });
  for (let i = 0; i < 5; i++) {
    const figure = document.createElement("figure");
    figure.innerHTML = `<canvas class="shown"></canvas><img alt=""><figcaption></figcaption><div class="plot"><canvas class="counted" role="img" aria-label="Histogram of the values"></canvas></div>`;
    $(".article").append(figure);
    panels.push({ figure, screen: screen(figure.querySelector(".shown"), SMALL), canvas: figure.querySelector(".shown"), image: figure.querySelector("img"), caption: figure.querySelector("figcaption"), plot: make_plot(figure.querySelector(".counted"), { x: [-SPAN, SPAN], y: [0, 1] }), box: figure.querySelector(".plot") });
  }

  const level = (t) => { const k = Math.round(t * (state.alpha.length - 1)); return [state.alpha[k], state.sigma[k]]; };
  const mixed = (a, s) => { const x = new Float32Array(VALUES); for (let i = 0; i < VALUES; i++) x[i] = a * x0[i] + s * eps[i]; return x; };
  const bell_of = ({ mean, sd }) => ({ color: ORANGE, dash: [], cdf: (v) => normal_cdf((v - mean) / sd), density: (v) => kit.bell((v - mean) / sd) / sd });
  const flat_of = ({ mean, sd }) => { const half = Math.sqrt(3) * sd; return { color: GREEN, dash: [7, 4], cdf: (v) => Math.min(1, Math.max(0, (v - mean + half) / (2 * half))), density: (v) => (Math.abs(v - mean) < half ? 0.5 / half : 0) }; };

  function distances(x, about) { // over its own range, so that nothing lies outside
    const low = about.mean - 4 * about.sd, high = about.mean + 4 * about.sd, { until } = histogram(x, low, high);
    const gap = (law) => apart(until, edges(low, high).map(law.cdf));
    return { bell: gap(bell_of(about)), flat: gap(flat_of(about)) };
  }

  function walked(n) { // x after n steps; all are kept, for the slider goes both ways
    while (walks.x.length <= n) {
      const x = walks.x[walks.x.length - 1].slice(), z = walks.draws.normals(new Float32Array(VALUES));
      for (let i = 0; i < VALUES; i++) x[i] += WALK * z[i];
      walks.x.push(x);
    }
    return walks.x[n];
  }
  function code_forward(n) {
    const x = x0.slice(), z = eps.slice();
    for (let k = 0; k < n; k++) for (let i = 0; i < VALUES; i++) { z[i] = x[i] + SIGMA_MAX * z[i]; x[i] += SHARE * z[i]; }
    return x;
  }
  function errors_over_n(noised) { // the inverse multiplies, so one number stands for n of its steps
    const one = (1 - SHARE) * (1 - SIGMA_MAX), x = x0.slice(), z = eps.slice(), y = new Float32Array(VALUES);
    const of = (from, n) => { const k = one ** n; for (let i = 0; i < VALUES; i++) y[i] = k * from[i]; return error(y, x0); };
    const own = [], field = [];
    for (let n = 0; n <= STEPS; n++) {
      own.push([n, of(x, n)]);
      field.push([n, of(noised, n)]);
      for (let i = 0; i < VALUES; i++) { z[i] = x[i] + SIGMA_MAX * z[i]; x[i] += SHARE * z[i]; }
    }
    return { own, field };
  }
  function draw_errors(n) {
    const { own, field } = walks.errors, { grey, field: back } = part.lab.errors;
    errors_plot.draw((p) => {
      p.curve([[0, grey], [STEPS, grey]], GREY, [], 2);
      if (back !== undefined) p.curve([[0, back], [STEPS, back]], GREEN);
      p.curve(own, BLUE);
      p.curve(field, ORANGE, [7, 4]);
      p.cursor(n);
    });
  }
  function code_inverse(from, n) {
    const x = from.slice();
    for (let k = 0; k < n; k++) for (let i = 0; i < VALUES; i++) { x[i] -= SHARE * x[i]; x[i] -= SIGMA_MAX * x[i]; }
    return x;
  }

  function panel(i, x, caption, laws = null) {
    const p = panels[i];
    p.figure.hidden = false;
    p.canvas.hidden = false;
    p.image.hidden = true;
    p.canvas.setAttribute("role", "img");
    p.canvas.setAttribute("aria-label", caption);
    show(p.screen, x);
    p.caption.textContent = caption;
    p.box.hidden = !laws;
    if (!laws) return;
    const { mean, sd } = spread(x), span = Math.max(1.5, Math.ceil(3.4 * sd)), { density } = histogram(x, -span, span), at = edges(-span, span);
    p.plot.change({ x: [-span, span], y: [0, Math.max(...laws.map((l) => 1.25 * Math.max(l.density(mean), l.density(0))), 1.05 * Math.max(...density))] });
    p.plot.draw((q) => { q.bars(density, -span, span, BLUE); for (const law of laws) q.curve(Array.from({ length: 241 }, (_, k) => -span + k * span / 120).map((v) => [v, law.density(v)]), law.color, law.dash); });
  }

  // The server is asked once the finger rests; the old answer stays, faded, until the new one is there.
  function ask_server(what, more, i, caption) {
    const p = panels[i], mine = asking, { path, schedule, knobs, seed } = state.scene;
    p.figure.hidden = false;
    p.canvas.hidden = true;
    p.image.hidden = false;
    p.box.hidden = true;
    p.image.classList.add("old");
    p.caption.textContent ||= "…";
    setTimeout(async () => {
      if (mine !== asking) return;
      let answer;
      try { answer = await server[what](JSON.stringify({ path, schedule, knobs, seed, ...more })); }
      catch { answer = { error: "No answer from the server; move the slider to ask again." }; }
      if (mine !== asking) return;
      if (!answer.picture) { p.caption.textContent = answer.error; return; }
      p.image.src = answer.picture;
      p.image.alt = p.caption.textContent = caption(answer);
      p.image.classList.remove("old");
      part.dataset.answered = asking;
    }, 150);
  }

  function draw() {
    if (!x0 || !state.scene) return;
    asking++;
    const claim = claims[now], n = +slider.value;
    for (const p of panels) p.figure.hidden = true;
    $(".said").innerHTML = claim.run(n);
    $(".article").style.setProperty("--count", panels.filter((p) => !p.figure.hidden).length);
    $(".keys").hidden = panels[0].box.hidden;
    $(".wide").hidden = now !== "code";
    $(".flat").hidden = now !== "end";
    $("output").textContent = n;
    slider.setAttribute("aria-valuetext", `${n} ${claim.slider}`);
    part.dataset.drawn = `${now} ${n}`;
  }

  function choose() {
    now = $("[name=article-claim]:checked").value;
    const claim = claims[now];
    $(".says").innerHTML = claim.says;
    $(".field").innerHTML = claim.field;
    $(".bar label").textContent = claim.slider;
    slider.min = claim.least;
    slider.value = claim.start;
    for (const p of panels) { p.caption.textContent = ""; p.image.removeAttribute("src"); }
    draw();
  }

  function take() {
    if (!state.x || !state.eps || !state.alpha) return;
    x0 = small_picture(state.x, kit.SIDE);
    eps = new Float32Array(VALUES);
    for (let c = 0, k = 0; c < 3; c++) for (let v = 0; v < SMALL; v++) for (let u = 0; u < SMALL; u++) eps[k++] = state.eps[(c * kit.SIDE + 2 * v) * kit.SIDE + 2 * u];
    walks = { x: [x0], draws: normal_stream(state.seed + 1) };
  }
  slider.addEventListener("input", draw);
  for (const input of part.querySelectorAll("[name=article-claim]")) input.addEventListener("change", choose);
  changed.addEventListener("change", () => { x0 = null; if (!part.hidden) { take(); draw(); } });
  return { show: () => { if (x0) return; take(); choose(); } };
}
