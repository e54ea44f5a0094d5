// @ts-check
// Pictures while the seed slider moves: one question at a time, then the newest position. The many
// calls of the teacher are asked for when the slider rests, and are dropped when it moves again.
import { latest } from "../../../page/kit/asker.js";
import { find, isSeen } from "../../../page/kit/dom.js";
import { whenLooksChange } from "../../../page/kit/looks.js";
import { open } from "../../../page/kit/opening.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, spoken, t } from "../../../page/kit/words.js";
import { controls } from "./controls.js";
import { duration, pace } from "./pace.js";
import { panel } from "./panel.js";
import { playing } from "./playing.js";

const REST = 350; // milliseconds until the teacher is asked
const AGAIN = 2000; // until a server that did not answer is asked again

/**
 * @typedef {import("./contracts.js").Drawing} Drawing
 * @typedef {import("./contracts.js").Opening} Opening
 * @typedef {import("../../../page/kit/words.js").Value} Value
 * @typedef {import("./controls.js").Settings} Settings
 * @typedef {{ error?: string, stale?: boolean, isLost?: boolean } & Partial<Drawing>} Answer
 */

/** @param {Settings} asked @returns {string} the same of the same settings alone */
const keyOf = ({ model, class_name, calls, pictures, seed }) =>
  JSON.stringify([model, class_name, calls, pictures, seed]);

