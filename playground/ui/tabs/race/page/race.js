// @ts-check
// A race: pictures of every lane at the same share of its calls, and distances against calls.
import { find, findAll, make } from "../../../page/kit/dom.js";
import { open } from "../../../page/kit/opening.js";
import { keptRun } from "../../../page/kit/runs.js";
import { paintSquare } from "../../../page/kit/sheets.js";
import { translateIn } from "../../../page/kit/translated.js";
import { say, t } from "../../../page/kit/words.js";
import { whenHalted } from "./halting.js";
import { lineup } from "./lineup.js";
import { racePlot } from "./race_plot.js";
import * as race from "./race_run.js";
import { notes } from "./race_notes.js";

const TICK = 60; // milliseconds of a step of the film
const TICKS = 60;

/**
 * @typedef {import("./race_run.js").RaceRun} RaceRun
 * @typedef {import("./race_run.js").RaceNews} RaceNews
 * @typedef {import("../../../page/kit/words.js").Value} Value
 */

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount(host) {
  const { element, props, server, watch, signal } = host;
  /** @type {RaceRun} */
  let run = race.nothing();
  /** @type {string | null} of lanes that are gone: what is still on the way is not shown */
  let ignored = null;
  /** @type {string | null} */
  let stopped = null;
  /** @type {"x" | "x0"} */
  let what = "x";
  let isFollowing = true;
  let share = 1;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let playing;
  const scrub = find(element, ".scrub", HTMLInputElement);
  const says = find(element, ".says");
  const sideNotes = notes(element);
  const mark = find(element, ".made");
  const lanes = lineup(host, forget, () => draw());
  const names = () => lanes.cards().map((card) => card.name());
  const plot = racePlot(find(element, ".plot"), () => run, names, signal);

  function forget() {
    ignored = run.run;
    run = race.nothing();
    share = 1;
    halt();
  }

  function halt() {
    clearInterval(playing);
    playing = undefined;
  }

  const runs = keptRun(
    element,
    "race",
    () => ({ ...run, race: lanes.read() }),
    (shown, again) => {
      halt();
      const { race: line, ...kept } = shown;
      if (again && !lanes.is(line)) lanes.set(line);
      run = kept;
      if (!again) return; // drawn when it goes on
      lanes.fresh();
      draw();
      play();
    },
    signal,
  );

  /** @param {number} wanted from 0 to 1 */
  function show(wanted) {
    share = wanted;
    lanes.cards().forEach((card, i) => {
      const frame = race.frameAt(run, i, share);
      if (!frame) return card.foresee(lanes.plan(i));
      paintSquare(card.canvas, what === "x" ? frame : { ...frame, x: frame.x0 || frame.x });
      if (lanes.isStale(i)) return card.foresee(lanes.plan(i));
      const far = race.distanceAt(run.lanes[i], frame);
      const about = run.lanes[i].stochastic ? t("away, by design") : t("from the reference");
      const said = far === null ? "" : race.distanceSaid(far, Boolean(run.last?.reference.final));
      card.tell(said, far === null ? "" : about, race.spentSaid(frame, run.lanes[i]));
    });
    scrub.value = `${Math.round(100 * share)}`;
    find(element, ".share").textContent = run.run
      ? t("{share}% of the calls", { share: Math.round(100 * share) })
      : "";
  }

  function draw() {
    if (!element.isConnected) return;
    show(isFollowing && run.run ? race.reached(run) : share);
    sideNotes.tell(run);
    const { busy, done } = race.stands(run);
    element.dataset.run = run.run ?? "";
    element.dataset.busy = busy ? "yes" : "";
    element.dataset.done = done;
    const made = run.last?.made;
    mark.hidden = !made;
    mark.replaceChildren(made ? make("span", { textContent: say(made) }) : "");
    plot.update();
  }

  /** @param {RaceNews} news */
  function take(news) {
    if (news.run !== run.run) {
      isFollowing = true;
      halt();
      says.textContent = "";
      lanes.fresh();
    }
    const before = element.dataset.done;
    run = race.grown(run, news, news.run === stopped);
    draw();
    if (run.run && element.dataset.done && element.dataset.done !== before) runs.whole(run.run);
  }

  function heard() {
    if (!props.race) return;
    const message = JSON.parse(props.race);
    if (message.waiting !== undefined) {
      if (runs.isLive()) says.textContent = say(message.waiting);
      return;
    }
    if (message.run === ignored) return;
    runs.goOn();
    runs.heard(message.run, message.run !== run.run);
    take(message);
  }

  /** @param {RaceNews} news of lanes that a link may have changed */
  function first(news) {
    says.textContent = "";
    if (lanes.is(JSON.parse(news.lineup ?? "null"))) take(news);
  }

  function play() {
    halt();
    isFollowing = false;
    let at = 0;
    playing = setInterval(() => {
      show(at / TICKS);
      if (++at <= TICKS) return;
      halt();
      isFollowing = true;
    }, TICK);
  }

  function press() {
    for (const one of findAll(element, ".which button")) {
      one.setAttribute("aria-pressed", `${one.dataset.show === what}`);
    }
  }

  scrub.addEventListener("input", () => {
    isFollowing = false;
    halt();
    show(+scrub.value / 100);
  });
  find(element, ".play").addEventListener("click", play);
  for (const one of findAll(element, ".which button")) {
    one.addEventListener("click", () => {
      what = one.dataset.show === "x0" ? "x0" : "x";
      press();
      show(share);
    });
  }
  whenHalted(
    "race",
    () => {
      stopped = run.run;
      if (run.last && !run.last.made && !run.last.reference.final) {
        run = { ...run, last: { ...run.last, halted: true } };
      }
      draw();
      element.dataset.busy = "";
    },
    signal,
  );
  signal.addEventListener("abort", halt);
  translateIn(element, signal);
  press();
  lanes.begin();
  watch("race", heard);
  heard();
  const isWanted = () => (!run.run || !!run.last?.made) && runs.isLive();
  const tell = (/** @type {Value} */ text) => void (says.textContent = say(text));
  void open(server.opening, { isWanted, tell, show: first }, signal);
}
