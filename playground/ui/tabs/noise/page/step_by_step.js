// @ts-check
// The picture noised step by step beside one jump: other noise, the same distribution.
import { BLUE, GREEN, ORANGE, canvasPlot } from "../../../page/chart/canvas_plot.js";
import { find, findAll } from "../../../page/kit/dom.js";
import { marked } from "../../../page/kit/marked.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { screen } from "./blend.js";
import { CHANCE, SPAN, chainOf } from "./chain.js";
import { bellCurve } from "./distributions.js";
import { readyIn, whenOther } from "./lab.js";
import { curveOf, fixed, lastStep } from "./levels.js";
import { SMALL, show } from "./small_pictures.js";

const SECONDS = 6; // of a whole walk that is played
const DASHED = { dash: [7, 4] };
const COUNTS = [10, 50, 200, 1000];
const LAW =
  "q(<i>x</i><sub>k</sub> | <i>x</i><sub>k−1</sub>) = N(<i>α</i><sub>k</sub>/" +
  "<i>α</i><sub>k−1</sub> <i>x</i><sub>k−1</sub>, (<i>σ</i><sub>k</sub>² − (<i>α</i><sub>k</sub>/" +
  "<i>α</i><sub>k−1</sub>)² <i>σ</i><sub>k−1</sub>²) I)";
const key = (/** @type {string} */ ink, /** @type {string} */ text, kind = "") =>
  `<span class="key ${kind}" style="--ink: ${ink}" data-t="${text}">${text}</span>`;
const row = (/** @type {string} */ name, /** @type {string} */ text) =>
  `<tr class="${name}"><th data-t="${text}"></th><td></td><td></td><td></td></tr>`;
const PAGE = `
  <div class="choices">
    <fieldset class="choice"><legend data-t="steps to the end"></legend>${COUNTS.map(
      (n) => `<label><input type="radio" name="steps-n" value="${n}">${n}</label>`,
    ).join("")}</fieldset>
    <button type="button" class="push play" data-t-title="Space"></button>
    <button type="button" class="push one-step" data-t="One step"></button>
    <button type="button" class="push again" data-t="Back to the picture"></button>
  </div>
  <div class="panels steps">
    <figure><canvas class="walked" role="img" data-t-label="The picture noised step by step">
      </canvas><figcaption data-t="step by step: <i>x</i><sub>k</sub> from
 <i>x</i><sub>k−1</sub> and fresh noise"></figcaption></figure>
    <figure><canvas class="jumped" role="img" data-t-label="The picture noised in one jump">
      </canvas><figcaption data-t="one jump: <i>x</i><sub>k</sub> = <i>α x</i><sub>0</sub> +
 <i>σ ε</i>"></figcaption></figure>
    <div class="aside">
      <figure class="plot"><figcaption>
        <span data-t="noise in <i>x</i><sub>k</sub>, over <i>σ</i>"></span>
        ${key(BLUE, "steps", "box")}${key(GREEN, "jump")}${key(ORANGE, "N(0, 1)", "dashed")}
        </figcaption><canvas class="noise-of" role="img"
          data-t-label="Histograms of the noise in both, beside the bell curve"></canvas></figure>
      <figure class="plot"><figcaption>
        <span data-t="measured in the steps, on the closed form"></span>
        ${key(BLUE, "α")}${key(ORANGE, "σ", "dashed")}</figcaption>
        <canvas class="landed" role="img" data-t-label="alpha and sigma measured after each step,
 on the curves of the schedule"></canvas></figure>
    </div>
  </div>
  <div class="formula law"><span class="one-law"></span><span class="small jump-law"></span></div>
  <table class="numbers"><thead><tr><th></th><th data-t="share of the picture"></th>
    <th data-t="noise: mean"></th><th data-t="noise: standard deviation"></th></tr></thead>
    <tbody>${row("a", "step by step")}${row("b", "one jump")}${row("c", "closed form")}</tbody>
  </table>
  <p class="said" role="status"></p>`.replaceAll("\n ", " ");

