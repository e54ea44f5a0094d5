// @ts-check
// A guided path: stops, each a state of the page with a few words and a question; all by keyboard.
import { button, find, findAll, make } from "../../page/kit/dom.js";
import { besideTitle, overPage, pressed, worded } from "../../page/kit/frame.js";
import { onLanguage, t } from "../../page/kit/words.js";
import { press, showPage } from "../../permalinks/page/page_state.js";
import { isShortcut, isTyping, root, shownPart, slide } from "./panels.js";

/**
 * @typedef {object} Stop
 * @property {string} title
 * @property {string} text
 * @property {string} question
 * @property {string[]} answers
 * @property {number} right which of them is, from 0
 * @property {string} why
 * @property {string} query the page as it begins
 * @property {[text: string, id: string]} [press] a button, and that of the page which it presses
 */

const PLACE = 1; // beside the title
const KEY = "lesson"; // in the browser's store: the stop that was reached
const PHONE = 700; // pixels: the lesson lies below what it is about
const SETTLES = 300; // milliseconds until the page shows what a stop is about
const STAYS = ["lang", "hide"]; // what the page's address goes on telling

/**
 * @param {string[]} stages element ids of what a stop can be about
 * @param {AbortSignal} signal
 */
export function lesson(stages, signal) {
  const box = worded(
    "aside",
    { id: "lesson", hidden: true, "aria-label": () => t("Lesson") },
    signal,
  );
  overPage(box, signal);
  /** @type {Stop[]} */
  let stops = [];
  let at = 0;
  /** @type {Map<number, number>} what was chosen, by stop */
  const answered = new Map();

  async function open() {
    if (!stops.length) {
      stops = await (await fetch(new URL("../lesson.json", import.meta.url))).json();
    }
    try {
      at = Math.min(stops.length - 1, Number(localStorage.getItem(KEY) ?? 0) || 0);
    } catch {
      at = 0; // a private window keeps nothing
    }
    box.hidden = false;
    root.classList.add("with-lesson");
    go(at);
  }

  function close() {
    box.hidden = true;
    root.classList.remove("with-lesson");
    window.dispatchEvent(new Event("resize"));
  }

  /** @param {number} to */
  function go(to) {
    at = Math.max(0, Math.min(stops.length - 1, to));
    try {
      localStorage.setItem(KEY, String(at));
    } catch {
      // a private window keeps nothing
    }
    const now = new URLSearchParams(location.search);
    const wanted = new URLSearchParams(stops[at].query);
    for (const name of STAYS) if (now.has(name)) wanted.set(name, now.get(name) ?? "");
    wanted.set("stay", "your-picture"); // which the pupil has brought
    void showPage(`?${wanted}`).then(() => setTimeout(bringUp, SETTLES));
    draw();
    find(box, "h2").focus();
  }

  /** What the stop is about, above the lesson on a phone. */
  function bringUp() {
    if (innerWidth <= PHONE) shownPart(stages)?.scrollIntoView({ block: "start" });
  }

  function perform() {
    const pressed = stops[at].press;
    if (pressed) press(pressed[1]);
    bringUp();
  }

  /** @param {number} i */
  function choose(i) {
    if (answered.has(at)) return;
    answered.set(at, i);
    draw();
    find(box, ".why").focus();
  }

  function draw() {
    if (!stops.length) return;
    const stop = stops[at];
    const chosen = answered.get(at);
    const isDone = chosen !== undefined;
    const answers = stop.answers.map((text, i) => {
      const made = button(t(text), "", () => choose(i));
      made.prepend(make("kbd", { textContent: i + 1 }));
      made.setAttribute("aria-disabled", String(isDone));
      const wrong = isDone && i === chosen ? "wrong" : "";
      made.className = isDone && i === stop.right ? "right" : wrong;
      return made;
    });
    const right = [...answered].filter(([one, answer]) => stops[one].right === answer).length;
    const score = t("{right} of {answered} right", { right, answered: answered.size });
    const why = make("p", { className: "why", tabIndex: -1, hidden: !isDone });
    if (isDone) {
      const verdict = chosen === stop.right ? t("Right.") : t("Not quite.");
      why.append(
        make("b", { textContent: verdict }),
        " ",
        make("span", { textContent: t(stop.why) }),
      );
    }
    const isLast = at === stops.length - 1;
    const head = make("div", { className: "head" });
    head.append(
      make("span", { textContent: `${at + 1} / ${stops.length}` }),
      make("span", { className: "score", textContent: answered.size ? score : "" }),
      button("✕", t("Close the lesson (Escape)"), close),
    );
    const press = stop.press
      ? [make("p", {}, button(t(stop.press[0]), t("What this stop is about (G)"), perform))]
      : [];
    const next = isLast ? t("Done") : t("Next");
    box.replaceChildren(
      head,
      make("h2", { textContent: t(stop.title), tabIndex: -1 }),
      make("p", { textContent: t(stop.text) }),
      ...press,
      make("p", { className: "question", textContent: t(stop.question) }),
      make("div", { className: "answers" }, ...answers),
      why,
      make(
        "div",
        { className: "row" },
        button(t("Back"), t("The stop before (B)"), () => go(at - 1)),
        button(t("Show again"), t("The page as this stop begins (R)"), () => go(at)),
        button(next, t("The next stop (N)"), () => (isLast ? close() : go(at + 1))),
      ),
    );
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key meant something here */
  function heard(event) {
    const key = event.key.toLowerCase();
    const stop = stops[at];
    const by = { arrowright: 1, arrowleft: -1 }[key];
    if (key === "n" && at < stops.length - 1) go(at + 1);
    else if (key === "b") go(at - 1);
    else if (key === "r") go(at);
    else if (key === "g" && stop.press) perform();
    else if (by && event.target instanceof Node && box.contains(event.target)) {
      slide(shownPart(stages), by);
    } else if (key === "escape") close();
    else if (Number(key) >= 1 && Number(key) <= stop.answers.length) {
      findAll(box, ".answers button")[Number(key) - 1].click();
    } else return false;
    return true;
  }

  /** @param {KeyboardEvent} event */
  function pressedKey(event) {
    const isElsewhere = box.hidden || root.classList.contains("presenting");
    if (isElsewhere || isShortcut(event) || document.querySelector("dialog[open]")) return;
    if (isTyping(event) || !heard(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }
  window.addEventListener("keydown", pressedKey, { capture: true, signal });
  onLanguage(draw, signal);
  signal.addEventListener("abort", () => root.classList.remove("with-lesson"));

  const opens = pressed(
    () => t("Lesson"),
    () => t("A path of a dozen stops through the page, each with a question"),
    () => void (box.hidden ? open() : close()),
    signal,
  );
  opens.id = "lesson-button";
  besideTitle(opens, PLACE, signal);
}
