// @ts-check
// Where beats are edited.
import { button, find, make } from "../../page/kit/dom.js";
import { besideTitle, overPage, pressed } from "../../page/kit/frame.js";
import { translateIn } from "../../page/kit/translated.js";
import { onLanguage, t } from "../../page/kit/words.js";
import { keepPage } from "../../permalinks/page/page_state.js";
import { asFile, keep, opened } from "./beat_file.js";

const PLACE = 2; // beside the title
const BOX = `<h2 id="talk-title" data-t="Talk"></h2><p class="keys"></p><ol></ol>
  <p class="note" role="status"></p><input type="file" accept=".json" hidden>
  <div class="row"></div>`;

/**
 * @param {import("./stage.js").Stage} stage
 * @param {import("./cues.js").Cues} cues
 * @param {AbortSignal} signal
 */
export function beatList(stage, cues, signal) {
  const box = make("dialog", { id: "talk-box", innerHTML: BOX });
  box.setAttribute("aria-labelledby", "talk-title");
  overPage(box, signal);
  translateIn(box, signal);
  const list = find(box, "ol");
  const note = find(box, ".note");
  const file = find(box, "input", HTMLInputElement);

  /** @param {number} from @param {number} to */
  function move(from, to) {
    const beats = [...cues.beats()];
    if (!beats[to]) return;
    const focused = document.activeElement;
    const place = [...(focused?.parentElement?.children ?? [])].indexOf(
      /** @type {any} */ (focused),
    );
    [beats[from], beats[to]] = [beats[to], beats[from]];
    change(beats);
    const there = list.children[to]?.children[place];
    if (there instanceof HTMLElement) there.focus();
  }

  /** @param {import("./beat_file.js").Beat} beat @param {number} i */
  function line(beat, i) {
    const n = i + 1;
    const caption = make("input", { value: beat.caption, placeholder: t("Caption") });
    caption.setAttribute("aria-label", t("Caption of beat {n}", { n }));
    caption.addEventListener("change", () => {
      beat.caption = caption.value;
      change();
    });
    const start = make("input", { type: "checkbox", checked: beat.start });
    start.addEventListener("change", () => {
      beat.start = start.checked;
      change();
    });
    /** @param {string} text @param {string} title @param {() => void} act */
    const act = (text, title, act) => {
      const made = button(text, title, act);
      made.setAttribute("aria-label", title);
      return made;
    };
    return make(
      "li",
      {},
      caption,
      make("label", {}, start, t("starts at once")),
      act(t("Go"), t("Show beat {n}", { n }), () => {
        box.close();
        void cues.go(i);
      }),
      act("↑", t("Move up beat {n}", { n }), () => move(i, i - 1)),
      act("↓", t("Move down beat {n}", { n }), () => move(i, i + 1)),
      act("✕", t("Delete beat {n}", { n }), () => change(cues.beats().filter((_, at) => at !== i))),
    );
  }

  function draw() {
    list.replaceChildren(...cues.beats().map(line));
    find(box, ".keys").textContent = t(
      "P shows one panel full screen. There, arrow keys or a clicker move the slider, " +
        "up and down choose a picture or plot, space plays, 1 to 9 show beats, Enter the next " +
        "beat, Backspace the one before, B makes the screen black, Escape leaves.",
    );
    if (cues.beats().length) return;
    const none = t(
      "No beats yet: set the page up as you want to show it, and press Add this page.",
    );
    list.append(make("li", { className: "none", textContent: none }));
  }

  function change(beats = cues.beats()) {
    cues.take(beats);
    if (!keep(beats)) note.textContent = t("This browser keeps nothing; save a file.");
    draw();
  }

  file.addEventListener("change", async () => {
    try {
      const { beats, error } = await opened((await file.files?.[0]?.text()) ?? "");
      note.textContent = error ?? "";
      change(beats);
    } catch {
      note.textContent = t("That file holds no beats; choose one that was saved here.");
    }
    file.value = "";
  });

  async function save() {
    const { text, error } = await asFile(cues.beats());
    note.textContent = error ?? "";
    const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    make("a", { href, download: "beats.json" }).click();
    URL.revokeObjectURL(href);
  }

  async function add() {
    const error = await keepPage();
    note.textContent = error;
    change([...cues.beats(), { caption: document.title, query: location.search, start: false }]);
  }

  /** @param {() => string} text @param {() => string} title @param {() => unknown} act */
  const choice = (text, title, act) => pressed(text, title, () => void act(), signal);
  find(box, ".row").append(
    choice(
      () => t("Add this page"),
      () => t("Keep the page as it stands as a beat"),
      add,
    ),
    choice(
      () => t("Save file"),
      () => t("Save the beats as a file"),
      save,
    ),
    choice(
      () => t("Open file"),
      () => t("Take the beats of a file"),
      () => file.click(),
    ),
    choice(
      () => t("Present"),
      () => t("Full screen; the key P does the same"),
      () => {
        box.close();
        stage.present();
      },
    ),
    choice(
      () => t("Close"),
      () => t("Back to the page"),
      () => box.close(),
    ),
  );
  onLanguage(draw, signal);
  const opens = choice(
    () => t("Talk"),
    () => t("Beats and presenter mode (key P)"),
    () => {
      change();
      box.showModal();
    },
  );
  opens.id = "talk";
  besideTitle(opens, PLACE, signal);
}