/** @param {import("./views.js").Setting} setting @returns {import("./views.js").View} */
export function build({ part, lab, signal }) {
  part.innerHTML = PAGE;
  translateIn(part, signal);
  const playButton = find(part, ".play");
  const counts = findAll(part, "[name=steps-n]", HTMLInputElement);
  counts[1].checked = true;
  const walked = screen(find(part, ".walked", HTMLCanvasElement), SMALL);
  const jumped = screen(find(part, ".jumped", HTMLCanvasElement), SMALL);
  const canvas = (/** @type {string} */ name) => find(part, name, HTMLCanvasElement);
  const noiseOf = canvasPlot(canvas(".noise-of"), { x: [-SPAN, SPAN], y: [0, 0.55] }, signal);
  const landed = canvasPlot(canvas(".landed"), { x: [0, 1], y: [0, 1.05] }, signal);
  const bell = bellCurve(SPAN);
  /** @type {ReturnType<typeof chainOf> | null} */
  let chain = null;
  let count = COUNTS[1];
  let playing = 0;
  let law = "";
  /** @type {Record<string, string> | null} */
  let jump = null;
  /** @type {{ at: number, share: number, sd: number }[]} */
  let seen = [];

  function start() {
    stop();
    const ready = readyIn(lab);
    if (!ready) return;
    const last = lastStep(ready.levels);
    count = Math.min(+(counts.find((one) => one.checked)?.value ?? COUNTS[1]), last);
    chain = chainOf(ready, count);
    seen = [];
    law = LAW;
    jump = null;
    const alpha = curveOf(ready.levels, (a) => a);
    const sigma = curveOf(ready.levels, (_, s) => s);
    landed.change({
      y: [0, 1.05 * Math.max(1, ready.levels.sigma[last])],
      still(marks) {
        marks.curve(alpha, BLUE, { width: 1.5 });
        marks.curve(sigma, ORANGE, { ...DASHED, width: 1.5 });
      },
    });
    look();
  }

  function step() {
    const made = chain?.step();
    if (!chain || !made) return;
    const k = chain.k();
    const [alpha, sigma] = chain.level();
    const kept = `<b>${made.keep.toFixed(4)}</b> <i>x</i><sub>${k - 1}</sub>`;
    const added = `<b>${(made.add ** 2).toFixed(4)}</b> I`;
    law = `q(<i>x</i><sub>${k}</sub> | <i>x</i><sub>${k - 1}</sub>) = N(${kept}, ${added})`;
    jump = {
      mean: `<b>${alpha.toFixed(4)}</b> <i>x</i><sub>0</sub>`,
      variance: `<b>${(sigma ** 2).toFixed(4)}</b> I`,
    };
  }

  function look() {
    if (!chain) return;
    const [alpha, sigma] = chain.level();
    const { jump: landing, steps, jumped: other, gap } = chain.compare();
    const k = chain.k();
    show(walked, chain.x);
    show(jumped, landing);
    seen.push({ at: k / count, share: steps.share, sd: steps.sd });
    const { density } = other.of;
    const width = (2 * SPAN) / density.length;
    const line = Array.from(
      density,
      (v, i) => /** @type {const} */ ([-SPAN + (i + 0.5) * width, v]),
    );
    noiseOf.draw((marks) => {
      if (sigma > 0) {
        marks.bars(steps.of.density, [-SPAN, SPAN], BLUE);
        marks.curve(line, GREEN);
      }
      marks.curve(bell, ORANGE, DASHED);
    });
    const radius = count > 100 ? 2 : 4;
    landed.draw((marks) => {
      for (const { at, share, sd } of seen) {
        marks.dot(at, share, BLUE, radius);
        marks.dot(at, sd, ORANGE, radius);
      }
    });
    fill("a", [steps.share, steps.mean, steps.sd]);
    fill("b", [other.share, other.mean, other.sd]);
    fill("c", [alpha, 0, sigma]);
    tell(k, gap);
    part.dataset.step = `${k}`;
  }

  /** @param {string} name @param {number[]} values */
  function fill(name, values) {
    findAll(part, `.${name} td`).forEach((cell, i) => {
      cell.textContent = fixed(values[i], 4);
    });
  }

  /** @param {number} k @param {number} gap */
  function tell(k, gap) {
    marked(find(part, ".one-law"), law);
    marked(find(part, ".jump-law"), jump ? t("jump: N({mean}, {variance})", jump) : "");
    find(part, ".said").textContent =
      k === 0
        ? t("Both begin at the picture. Press Play, or the space bar.")
        : t(
            "After {k} of {n} steps: other noise, the same distribution. Their cumulative shares " +
              "are {gap} apart at most; chance alone stays below {chance} in 95 of 100 tries.",
            { k, n: count, gap: gap.toFixed(4), chance: CHANCE.toFixed(4) },
          );
  }

  const sayPlay = () => {
    playButton.textContent = playing ? t("⏸ Pause") : t("▶ Play");
  };
  function stop() {
    clearTimeout(playing);
    playing = 0;
    sayPlay();
  }
  function play() {
    if (playing) return stop();
    if (!chain || chain.k() >= count) start();
    const go = () => {
      const began = performance.now();
      step();
      look();
      if (!chain || chain.k() >= count) return stop();
      const rest = (SECONDS * 1000) / count - (performance.now() - began);
      playing = window.setTimeout(go, Math.max(4, rest));
    };
    playing = window.setTimeout(go, 0);
    sayPlay();
  }

  playButton.addEventListener("click", play);
  find(part, ".one-step").addEventListener("click", () => {
    stop();
    step();
    look();
  });
  find(part, ".again").addEventListener("click", start);
  part.addEventListener("keydown", (event) => {
    const at = /** @type {Element} */ (event.target).tagName;
    if (event.key !== " " || at === "BUTTON" || at === "INPUT") return;
    event.preventDefault();
    play();
  });
  for (const input of counts) input.addEventListener("change", start);
  whenOther(lab, () => {
    stop();
    chain = null;
    if (!part.hidden) start();
  });
  onLanguage(() => {
    sayPlay();
    if (chain) tell(chain.k(), chain.compare().gap);
  }, signal);
  signal.addEventListener("abort", stop);
  part.tabIndex = -1; // so that the space bar reaches it
  sayPlay();
  return {
    show(isFocused) {
      if (!chain) start();
      if (isFocused) part.focus({ preventScroll: true });
    },
    hide: stop,
  };
}