const callsOf = (/** @type {number} */ n) => (n === 1 ? t("1 call") : t("{n} calls", { n }));
const colon = () => (spoken() === "en" ? ": " : "：");

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, server, watch, signal }) {
  const made = find(element, ".made");
  const play = find(element, ".play");
  const few = panel(find(element, ".first"));
  const many = panel(find(element, ".second"));
  const speed = pace();
  const asks = controls(element, moved, signal);
  const player = playing(asks.slider, moved, signal);
  const me = Math.random().toString(36).slice(2);
  let ticket = 0;
  let answered = ""; // the key of what was
  let isOpening = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  /** @type {Value} */
  let madeOf = "";

  /** @param {() => void} act @param {number} ms */
  function later(act, ms) {
    clearTimeout(resting);
    resting = setTimeout(act, ms);
  }

  function moved() {
    if (signal.aborted) return;
    asks.tellSeed();
    if (keyOf(asks.read()) === answered) return;
    mark("");
    clearTimeout(resting);
    many.pale(true);
    const about = () => t("when the slider rests: the same noise, in many calls");
    many.tell(() => ({ head: "", about: about() }));
    if (asks.hasModels() && isSeen(element)) draw(asks.read());
  }

  /** @param {Settings} asked @returns {Promise<Answer | null>} null: it was answered */
  async function ask(asked) {
    if (keyOf(asked) === answered) return null;
    try {
      const question = { ...asked, page: me, ticket: ++ticket };
      const answer = await server.draw(JSON.stringify(question));
      if (answer.picture) await few.show(answer.picture);
      return answer;
    } catch {
      return { isLost: true };
    }
  }

  const draw = latest(ask, heard, signal);

  /** @param {Answer | null} answer @param {Settings} asked @param {boolean} isNewest */
  function heard(answer, asked, isNewest) {
    if (!answer) return;
    if (answer.isLost) {
      few.tell(() => ({ head: "", about: t("No answer from the server; trying again.") }));
      return later(moved, AGAIN);
    }
    answered = keyOf(asked); // an error too: asking the same again would not help
    if (answer.error) {
      const { error } = answer;
      few.tell(() => ({ head: "", about: error }));
      return few.pale(true);
    }
    if (answer.picture) drawn(/** @type {Drawing} */ (answer), asked);
    if (isNewest) later(compare, REST);
  }

  /** @param {Drawing} drawing @param {Settings} asked @param {string} [where] it was made */
  function drawn(drawing, asked, where = "live") {
    few.pale(false);
    const { by, calls, ms, how } = drawing;
    speed.add([by, calls, asked.pictures, where].join(), ms, performance.now());
    const [usual, rate] = [speed.usual(), speed.rate()];
    few.tell(() => ({
      head: `${callsOf(calls)} · ${duration(usual)}`,
      about:
        `${by}${colon()}${say(how)}` +
        (rate === null ? "" : ` · ${t("{rate} drawings a second", { rate })}`),
    }));
    element.dataset.drawn = `${asked.seed}`;
    element.dataset.count = `${Number(element.dataset.count ?? 0) + 1}`;
  }

  async function compare() {
    const asked = asks.read();
    if (signal.aborted || player.isOn() || !isSeen(element) || keyOf(asked) !== answered) return;
    many.tell(() => ({ head: "", about: t("the same noise, in many calls…") }));
    const mine = ++ticket;
    try {
      const answer = await server.teach(JSON.stringify({ ...asked, page: me, ticket: mine }));
      if (signal.aborted || mine !== ticket || answer.stale) return;
      if (answer.error) return many.tell(() => ({ head: "", about: answer.error }));
      await many.show(answer.picture);
      if (!signal.aborted && mine === ticket) taught(answer, asked);
    } catch {
      const about = () => t("No answer from the server; move the slider to try again.");
      many.tell(() => ({ head: "", about: about() }));
    }
  }

  /** @param {Drawing} drawing @param {Settings} asked */
  function taught({ calls, ms, by, how, steps }, asked) {
    many.pale(false);
    const times = (ms / speed.usual()).toFixed(0);
    many.tell(() => ({
      head: `${callsOf(calls)} · ${duration(ms)}`,
      about:
        `${t("{times} times as long", { times })} · ` +
        `${by}${colon()}${t("{steps} steps of {how}", { steps, how })}`,
    }));
    element.dataset.taught = `${asked.seed}`;
  }

  /** @param {Value} text of pictures that nobody asked for, their settings */
  function mark(text) {
    madeOf = text;
    made.hidden = text === "";
    made.textContent = say(text);
  }

  // for whoever asks for what the tab opens with; anything else is drawn at once
  async function begin() {
    const opens = JSON.parse(props.opens || "null");
    const isWanted = () => opens !== null && keyOf(opens) === keyOf(asks.read()) && isOpening;
    const tell = (/** @type {Value} */ text) => few.tell(() => ({ head: "", about: say(text) }));
    if (isWanted()) await open(server.opening, { isWanted, tell, show: opening }, signal);
    isOpening = false;
    moved();
  }

  /** @param {Opening & { more?: boolean }} answer */
  function opening({ question, few: quick, many: slow, made: text, more }) {
    void few.show(quick.picture);
    drawn(quick, question, slow ? "idle" : "first"); // which still had to read the model
    answered = keyOf(question);
    mark(text);
    if (slow) void many.show(slow.picture);
    if (slow && !more) taught(slow, question);
    else many.tell(() => ({ head: "", about: t("the same noise, in many calls…") }));
  }

  /** @param {boolean} isOn */
  function setPlaying(isOn) {
    if (isOn) player.start();
    else player.stop();
    tellPlay();
    if (!isOn) later(compare, REST);
  }

  function tellPlay() {
    play.textContent = player.isOn() ? t("⏸ Pause") : t("▶ Play");
    play.setAttribute("aria-pressed", `${player.isOn()}`);
  }

  function models() {
    asks.offer(JSON.parse(props.models || "[]"));
    if (!isOpening) moved();
  }

  play.addEventListener("click", () => setPlaying(!player.isOn()));
  asks.slider.addEventListener("pointerdown", () => {
    if (player.isOn()) setPlaying(false);
  });
  element.addEventListener("change", () => void (props.value = JSON.stringify(asks.read())), {
    signal,
  });
  onLanguage(() => {
    for (const one of [asks, few, many]) one.again();
    tellPlay();
    mark(madeOf);
  }, signal);
  signal.addEventListener("abort", () => clearTimeout(resting));
  translateIn(element, signal);
  tellPlay();
  watch("models", models);
  watch("given", () => {
    asks.write(JSON.parse(props.given).state);
    if (!isOpening) moved();
  });
  models();
  const told = JSON.parse(props.value || "{}");
  asks.write(told.model ? told : (JSON.parse(props.opens || "null") ?? {}));
  void begin();
  // when the tab comes into view
  whenLooksChange(element, () => void (!isOpening && isSeen(element) && moved()), signal);
}
