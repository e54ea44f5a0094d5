// @ts-check
// Plays and scrubs a film. Each message holds the newest frame; those between are asked for when
// the run rests, and noise, change and training pictures when somebody looks.
import { find, findAll } from "../../../page/kit/dom.js";
import { open } from "../../../page/kit/opening.js";
import { keptRun } from "../../../page/kit/runs.js";
import { whenLooksChange } from "../../../page/kit/looks.js";
import { pictureAt, placeOn } from "../../../page/kit/sheets.js";
import { translateIn } from "../../../page/kit/translated.js";
import { say, t } from "../../../page/kit/words.js";
import { isOver, isWhole, merged, noFilm, pace } from "./film.js";
import { idealView } from "./ideal_view.js";
import { steps } from "./keys.js";
import { pairView } from "./pair_view.js";
import { questions } from "./questions.js";
import { askedPlot, spectrumPlot } from "./step_plots.js";

const REST = 400; // ms without anything new after which frames between are asked for
/**
 * @typedef {import("./film.js").Frame} Frame
 * @typedef {import("../../../media/page/contracts.js").FilmNews} FilmNews
 * @typedef {import("../../../page/kit/words.js").Value} Value
 * @typedef {{ frames: string, guided: string, value: string, given: string }} Props
 */

/** @param {import("../../../page/kit/host.js").Host<Props>} host */
export function mount({ element, props, server, trigger, watch, signal }) {
  const box = find(element, ".player");
  const scrub = find(element, ".scrub", HTMLInputElement);
  const alone = find(element, ".alone");
  const spectrum = spectrumPlot(find(element, ".spectrum", HTMLCanvasElement), signal);
  const asked = askedPlot(find(element, ".asked", HTMLCanvasElement), signal);
  const weigh = idealView(element, signal);
  let film = noFilm();
  let view = "x0";
  let sample = 0;
  let picked = false;
  let following = true; // shows the newest frame
  let timer = 0;
  let resting = 0;
  /** @type {Promise<ReturnType<typeof import("./journey_view.js").journeyView>> | null} */
  let journey = null;
  const seen = () => show(+scrub.value);
  const ask = questions(server.look, () => film.run, seen, signal);
  const pair = pairView(element, ask);
  translateIn(element, signal);

  /** @param {number} place among the frames */
  function show(place) {
    const frame = film.frames[place];
    if (!frame) return;
    pair.show(film, frame, view === "journey" ? "x0" : view, film.beside || picked ? sample : null);
    if (view === "journey") void travel(frame);
    if (film.beside) {
      const key = `sample ${sample}`;
      if (!frame.looks?.[key]) ask(frame, key, { sample });
      weigh(film, frame, sample, frame.looks?.[key]);
    }
    find(element, ".plots").classList.remove("empty");
    spectrum(frame, film.data);
    asked(film.frames, frame, JSON.parse(props.guided || "null"));
    alone.hidden = !picked || !runs.isLive();
    alone.textContent = t("Make picture {k} alone", { k: sample + 1 });
    scrub.value = `${place}`;
    find(element, ".text").textContent = say(frame.text);
    scrub.setAttribute("aria-valuetext", say(frame.text));
    Object.assign(element.dataset, { shown: frame.index, view });
  }

  /** Show where the samples are on their ways. @param {Frame} frame */
  async function travel(frame) {
    journey ??= import("./journey_view.js").then(({ journeyView }) =>
      journeyView(element, server.journey_of, seen, signal),
    );
    const shown = await journey;
    if (view !== "journey" || signal.aborted) return;
    if (isOver(film.frames) || !resting) shown.of(film.run, film.frames.length);
    shown.at(frame.index);
    find(element, ".right").textContent = shown.said();
  }

  /** @param {string} wanted */
  function choose(wanted) {
    view = wanted === "x" && !film.beside ? "x0" : wanted;
    box.classList.toggle("travels", view === "journey");
    for (const one of findAll(element, ".views button")) {
      one.setAttribute("aria-checked", `${one.dataset.view === view}`);
    }
    show(+scrub.value);
  }

  /** @param {FilmNews} news */
  function hear(news) {
    if (news.waiting) {
      if (runs.isLive()) find(element, ".text").textContent = say(news.waiting);
    }
    if (!news.run) return;
    runs.goOn();
    const begins = news.run !== film.run;
    if (!news.made) runs.heard(news.run, begins);
    if (begins) {
      const { run, data, beside, count } = news;
      film = { run, frames: [], data, beside, count };
      begin();
    }
    film.data ??= news.data; // it comes after the first frame
    if (news.note) find(element, ".note").textContent = say(news.note);
    find(element, ".made").textContent = news.made ? say(news.made) : "";
    element.dataset.run = news.run;
    add(news.frames);
    rest(isOver(film.frames) ? 0 : REST);
  }

  /** Begin to show another film. */
  function begin() {
    pause();
    following = true;
    picked = false;
    sample = 0;
    for (const one of [".note", ".made"]) find(element, one).textContent = "";
    box.classList.toggle("beside", film.beside);
    scrub.max = `${Math.max(0, film.frames.length - 1)}`;
    choose(view);
  }

  /** @param {Frame[]} more */
  function add(more) {
    const index = film.frames[+scrub.value]?.index;
    film.frames = merged(film.frames, more);
    const last = film.frames.length - 1;
    scrub.max = `${Math.max(0, last)}`;
    element.dataset.count = `${last + 1}`;
    const stay = film.frames.findIndex((frame) => frame.index === index);
    show(following ? last : Math.max(0, stay));
  }

  /** @param {number} wait ms until frames between are asked for */
  function rest(wait) {
    clearTimeout(resting);
    resting = window.setTimeout(fill, wait);
  }

  /** Ask for the frames that were made between two messages. */
  async function fill() {
    resting = 0;
    const { run, frames } = film;
    seen();
    if (!frames.length) return;
    if (isWhole(frames)) return void runs.whole(run);
    const have = frames.map((frame) => frame.index);
    const found = await server.look(JSON.stringify({ run, have })).catch(() => ({}));
    if (run !== film.run || signal.aborted) return;
    if (found.frames?.length) {
      add(found.frames);
      rest(0);
    } else if (isOver(film.frames)) runs.whole(run);
  }

  const runs = keptRun(
    element,
    "player",
    () => film,
    (shown, again) => {
      clearTimeout(resting);
      film = again ? { ...shown, run: null } : shown; // of a kept one the server knows nothing
      begin();
      if (again) play(0);
    },
    signal,
  );

  function pause() {
    clearInterval(timer);
    timer = 0;
    find(element, ".play").textContent = "▶";
  }

  /** @param {number} [from] */
  function play(from) {
    if (timer) return pause();
    following = false;
    const { length } = film.frames;
    let place = from ?? (+scrub.value >= length - 1 ? 0 : +scrub.value);
    timer = window.setInterval(() => {
      show(place);
      if (++place >= film.frames.length) pause();
    }, pace(length));
    find(element, ".play").textContent = "⏸";
  }

  /** @param {number} wanted */
  function go(wanted) {
    pause();
    const last = film.frames.length - 1;
    const place = Math.max(0, Math.min(last, wanted));
    following = place === last;
    show(place);
  }

  /** @param {number} number of the picture that was clicked */
  function pick(number) {
    const again = picked && number === sample && !film.beside; // a second click ends it
    picked = film.count > 1 && !again;
    sample = number;
    show(+scrub.value);
  }

  scrub.addEventListener("input", () => go(+scrub.value));
  find(element, ".play").addEventListener("click", () => play());
  for (const one of findAll(element, ".views button")) {
    one.addEventListener("click", () => {
      choose(one.dataset.view ?? "x0");
      props.value = JSON.stringify(view === "x0" ? {} : { view }); // for links
    });
  }
  for (const canvas of pair.canvases) {
    canvas.addEventListener("click", (event) => {
      const number = film.frames.length ? pictureAt(film.count, ...placeOn(event, canvas)) : null;
      if (number !== null) pick(number);
    });
  }
  alone.addEventListener("click", () => {
    element.dataset.alone = `${sample + 1}`;
    trigger("select");
  });
  steps(element, scrub, { go, play: () => play(), at: () => +scrub.value }, signal);
  signal.addEventListener("abort", () => {
    pause();
    clearTimeout(resting);
  });
  whenLooksChange(box, seen, signal);
  const linked = () => JSON.parse(props.given || "null")?.state.view ?? "x0";
  watch("given", () => choose(linked()));
  watch("frames", () => props.frames && hear(JSON.parse(props.frames)));
  choose(linked());
  if (props.frames) hear(JSON.parse(props.frames));
  const isWanted = () => !props.frames && runs.isLive();
  const tell = (/** @type {Value} */ text) => void (find(element, ".text").textContent = say(text));
  void open(server.opening, { isWanted, tell, show: hear }, signal);
}
