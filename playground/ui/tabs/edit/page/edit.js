// @ts-check
// The picture with its mask, and what an edit makes of it, step by step.
import { find, make } from "../../../page/kit/dom.js";
import { open } from "../../../page/kit/opening.js";
import { keptRun } from "../../../page/kit/runs.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, spoken } from "../../../page/kit/words.js";
import { maskBoard } from "./mask_board.js";
import { whenChosen } from "./mode.js";
import { arrived } from "./once_there.js";
import { keepMask } from "./painted_mask.js";
import { panels } from "./panels.js";

const FIRST = "image-to-image";

/**
 * @typedef {import("./contracts.js").EditNews} EditNews
 * @typedef {import("./panels.js").Moment} Moment
 * @typedef {import("../../../page/kit/words.js").Value} Value
 * @typedef {object} Shown
 * @property {string | null} run
 * @property {boolean} loop
 * @property {[string, Moment[]][]} moments
 * @property {Value | Value[]} words
 */

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, server, watch, signal }) {
  const edit = find(element, ".edit");
  const said = find(element, ".words");
  const mark = find(element, ".made");
  const shown = panels(element, signal);
  const board = maskBoard(element, masked);
  /** @type {string | null} */
  let run = null;
  let isOpening = true; // nothing was made here yet
  let isLoop = false;
  /** @type {Value[]} what is said below */
  let words = [{ key: "An edit shows beside the picture, step by step." }];

  function tell() {
    said.textContent = words.map(say).join(spoken() === "en" ? " " : "");
  }

  // for links: the mask, unless it is the first, and which edit is meant
  function state() {
    const own = board.own();
    const mode = edit.dataset.mode ?? FIRST;
    props.value = JSON.stringify({ ...(own && { mask: own }), ...(mode !== FIRST && { mode }) });
  }

  function masked() {
    if (signal.aborted) return;
    element.dataset.mask = board.mask();
    keepMask(board.mask());
    state();
  }

  function source() {
    if (!props.source) return;
    const sheet = JSON.parse(props.source);
    board.show(sheet);
    element.dataset.source = `${sheet.w}`;
  }

  async function restore() {
    if (!props.given) return;
    const { mask, mode } = JSON.parse(props.given).state;
    // its tab is Gradio's, which opens it by a press alone
    const tab = document.querySelector(`#edit-acts [data-tab-id="${mode ?? FIRST}"]`);
    /** @type {HTMLElement | null} */ (tab)?.click();
    await board.restore(mask);
  }

  /** @type {import("../../../page/kit/runs.js").KeptRun<Shown>} */
  const runs = keptRun(
    element,
    "edit",
    () => /** @type {Shown} */ ({ run, loop: isLoop, moments: shown.read(), words }),
    (kept, again) => {
      shown.clear();
      ({ run, loop: isLoop } = kept);
      shown.write(kept.moments);
      words = [kept.words].flat();
      tell();
      if (again) shown.play(isLoop);
    },
    signal,
  );

  /** @param {EditNews} news */
  function take(news) {
    if (news.run !== run) {
      ({ run } = news);
      isLoop = false;
      words = [];
      shown.clear();
      element.dataset.done = "";
    }
    shown.add(news.panels);
    mark.hidden = !news.made;
    mark.replaceChildren(news.made ? make("span", { textContent: say(news.made) }) : "");
    if (news.words) {
      words = news.words;
      element.dataset.done = "yes";
    }
    tell();
    if (news.loop) {
      isLoop = true;
      shown.play(true);
    }
  }

  function heard() {
    if (!props.message) return;
    isOpening = false;
    const message = JSON.parse(props.message);
    if (message.waiting !== undefined) {
      if (!message.waiting || !runs.isLive()) return;
      words = [message.waiting];
      return tell();
    }
    runs.goOn();
    runs.heard(message.run, message.run !== run);
    take(message);
    if (message.words) runs.whole(message.run);
  }

  /** @param {Value} text */
  function tellOpening(text) {
    words = [text];
    tell();
  }

  find(element, ".play").addEventListener("click", () => shown.play(isLoop));
  whenChosen((mode) => {
    edit.dataset.mode = mode;
    state();
  }, signal);
  onLanguage(() => {
    tell();
    shown.again();
  }, signal);
  translateIn(element, signal);
  tell();
  watch("message", heard);
  watch("source", source);
  watch("given", restore);
  board.told();
  source();
  void restore();
  heard();
  arrived();
  const isWanted = () => isOpening && runs.isLive();
  void open(server.opening, { isWanted, tell: tellOpening, show: take }, signal);
}
