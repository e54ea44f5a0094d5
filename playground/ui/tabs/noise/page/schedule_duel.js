// @ts-check
// Two to four schedules on the same picture and the same noise, under one slider: aligned by t, or
// by the log-SNR, where all that keep the variance show the same picture.
import { canvasPlot } from "../../../page/chart/canvas_plot.js";
import { find, findAll } from "../../../page/kit/dom.js";
import { marked } from "../../../page/kit/marked.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { farthest, panelOf, shareOf, verdict } from "./duel_panels.js";
import { readyIn, whenOther } from "./lab.js";
import { between, curveOf, fixed, levelsOf, logSnr, timeOf } from "./levels.js";

const START = ["", "linear", "flow", "ve"]; // "" is the schedule at the left
const HIGH = 10; // log-SNR at the slider's left end
const LOW = -10;
const STEPS = 1000;
const REST = 120; // milliseconds without a move, after which the panels are compared
const PAGE = `
  <div class="choices">
    <fieldset class="choice"><legend data-t="schedules"></legend>${[2, 3, 4]
      .map((n) => `<label><input type="radio" name="duel-n" value="${n}">${n}</label>`)
      .join("")}</fieldset>
    <fieldset class="choice"><legend data-t="aligned by"></legend>
      <label><input type="radio" name="duel-by" value="t" checked><span data-t="timestep t">
        </span></label>
      <label><input type="radio" name="duel-by" value="snr">log-SNR</label></fieldset>
    <label class="check" data-t-title="Every x divided by r, the root of alpha² + sigma²: so they \
have one scale, whatever the schedule"><input type="checkbox" class="scaled" checked>
      <span data-t="show x / r"></span></label>
  </div>
  <div class="panels duel"></div>
  <div class="bar"><label for="duel-t" class="what-t"></label><input id="duel-t" type="range"
    min="0" max="${STEPS}" value="400" step="1"><output for="duel-t"></output></div>
  <p class="said" role="status"></p>
  <div class="plots two">
    <figure class="plot"><figcaption><span data-t="log-SNR over <i>t</i>"></span></figcaption>
      <canvas class="snrs" role="img" data-t-label="log-SNR of every schedule over t"></canvas>
    </figure>
    <figure class="plot"><figcaption><span
      data-t="share of the picture's power left, <i>α</i>² / (<i>α</i>² + <i>σ</i>²), over <i>t</i>"
      ></span></figcaption><canvas class="shares" role="img"
      data-t-label="Share of the picture's power left in every schedule over t"></canvas></figure>
  </div>`;

