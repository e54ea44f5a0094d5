// @ts-check
// The Fork tab: a film to scrub and paint on, and the tree of all films.
import { find, make } from "../../../page/kit/dom.js";
import { whenLooksChange } from "../../../page/kit/looks.js";
import { painting } from "../../../page/kit/painting.js";
import { open } from "../../../page/kit/opening.js";
import { keptRun } from "../../../page/kit/runs.js";
import { paintSheet } from "../../../page/kit/sheets.js";
import { translateIn } from "../../../page/kit/translated.js";
import { say } from "../../../page/kit/words.js";
import { comparing } from "./comparing.js";
import { drawTree } from "./film_tree.js";
import { guessAt, takeIn } from "./films.js";
import { paintTools } from "./paint_tools.js";
import { stand } from "./place.js";
import { factsOf, planOf, stepOf } from "./telling.js";

const WHOLE = 3000; // milliseconds of a film that is played
const [QUICKEST, SLOWEST] = [40, 200]; // of a step of it
const SIDE = 32; // pixels of the boards while there is no film

/**
 * @typedef {import("./contracts.js").ForkOpening} Opening
 * @typedef {import("./films.js").Films} Films
 * @typedef {import("../../../page/kit/words.js").Value} Value
 * @typedef {{ films: Films, chosen: number | null }} Shown
 */

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, server, watch, signal }) {
  const scrub = find(element, ".scrub", HTMLInputElement);
  const now = find(element, ".x", HTMLCanvasElement);
  const guess = find(element, ".x0", HTMLCanvasElement);
  const tree = find(element, ".tree");
  const facts = find(element, ".facts");
  const mark = find(element, ".made");
  const compared = comparing(element, signal);
  /** @type {Films} */
  let films = new Map();
  /** @type {number | null} */
  let chosen = null;
  let isFollowing = true;
  /** @type {Opening | null} what the tab opened with, until something else is made */
  let opening = null;
  let isWanted = true; // an opening
  /** @type {Value} said in place of the step: a place in the queue */
  let waiting = "";
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let playing;
  const halt = () => clearInterval(playing);
  signal.addEventListener("abort", halt);
  const filmNow = () => (chosen === null ? undefined : films.get(chosen));

  const board = paintTools(element, painted);

  function painted() {
    const paint = board.data();
    element.dataset.paint = paint;
    props.value = JSON.stringify(paint ? { paint } : {}); // for links
    tell();
  }

  /** Say what is shown, and keep where the page stands for the next press. */
  function tell() {
    const [film, step, paint] = [filmNow(), +scrub.value, element.dataset.paint ?? ""];
    facts.textContent = waiting ? say(waiting) : factsOf(film, step);
    scrub.setAttribute("aria-valuetext", stepOf(film, step));
    find(element, ".plan").textContent = planOf(film, step, paint !== "");
    find(element, ".note").textContent = film ? say(film.note) : "";
    const made = opening && runs.isLive() ? opening.made : "";
    mark.hidden = !made;
    mark.replaceChildren(made ? make("span", { textContent: say(made) }) : "");
    element.dataset.made = made ? "yes" : "";
    if (signal.aborted) return;
    stand(film ? { film: film.number, step, paint, opening: opening !== null } : null);
  }

  const draw = () => drawTree(tree, films, chosen, +scrub.value, choose);

  /** @param {number} step */
  function show(step) {
    const film = filmNow();
    const frame = film?.frames[step];
    if (!film || !frame) return;
    board.size(frame.w, frame.h);
    paintSheet(now, frame.x, frame.w, frame.h);
    paintSheet(guess, guessAt(films, film, step), frame.w, frame.h);
    scrub.value = `${step}`;
    const about = { film: film.number, step, count: film.frames.length, films: films.size };
    for (const [name, value] of Object.entries(about)) element.dataset[name] = `${value}`;
    tell();
    draw();
  }

  /** @param {number} number @param {number} [step] its last by default, and those to come */
  function choose(number, step) {
    halt();
    chosen = number;
    const film = films.get(number);
    if (!film) return;
    scrub.max = `${film.total}`; // also while it grows, so that the handle shows how far it is
    isFollowing = step === undefined;
    show(step ?? film.frames.length - 1);
  }

  function clear() {
    halt();
    runs.goOn();
    films = new Map();
    chosen = opening = null;
    isWanted = false;
    for (const canvas of [now, guess]) paintSheet(canvas, "", SIDE, SIDE);
    scrub.value = scrub.max = "0";
    for (const key of ["film", "step", "count", "films"]) delete element.dataset[key];
    compared.hide();
    tell();
    draw();
  }

  /** @param {import("./contracts.js").ForkNews} news */
  function take(news) {
    runs.goOn();
    if (opening && news.film.number < opening.films.length) films = new Map(); // a new tree
    opening = null;
    const { film, isNew } = takeIn(films, news);
    runs.heard(film.number, isNew);
    if (isNew) {
      if (film.painted) board.clear();
      compared.hide();
    }
    if (isNew || (isFollowing && chosen === film.number)) choose(film.number);
    else if (chosen !== null) show(+scrub.value);
    if (news.compare) {
      compared.show(films, news.compare);
      choose(news.compare.long, news.compare.step);
    }
    if (film.frames.length > film.total) {
      runs.whole(film.number, { films: new Map([[film.number, film]]), chosen: film.number });
    }
  }

  function heard() {
    if (!props.message) return;
    const message = JSON.parse(props.message);
    if (message.waiting !== undefined) {
      if (message.waiting && !runs.isLive()) return;
      waiting = message.waiting;
      return tell();
    }
    waiting = "";
    if (message.clear) clear();
    else take(message);
  }

  /** @type {import("../../../page/kit/runs.js").KeptRun<Shown>} */
  const runs = keptRun(
    element,
    "fork",
    () => /** @type {Shown} */ ({ films, chosen }),
    (shown, again) => {
      films = shown.films;
      compared.hide();
      if (shown.chosen !== null) choose(shown.chosen);
      if (again) play();
    },
    signal,
  );

  function play() {
    halt();
    const count = filmNow()?.frames.length ?? 0;
    if (!count) return;
    isFollowing = false;
    let step = 0;
    const pace = Math.max(QUICKEST, Math.min(SLOWEST, WHOLE / count));
    playing = setInterval(() => {
      show(step);
      if (++step >= count) halt();
    }, pace);
  }

  async function restore() {
    if (!props.given) return;
    const { paint } = JSON.parse(props.given).state;
    if (paint) board.lay(await painting(paint));
    else if (!board.isEmpty()) board.clear();
  }

  /** @param {Value} text */
  function tellOpening(text) {
    waiting = text;
    tell();
  }

  /** @param {Opening} answer */
  function first(answer) {
    const { w } = answer.films[0].frames[0];
    waiting = "";
    if (!board.isEmpty() && find(element, ".over", HTMLCanvasElement).width !== w) return tell();
    opening = answer;
    for (const news of answer.films) takeIn(films, news);
    choose(answer.film, answer.step);
  }

  scrub.addEventListener("input", () => {
    halt();
    const last = (filmNow()?.frames.length ?? 1) - 1;
    isFollowing = +scrub.value >= last;
    show(Math.min(+scrub.value, last));
  });
  find(element, ".play").addEventListener("click", play);
  signal.addEventListener("abort", () => stand(null));
  translateIn(element, signal);
  whenLooksChange(
    find(element, ".fork"),
    () => {
      tell();
      if (films.size && element.offsetParent) draw();
    },
    signal,
  );
  watch("message", heard);
  watch("given", restore);
  painted();
  heard();
  void restore();
  const isOpen = () => isWanted && !films.size && runs.isLive();
  void open(server.opening, { isWanted: isOpen, tell: tellOpening, show: first }, signal);
}
