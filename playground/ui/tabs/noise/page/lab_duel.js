// Two to four schedules on the same picture and the same noise, under one slider: aligned by t, or
// by the log-SNR, where all that keep the variance show the same picture.
const INKS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7"], DASHES = [[], [9, 4], [3, 3], [12, 3, 3, 3]];
const START = ["", "linear", "flow", "ve"], HIGH = 10, LOW = -10, STEPS = 1000;

export function build(part, kit) {
  const { state, changed, server, screen, make_plot, log_snr, number, SIDE } = kit;
  part.innerHTML = `
    <div class="choices">
      <fieldset class="choice"><legend>schedules</legend>${[2, 3, 4].map((n) => `<label><input type="radio" name="duel-n" value="${n}" ${n === 3 ? "checked" : ""}>${n}</label>`).join("")}</fieldset>
      <fieldset class="choice"><legend>aligned by</legend><label><input type="radio" name="duel-by" value="t" checked>timestep t</label><label><input type="radio" name="duel-by" value="snr">log-SNR</label></fieldset>
      <label class="check" title="Every x divided by r, the root of alpha² + sigma²: so they have one scale, whatever the schedule"><input type="checkbox" class="scaled" checked> show x / r</label>
    </div>
    <div class="panels duel"></div>
    <div class="bar"><label for="duel-t" class="what-t">timestep <i>t</i></label><input id="duel-t" type="range" min="0" max="${STEPS}" value="400" step="1"><output for="duel-t"></output></div>
    <p class="said" role="status"></p>
    <div class="plots two">
      <figure class="plot"><figcaption><span>log-SNR over <i>t</i></span></figcaption><canvas class="snrs" role="img" aria-label="log-SNR of every schedule over t"></canvas></figure>
      <figure class="plot"><figcaption><span>share of the picture's power left, <i>α</i>² / (<i>α</i>² + <i>σ</i>²), over <i>t</i></span></figcaption><canvas class="shares" role="img" aria-label="Share of the picture's power left in every schedule over t"></canvas></figure>
    </div>`;
  const $ = (name) => part.querySelector(name), slider = $("#duel-t"), panels = [];
  const snrs = make_plot($(".snrs"), { x: [0, 1], y: [-15, 15] }), shares = make_plot($(".shares"), { x: [0, 1], y: [0, 1] });
  const options = `<option value="">as at the left</option>` + kit.schedules.map(([name, title]) => `<option value="${name}">${title}</option>`).join("");
  for (let i = 0; i < 4; i++) {
    const figure = document.createElement("figure");
    figure.innerHTML = `<label class="pick"><span class="key" style="--ink: ${INKS[i]}"></span><select aria-label="Schedule of panel ${i + 1}">${options}</select></label><canvas role="img" aria-label="Noised by schedule ${i + 1}"></canvas><figcaption></figcaption>`;
    $(".duel").append(figure);
    const panel = { figure, screen: screen(figure.querySelector("canvas"), SIDE), caption: figure.querySelector("figcaption"), select: figure.querySelector("select"), levels: null };
    panel.select.value = START[i];
    panel.select.addEventListener("change", () => take(panel));
    panels.push(panel);
  }
  const shown = () => panels.slice(0, +$("[name=duel-n]:checked").value);
  const over_r = () => $(".scaled").checked;
  const by_snr = () => $("[name=duel-by]:checked").value === "snr";

  async function take(panel) { // its levels, from the server but for the schedule at the left
    const name = panel.select.value;
    if (!name) panel.levels = state.alpha && { alpha: state.alpha, sigma: state.sigma };
    else {
      const answer = await server.levels(JSON.stringify({ schedule: name }));
      if (panel.select.value !== name) return;
      panel.levels = answer.error ? null : kit.take_levels(answer);
      if (answer.error) panel.caption.textContent = answer.error;
    }
    curves();
    draw();
  }

  // alpha and sigma at a place between 0 and 1, by the angle between two steps
  function at({ alpha, sigma }, t) {
    const k = Math.min(t * (alpha.length - 1), alpha.length - 1), low = Math.min(Math.floor(k), alpha.length - 2), u = k - low;
    const mean = (f) => f(low) * (1 - u) + f(low + 1) * u;
    const angle = mean((i) => Math.atan2(sigma[i], alpha[i])), radius = mean((i) => Math.hypot(alpha[i], sigma[i]));
    return u === 0 ? [alpha[low], sigma[low]] : [radius * Math.cos(angle), radius * Math.sin(angle)];
  }
  function where({ alpha, sigma }, wanted) { // the t of this log-SNR
    const angle = Math.atan(Math.exp(-wanted / 2)), of = (k) => Math.atan2(sigma[k], alpha[k]);
    let low = 0, high = alpha.length - 1;
    if (of(high) <= angle) return 1;
    while (high - low > 1) { const k = (low + high) >> 1; if (of(k) <= angle) low = k; else high = k; }
    return (low + (angle - of(low)) / (of(high) - of(low))) / (alpha.length - 1);
  }

  function draw() {
    if (!state.x || !state.e) return;
    const share = slider.value / STEPS, wanted = HIGH + (LOW - HIGH) * share, aligned = by_snr(), scaled = over_r();
    const now = [];
    for (const panel of shown()) {
      if (!panel.levels) continue;
      const t = aligned ? where(panel.levels, wanted) : share, [a, s] = at(panel.levels, t), r = scaled ? Math.hypot(a, s) : 1;
      panel.screen.blend(state, a / r, s / r);
      panel.caption.textContent = [`t ${t.toFixed(3)}`, `α ${a.toFixed(2)}`, `σ ${s.toFixed(s < 10 ? 2 : 0)}`, `log-SNR ${number(log_snr(a, s), 1)}`].map((v) => v.replace(" ", "\u00a0")).join("   ");
      now.push([t, a, s, panels.indexOf(panel)]);
    }
    $("output").textContent = aligned ? number(wanted, 1) : share.toFixed(3);
    slider.setAttribute("aria-valuetext", aligned ? `log-SNR ${wanted.toFixed(1)}` : `t ${share}`);
    snrs.draw((p) => { if (!aligned) p.cursor(share); for (const [t, a, s, i] of now) if (Number.isFinite(log_snr(a, s))) p.dot(t, log_snr(a, s), INKS[i]); });
    shares.draw((p) => { if (!aligned) p.cursor(share); for (const [t, a, s, i] of now) p.dot(t, a * a / (a * a + s * s), INKS[i]); });
    part.dataset.drawn = slider.value;
    clearTimeout(resting);
    resting = setTimeout(compare, 120);
  }
  let resting = 0;

  function compare() { // once the finger rests
    const ready = shown().filter((panel) => panel.levels), [first, ...rest] = ready.map((panel) => panel.screen.bytes);
    if (!rest.length) return;
    let largest = 0;
    for (const other of rest) for (let i = 0; i < first.length; i++) largest = Math.max(largest, Math.abs(first[i] - other[i]));
    part.dataset.apart = largest;
    $(".said").textContent = largest <= 1
      ? "All panels show the same picture: at one SNR a schedule changes nothing. It only says when each SNR comes."
      : by_snr() ? `At one SNR, yet up to ${largest} of 255 apart: ${over_r() ? "a schedule ends before this SNR." : "their scales differ; show x / r."}`
        : `At the same t the panels differ by up to ${largest} of 255: each schedule has come to another SNR.`;
  }

  function curves() {
    const lines = shown().filter((panel) => panel.levels).map((panel) => {
      const { alpha, sigma } = panel.levels, last = alpha.length - 1, i = panels.indexOf(panel);
      const every = [...alpha.keys()].filter((k) => k % Math.ceil(last / 300) === 0 || k === last);
      return { i, snr: every.map((k) => [k / last, log_snr(alpha[k], sigma[k])]).filter((p) => Number.isFinite(p[1])), share: every.map((k) => [k / last, alpha[k] ** 2 / (alpha[k] ** 2 + sigma[k] ** 2)]) };
    });
    snrs.change({ still: (p) => lines.forEach((l) => p.curve(l.snr, INKS[l.i], DASHES[l.i])) });
    shares.change({ still: (p) => lines.forEach((l) => p.curve(l.share, INKS[l.i], DASHES[l.i])) });
  }

  function arrange() {
    const count = shown().length;
    panels.forEach((panel, i) => (panel.figure.hidden = i >= count));
    $(".duel").style.setProperty("--count", count);
    $(".what-t").innerHTML = by_snr() ? "log-SNR" : "timestep <i>t</i>";
    curves();
    draw();
  }
  slider.addEventListener("input", draw);
  for (const input of part.querySelectorAll(".choices input")) input.addEventListener("change", arrange);
  changed.addEventListener("change", () => { for (const panel of panels) if (!panel.select.value) panel.levels = { alpha: state.alpha, sigma: state.sigma }; if (!part.hidden) arrange(); });
  Promise.all(panels.map(take)).then(() => (part.dataset.ready = "yes"));
  return { show: arrange };
}