/** @param {import("./views.js").Setting} setting @returns {import("./views.js").View} */
export function build({ part, lab, server, schedules, signal }) {
  part.innerHTML = PAGE;
  const slider = find(part, "#duel-t", HTMLInputElement);
  const scaled = find(part, ".scaled", HTMLInputElement);
  const many = findAll(part, "[name=duel-n]", HTMLInputElement);
  const bySnr = find(part, "[name=duel-by][value=snr]", HTMLInputElement);
  many[1].checked = true;
  const canvas = (/** @type {string} */ name) => find(part, name, HTMLCanvasElement);
  const snrs = canvasPlot(canvas(".snrs"), { x: [0, 1], y: [-15, 15] }, signal);
  const shares = canvasPlot(canvas(".shares"), { x: [0, 1], y: [0, 1] }, signal);
  const panels = START.map((name, i) => panelOf(i, name, schedules));
  find(part, ".duel").append(...panels.map((panel) => panel.figure));
  translateIn(part, signal);
  let resting = 0;

  const shown = () => panels.slice(0, +(many.find((one) => one.checked)?.value ?? 3));

  /**
   * Its levels, from the server but for the schedule at the left.
   * @param {import("./duel_panels.js").Panel} panel
   */
  async function take(panel) {
    const name = panel.select.value;
    if (!name) panel.levels = lab.get().levels;
    else {
      const answer = await server.levels(JSON.stringify({ schedule: name }));
      if (signal.aborted || panel.select.value !== name) return;
      panel.levels = answer.error ? null : levelsOf(answer.levels);
      if (answer.error) panel.caption.textContent = answer.error;
    }
    curves();
    draw();
  }

  function draw() {
    const ready = readyIn(lab);
    if (!ready) return;
    const share = +slider.value / STEPS;
    const wanted = HIGH + (LOW - HIGH) * share;
    const isAligned = bySnr.checked;
    /** @type {{ at: number, alpha: number, sigma: number, ink: string }[]} */
    const places = [];
    for (const panel of shown()) {
      if (!panel.levels) continue;
      const at = isAligned ? timeOf(panel.levels, wanted) : share;
      const [alpha, sigma] = between(panel.levels, at);
      const r = scaled.checked ? Math.hypot(alpha, sigma) : 1;
      panel.screen.blend(ready.source, alpha / r, sigma / r);
      const numbers = [`t ${at.toFixed(3)}`, `α ${alpha.toFixed(2)}`];
      numbers.push(`σ ${sigma.toFixed(sigma < 10 ? 2 : 0)}`);
      numbers.push(`log-SNR ${fixed(logSnr(alpha, sigma), 1)}`);
      panel.caption.textContent = numbers.map((v) => v.replace(" ", "\u00a0")).join("   ");
      places.push({ at, alpha, sigma, ink: panel.ink });
    }
    find(part, "output").textContent = isAligned ? fixed(wanted, 1) : share.toFixed(3);
    slider.setAttribute(
      "aria-valuetext",
      isAligned ? `log-SNR ${wanted.toFixed(1)}` : `t ${share}`,
    );
    snrs.draw((marks) => {
      if (!isAligned) marks.cursor(share);
      for (const { at, alpha, sigma, ink } of places) {
        const height = logSnr(alpha, sigma);
        if (Number.isFinite(height)) marks.dot(at, height, ink);
      }
    });
    shares.draw((marks) => {
      if (!isAligned) marks.cursor(share);
      for (const { at, alpha, sigma, ink } of places) marks.dot(at, shareOf(alpha, sigma), ink);
    });
    part.dataset.drawn = slider.value;
    clearTimeout(resting);
    resting = window.setTimeout(compare, REST);
  }

  function compare() {
    const pictures = shown().filter((panel) => panel.levels);
    if (pictures.length < 2) return;
    const n = farthest(pictures.map((panel) => panel.screen.bytes));
    part.dataset.apart = `${n}`;
    find(part, ".said").textContent = verdict(n, bySnr.checked, scaled.checked);
  }

  function curves() {
    const lines = shown().flatMap(({ levels, ink, dash }) => {
      if (!levels) return [];
      const snr = curveOf(levels, logSnr);
      return [{ style: { dash }, ink, snr, share: curveOf(levels, shareOf) }];
    });
    snrs.change({
      still: (marks) => lines.forEach(({ snr, ink, style }) => marks.curve(snr, ink, style)),
    });
    shares.change({
      still: (marks) => lines.forEach(({ share, ink, style }) => marks.curve(share, ink, style)),
    });
  }

  function arrange() {
    const count = shown().length;
    panels.forEach((panel, i) => {
      panel.figure.hidden = i >= count;
    });
    find(part, ".duel").style.setProperty("--count", `${count}`);
    marked(find(part, ".what-t"), bySnr.checked ? "log-SNR" : t("timestep <i>t</i>"));
    curves();
    draw();
  }

  slider.addEventListener("input", draw);
  for (const panel of panels) panel.select.addEventListener("change", () => take(panel));
  for (const input of findAll(part, ".choices input")) input.addEventListener("change", arrange);
  whenOther(lab, () => {
    for (const panel of panels) if (!panel.select.value) panel.levels = lab.get().levels;
    if (!part.hidden) arrange();
  });
  onLanguage(() => {
    for (const { name } of panels) name();
    if (!part.hidden) arrange();
  }, signal);
  signal.addEventListener("abort", () => clearTimeout(resting));
  Promise.all(panels.map(take)).then(() => {
    part.dataset.ready = "yes";
  });
  return { show: arrange };
}
