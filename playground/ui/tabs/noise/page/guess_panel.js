// @ts-check
// The best guess of the original beside the noised picture: who made it, and what their memory has
// to do with it.
import { find } from "../../../page/kit/dom.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { SIDE } from "./blend.js";
import { guessing } from "./guessing.js";
import { askedOf } from "./lab.js";

/** @typedef {import("../../../page/kit/words.js").Value} Value */
/** @typedef {import("./contracts.js").Guess | { error: string }} Answer */

/**
 * @param {HTMLElement} element the part
 * @param {import("./lab.js").Lab} lab
 * @param {(question: string) => Promise<Answer>} guess
 * @param {() => number | null} time t of the slider; null while nobody looks
 * @param {AbortSignal} signal
 */
export function guessPanel(element, lab, guess, time, signal) {
  const image = find(element, "img.guess", HTMLImageElement);
  const by = find(element, ".by");
  const note = find(element, ".note");
  /** @type {{ caption: Value, note?: Value | null }} */
  let said = { caption: { key: "best guess of the original" } };

  function tell() {
    by.textContent = say(said.caption);
    note.textContent = said.note ? say(said.note) : "";
  }
  /** Say so in place of a guess; the last one stays, faded. @param {Value} caption */
  function wait(caption) {
    image.classList.add("old");
    said = { caption };
    tell();
  }

  const asking = guessing(
    {
      question() {
        const { scene } = lab.get();
        const now = time();
        if (!scene || now === null) return null;
        return JSON.stringify({ ...askedOf(scene), by: scene.by, t: now });
      },
      ask: guess,
      async heard(answer, question) {
        if ("error" in answer) wait(answer.error);
        else {
          image.src = answer.picture;
          await image.decode();
          image.classList.toggle("coarse", image.naturalWidth < SIDE);
          image.classList.remove("old");
          said = answer;
          tell();
        }
        element.dataset.guessed = JSON.parse(question).t;
      },
      slow: () => wait({ key: "{who} is guessing…", values: { who: lab.get().scene?.by ?? "" } }),
      lost: () => wait(t("No answer from the server; trying again.")),
    },
    signal,
  );
  lab.on(["scene"], asking.ask);
  onLanguage(tell, signal);
  tell();
  return asking;
}
