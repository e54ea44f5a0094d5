// @ts-check
// Nine questions on a noised picture: predict, then reveal.
import { canvasPlot } from "../../../page/chart/canvas_plot.js";
import { button, find, findAll } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { SIDE, screen } from "./blend.js";
import { readyIn, whenOther } from "./lab.js";
import { levelsOf } from "./levels.js";
import * as quiz from "./quiz.js";
import { drawSolved } from "./quiz_curves.js";
import { answersOf, asked, panelsOf, solution, solvedPanels } from "./quiz_texts.js";

const { MOST, ROUND } = quiz;
const FIGURE = '<figure><canvas role="img"></canvas><figcaption></figcaption></figure>';
const PAGE = `
  <div class="choices"><b class="progress"></b><span class="score" role="status"></span>
    <button type="button" class="push again" data-t="Start over"></button></div>
  <p class="asked"></p>
  <div class="panels quiz">${FIGURE.repeat(3)}</div>
  <div class="bar"><label for="quiz-t" data-t="your guess of <i>t</i>"></label><input id="quiz-t"
    type="range" min="0" max="1000" step="1" value="500"><output for="quiz-t"></output></div>
  <div class="choices answers" role="group" data-t-label="Answers"></div>
  <div class="choices"><button type="button" class="push go"></button></div>
  <p class="said" role="status"></p>
  <figure class="plot small"><figcaption><span data-t="log-SNR over <i>t</i>"></span></figcaption>
    <canvas role="img" data-t-label="log-SNR of the schedules over t"></canvas></figure>`;

