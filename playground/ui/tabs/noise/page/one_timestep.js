// @ts-check
// The forward process under the finger: x_t = alpha x0 + sigma eps, of a picture that is sent once
// and noise that the page draws itself, so that a drag never waits for the server.
import { find, isSeen } from "../../../page/kit/dom.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { NOTHING, SIDE, screen } from "./blend.js";
import { guessPanel } from "./guess_panel.js";
import { readyIn, whenOther } from "./lab.js";
import { fixed, lastStep, logSnr } from "./levels.js";
import { onePlots, put } from "./one_plots.js";

/**
 * @param {HTMLElement} element the part
 * @param {import("./lab.js").Lab} lab
 * @param {Record<string, import("../../../page/kit/host.js").Ask>} server
 * @param {AbortSignal} signal
 */
export function oneTimestep(element, lab, server, signal) {
  const part = find(element, "#part-one");
  const slider = find(element, "#noise-t", HTMLInputElement);
  const noised = screen(find(part, ".noised", HTMLCanvasElement), SIDE);
  const noise = screen(find(part, ".eps", HTMLCanvasElement), SIDE);
  const plots = onePlots(part, signal);
  const numbers = Object.fromEntries(
    ["k", "alpha", "sigma", "abar", "snr", "log-snr"].map((name) => [name, find(part, `.${name}`)]),
  );
  const time = () => +slider.value / +slider.max;
  const guess = guessPanel(
    element,
    lab,
    server.guess,
    () => (isSeen(part) ? time() : null),
    signal,
  );

  function draw() {
    const ready = readyIn(lab);
    if (!ready) return;
    const { source, levels } = ready;
    const k = +slider.value;
    const alpha = levels.alpha[k];
    const sigma = levels.sigma[k];
    noised.blend(source, alpha, sigma);
    noise.blend({ ...source, x: NOTHING }, 0, sigma);
    put(numbers.k, `${k} / ${slider.max}`);
    put(numbers.alpha, alpha.toFixed(3));
    put(numbers.sigma, sigma.toFixed(sigma < 10 ? 3 : 1));
    put(numbers.abar, (alpha * alpha).toFixed(4));
    put(numbers.snr, fixed((logSnr(alpha, sigma) * 10) / Math.LN10, 1));
    put(numbers["log-snr"], fixed(logSnr(alpha, sigma), 2));
    const about = { k, n: slider.max, alpha: alpha.toFixed(2), sigma: sigma.toFixed(2) };
    slider.setAttribute(
      "aria-valuetext",
      t("step {k} of {n}, alpha {alpha}, sigma {sigma}", about),
    );
    const { spectra } = lab.get();
    plots.draw({ k, alpha, sigma }, source, spectra);
    element.dataset.drawn = `${k}`; // what a test waits for, and what it looks at
    Object.assign(element, { lab: { counts: plots.counts, spectra, alpha, sigma } });
  }

  let isDue = false;
  function drawSoon() {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      if (signal.aborted) return;
      draw();
      guess.ask();
    });
  }
  function move() {
    // an input event is already one a frame in browsers; drawing in it saves the wait for the next
    draw();
    guess.ask();
  }
  function tellSchedule() {
    const schedule = lab.get().scene?.schedule;
    if (schedule) put(find(part, ".about"), `${say(schedule.summary)} (${schedule.source})`);
  }

  slider.addEventListener("input", move);
  slider.addEventListener("pointerdown", () => guess.hold(true));
  for (const end of ["pointerup", "pointercancel"]) {
    slider.addEventListener(end, () => guess.hold(false));
  }
  lab.on(["levels"], ({ levels }) => {
    if (!levels) return;
    const share = time();
    slider.max = `${lastStep(levels)}`;
    slider.value = `${Math.round(share * lastStep(levels))}`;
    plots.curves(levels);
    tellSchedule();
  });
  whenOther(lab, drawSoon);
  lab.on(["spectra"], ({ spectra }) => {
    if (spectra) element.dataset.spectra = "there";
    drawSoon();
  });
  onLanguage(() => {
    tellSchedule();
    draw();
  }, signal);
  const size = new ResizeObserver(guess.ask); // the tab comes into view again
  size.observe(element);
  signal.addEventListener("abort", () => size.disconnect());
  return {
    time,
    show: drawSoon,
    /** @param {number} share t, 0 to 1 */
    place(share) {
      slider.value = `${Math.round(share * +slider.max)}`;
      move();
    },
    slider,
  };
}
