// @ts-check
// A beginner article's own formulas, run as they stand, beside the field's on the same picture:
// histograms and errors say which hold.
import { BLUE, GREEN, GREY, ORANGE, canvasPlot } from "../../../page/chart/canvas_plot.js";
import { find, findAll } from "../../../page/kit/dom.js";
import { marked } from "../../../page/kit/marked.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { CLAIMS } from "./article_claims.js";
import { STEPS, errorsOverSteps } from "./article_formulas.js";
import { articlePanel } from "./article_panels.js";
import { BACK, greyError, run, taken } from "./article_runs.js";
import { askedOf, whenOther } from "./lab.js";

const REST = 150; // milliseconds without a move, after which the server is asked
const DASHED = { dash: [7, 4] };
const key = (/** @type {string} */ ink, /** @type {string} */ text, kind = "") =>
  `<span class="key ${kind}" style="--ink: ${ink}" data-t="${text}"></span>`;
const PAGE = `
  <div class="choices"><fieldset class="choice"><legend data-t="what it says of"></legend>
    ${Object.entries(CLAIMS)
      .map(
        ([value, { name }]) =>
          `<label><input type="radio" name="article-claim" value="${value}">` +
          `<span data-t="${name}"></span></label>`,
      )
      .join("")}</fieldset></div>
  <div class="sides"><div><h4 data-t="The article says"></h4><p class="says"></p></div>
    <div><h4 data-t="What the field uses"></h4><p class="field"></p></div></div>
  <div class="bar"><label for="article-n"></label><input id="article-n" type="range" min="0"
    max="${STEPS}" step="1"><output for="article-n"></output></div>
  <div class="panels article"></div>
  <p class="keys">${key(BLUE, "values", "box")}${key(ORANGE, "Gaussian")}
    ${key(GREEN, "uniform", "dashed flat")}<span data-t="of the same mean and spread"></span></p>
  <p class="said" role="status"></p>
  <figure class="plot wide"><figcaption><span data-t="error to the picture, of 255, over <i>n</i>">
    </span>${key(BLUE, "its inverse of its forward")}
    ${key(ORANGE, "its inverse of the field's x", "dashed")}${key(GREY, "plain grey")}
    ${key(GREEN, "the field's reverse")}</figcaption><canvas class="errors" role="img"
    data-t-label="Error of the article's inverse over the number of steps, beside plain grey and \
the field's reverse"></canvas></figure>`;

/** @typedef {keyof typeof CLAIMS} Name */
/** @typedef {import("./article_runs.js").Now} Now */

/** @param {import("./views.js").Setting} setting @returns {import("./views.js").View} */
export function build({ part, lab, server, signal }) {
  part.innerHTML = PAGE;
  translateIn(part, signal);
  const slider = find(part, "#article-n", HTMLInputElement);
  const choices = findAll(part, "[name=article-claim]", HTMLInputElement);
  choices[0].checked = true;
  const panels = Array.from({ length: 5 }, () => articlePanel(signal));
  find(part, ".article").append(...panels.map((panel) => panel.figure));
  const errorsAxes = { x: /** @type {const} */ ([0, STEPS]), y: /** @type {const} */ ([0, 140]) };
  const errorsPlot = canvasPlot(find(part, ".errors", HTMLCanvasElement), errorsAxes, signal);
  /** @type {Now | null} */
  let now = null;
  let asking = 0;

  const chosen = () => /** @type {Name} */ (choices.find((one) => one.checked)?.value ?? "walk");

  /** @param {number} n @param {Now} current */
  function drawErrors(n, current) {
    const { x0, eps, noised, field } = current;
    const lines = (current.errors ??= errorsOverSteps(x0, eps, noised(BACK)));
    /** @param {number} height @returns {[number, number][]} */
    const level = (height) => [
      [0, height],
      [STEPS, height],
    ];
    errorsPlot.draw(({ curve, cursor }) => {
      curve(level(greyError(x0)), GREY, { width: 2 });
      if (field !== null) curve(level(field), GREEN);
      curve(lines.own, BLUE);
      curve(lines.field, ORANGE, DASHED);
      cursor(n);
    });
  }

  /** Ask once the finger rests. @param {import("./article_runs.js").Asked} asked */
  function askServer({ what, more, panel: i, caption }) {
    const mine = asking;
    const panel = panels[i];
    panel.wait();
    setTimeout(async () => {
      if (mine !== asking || signal.aborted || !now) return;
      let answer;
      try {
        answer = await server[what](JSON.stringify({ ...askedOf(now.scene), ...more }));
      } catch {
        answer = { error: t("No answer from the server; move the slider to ask again.") };
      }
      if (mine !== asking || signal.aborted || !now) return;
      if (!answer.picture) return panel.tell(answer.error);
      panel.take(answer.picture, caption(answer));
      if (what === "reverse") {
        now.field = answer.error;
        drawErrors(+slider.value, now);
      }
      part.dataset.answered = `${asking}`;
    }, REST);
  }

  function draw() {
    if (!now) return;
    asking++;
    const name = chosen();
    const n = +slider.value;
    for (const { figure } of panels) figure.hidden = true;
    const { pictures, asks, said } = run(name, n, now);
    pictures.forEach(({ x, caption, laws }, i) => panels[i].show(x, caption, laws));
    asks.forEach(askServer);
    marked(find(part, ".said"), said);
    if (name === "code") drawErrors(n, now);
    const count = panels.filter(({ figure }) => !figure.hidden).length;
    find(part, ".article").style.setProperty("--count", `${count}`);
    find(part, ".keys").hidden = !panels[0].hasPlot();
    find(part, ".wide").hidden = name !== "code";
    find(part, ".flat").hidden = name !== "end";
    find(part, "output").textContent = `${n}`;
    slider.setAttribute("aria-valuetext", `${n} ${t(CLAIMS[name].slider)}`);
    part.dataset.drawn = `${name} ${n}`;
  }

  function tellClaim() {
    const claim = CLAIMS[chosen()];
    marked(find(part, ".says"), claim.says());
    marked(find(part, ".field"), claim.field());
    find(part, ".bar label").textContent = t(claim.slider);
  }
  function choose() {
    const claim = CLAIMS[chosen()];
    tellClaim();
    slider.min = `${claim.least}`;
    slider.value = `${claim.start}`;
    for (const panel of panels) panel.clear();
    draw();
  }
  slider.addEventListener("input", draw);
  for (const input of choices) input.addEventListener("change", choose);
  whenOther(lab, () => {
    now = null;
    if (part.hidden) return;
    now = taken(lab);
    draw();
  });
  onLanguage(() => {
    tellClaim();
    draw();
  }, signal);
  return {
    show() {
      if (now) return;
      now = taken(lab);
      choose();
    },
  };
}