/** @param {import("./views.js").Setting} setting @returns {import("./views.js").View} */
export function build({ part, lab, server, schedules, signal }) {
  part.innerHTML = PAGE;
  translateIn(part, signal);
  const slider = find(part, "#quiz-t", HTMLInputElement);
  const go = find(part, ".go", HTMLButtonElement);
  const answers = find(part, ".answers");
  const figures = findAll(part, ".quiz figure").map((figure) => {
    const canvas = find(figure, "canvas", HTMLCanvasElement);
    const caption = find(figure, "figcaption");
    return { figure, canvas, screen: screen(canvas, SIDE), caption };
  });
  const axes = find(part, ".plot");
  const canvas = find(axes, "canvas", HTMLCanvasElement);
  const plot = canvasPlot(canvas, { x: [0, 1], y: [-12, 12] }, signal);
  /** @type {Record<string, import("./levels.js").Levels>} */
  const paths = {};
  /** @type {quiz.Question | null} */
  let question = null;
  let count = 0; // answered
  let score = 0;
  let right = 0;
  let isRevealed = false;
  /** @type {number | null} */
  let chosen = null;

  const guess = () => +slider.value / 1000;
  const titleOf = (/** @type {string} */ name) =>
    say(schedules.find((one) => one.name === name)?.title ?? name);

  /** @param {string} name */
  async function pathOf(name) {
    if (!paths[name]) {
      const answer = await server.levels(JSON.stringify({ schedule: name }));
      if (answer.error) throw new Error(answer.error);
      paths[name] = levelsOf(answer.levels);
    }
    return paths[name];
  }

  /** @param {import("./levels.js").Levels} levels */
  async function made(levels) {
    const kind = quiz.KINDS[count % quiz.KINDS.length];
    if (kind === "level") return quiz.levelQuestion(levels, Math.random);
    if (kind === "first") return quiz.firstQuestion(levels, Math.random);
    const names = quiz.threeNames(Math.random);
    return quiz.scheduleQuestion(names, await Promise.all(names.map(pathOf)), Math.random);
  }

  async function ask() {
    const ready = readyIn(lab);
    if (!ready) return;
    try {
      question = await made(ready.levels);
    } catch {
      find(part, ".said").textContent = t("No answer from the server; press Start over.");
      return;
    }
    if (signal.aborted) return;
    isRevealed = false;
    chosen = null;
    show();
  }

  /** @param {import("./quiz_texts.js").Panel[]} panels */
  function paint(panels) {
    const ready = readyIn(lab);
    figures.forEach(({ figure, canvas: shown, screen: on, caption }, i) => {
      figure.hidden = i >= panels.length;
      if (figure.hidden || !ready) return;
      on.blend(ready.source, ...quiz.shownLevel(panels[i].levels, panels[i].t));
      caption.textContent = panels[i].caption;
      shown.setAttribute("aria-label", t("Noised picture, {at}", { at: panels[i].caption }));
    });
    find(part, ".quiz").style.setProperty("--count", `${panels.length}`);
  }

  function show() {
    if (!question) return;
    const texts = answersOf(question, titleOf);
    find(part, ".asked").textContent = asked(question, say(lab.get().scene?.schedule.title ?? ""));
    paint(panelsOf(question));
    find(part, ".bar").hidden = question.kind !== "level";
    answers.replaceChildren(
      ...texts.map((text, i) => {
        const one = button(`${i + 1}. ${text}`, "", () => choose(i));
        one.className = "push answer";
        one.setAttribute("aria-pressed", `${i === chosen}`);
        return one;
      }),
    );
    go.textContent = t("Reveal");
    go.disabled = texts.length > 0 && chosen === null;
    find(part, ".said").textContent = texts.length
      ? t("Choose with the keys 1 to 3 or a click, then reveal with Enter.")
      : t("Drag the slider, then reveal with Enter.");
    axes.style.visibility = "hidden";
    total();
    tellGuess();
    part.dataset.question = `${count}`;
    delete part.dataset.points;
  }

  function total() {
    const points = score.toFixed(0);
    const about = { number: Math.min(count + (isRevealed ? 0 : 1), ROUND), round: ROUND };
    find(part, ".progress").textContent = t("Question {number} of {round}", about);
    find(part, ".score").textContent = count
      ? t("{points} points, {right} of {count} right", { points, right, count })
      : t("{points} points", { points });
  }
  function tellGuess() {
    find(part, "output").textContent = guess().toFixed(3);
  }

  /** @param {number} i */
  function choose(i) {
    if (isRevealed) return;
    chosen = i;
    [...answers.children].forEach((one, j) => one.setAttribute("aria-pressed", `${i === j}`));
    go.disabled = false;
  }

  function reveal() {
    if (!question) return;
    const points = quiz.pointsOf(question, { t: guess(), chosen });
    isRevealed = true;
    count++;
    score += points;
    if (points >= MOST / 2) right++;
    part.dataset.points = `${points}`;
    tellSolution(points);
  }

  /** @param {number} points */
  function tellSolution(points) {
    if (!question) return;
    const { kind, truth } = question;
    paint(solvedPanels(question, guess()));
    if (kind !== "level") {
      [...answers.children].forEach((one, i) => {
        const isGood = i === truth;
        one.classList.toggle("good", isGood);
        one.classList.toggle("bad", i === chosen && !isGood);
        if (isGood) one.append(" ✓");
        else if (i === chosen) one.append(" ✗");
      });
    }
    const about = { points: points.toFixed(0) };
    const said = [
      points >= MOST / 2
        ? t("Right: {points} points.", about)
        : t("Not quite: {points} points.", about),
      solution(question, guess(), titleOf),
    ];
    if (count >= ROUND) {
      const most = { score: score.toFixed(0), most: ROUND * MOST };
      said.push(t("That was the last: {score} of {most} points.", most));
    }
    find(part, ".said").textContent = said.join(" ");
    axes.style.visibility = "visible";
    drawSolved(plot, question, guess());
    total();
    go.textContent = count >= ROUND ? t("Play again") : t("Next question");
    go.disabled = false;
  }

  function press() {
    if (go.disabled || !question) return;
    if (!isRevealed) reveal();
    else if (count >= ROUND) again();
    else ask();
  }
  function again() {
    count = score = right = 0;
    ask();
  }
  go.addEventListener("click", press);
  find(part, ".again").addEventListener("click", again);
  slider.addEventListener("input", tellGuess);
  part.addEventListener("keydown", (event) => {
    const number = +event.key - 1;
    const isButton = event.target instanceof HTMLButtonElement;
    if (number >= 0 && number < answers.childElementCount) choose(number);
    else if (event.key === "Enter" && !isButton) press();
    else return;
    event.preventDefault();
  });
  part.tabIndex = -1;
  whenOther(lab, () => {
    if (!part.hidden && question && !isRevealed) ask();
  });
  onLanguage(() => {
    if (!question) return;
    show();
    if (isRevealed) tellSolution(quiz.pointsOf(question, { t: guess(), chosen }));
  }, signal);
  return {
    show(isFocused) {
      if (!question) ask();
      if (isFocused) part.focus({ preventScroll: true });
    },
  };
}
