// Where beats are edited.
const list = make("ol"), note = make("p", { className: "note" });
note.setAttribute("role", "status");
const box = make("dialog", { id: "talk-box" });
box.setAttribute("aria-labelledby", "talk-title");

function move_beat(from, to) {
  if (!beats[to]) return;
  const pressed = document.activeElement, place = [...(pressed.parentElement?.children ?? [])].indexOf(pressed);
  [beats[from], beats[to]] = [beats[to], beats[from]];
  keep();
  list.children[to].children[place]?.focus();
}

function keep() {
  try { localStorage.setItem("beats", JSON.stringify(beats)); } catch { note.textContent = "This browser keeps nothing; save a file."; }
  list.replaceChildren(...beats.map((beat, i) => {
    const words = make("input", { value: beat.caption, placeholder: "Caption" });
    words.setAttribute("aria-label", `Caption of beat ${i + 1}`);
    words.addEventListener("change", () => { beat.caption = words.value; keep(); });
    const start = make("input", { type: "checkbox", checked: beat.start });
    start.addEventListener("change", () => { beat.start = start.checked; keep(); });
    const button = (text, title, act) => { const made = make("button", { type: "button", textContent: text, title }); made.setAttribute("aria-label", `${title} ${i + 1}`); made.addEventListener("click", act); return made; };
    return make("li", {}, words, make("label", {}, start, "starts at once"),
      button("Go", "Show beat", () => { box.close(); go(i); }),
      button("↑", "Move up beat", () => move_beat(i, i - 1)),
      button("↓", "Move down beat", () => move_beat(i, i + 1)),
      button("✕", "Delete beat", () => { beats.splice(i, 1); keep(); }));
  }));
  if (!beats.length) list.append(make("li", { className: "none", textContent: "No beats yet: set the page up as you want to show it, and press Add this page." }));
}

const file = make("input", { type: "file", accept: ".json", hidden: true });
file.addEventListener("change", async () => {
  try {
    const text = await file.files[0].text(), found = read(text);
    note.textContent = "";
    beats = await withPictures(found, JSON.parse(text).kept);
    keep();
  } catch { note.textContent = "That file holds no beats; choose one that was saved here."; }
  file.value = "";
});
// A file takes along the pictures and drawings that its beats hold, so that it opens on another machine.
async function withPictures(found, kept) {
  if (!kept) return found;
  const { names = {}, error } = await window.playgroundLink.ask("take", { kept });
  if (error) note.textContent = error;
  return found.map((beat) => ({ ...beat, query: beat.query.replace(HELD, (name) => names[name] ?? name) }));
}
async function save() {
  const names = [...new Set(beats.flatMap(({ query }) => query.match(HELD) ?? []))];
  const { kept, error } = names.length ? await window.playgroundLink.ask("give", { names }) : {};
  note.textContent = error ?? "";
  const text = JSON.stringify(kept ? { beats, kept } : beats, null, 1);
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: "beats.json" });
  link.click(); URL.revokeObjectURL(link.href);
}
box.append(
  make("h2", { id: "talk-title", textContent: "Talk" }),
  make("p", { textContent: "P shows one panel full screen. There, arrow keys or a clicker move the slider, up and down choose a picture or plot, space plays, 1 to 9 show beats, Enter the next beat, Backspace the one before, B makes the screen black, Escape leaves." }),
  list, note, file,
  make("div", { className: "row" },
    act("Add this page", "Keep the page as it stands as a beat", () => {
      window.addEventListener("remembered", ({ detail }) => { beats.push({ caption: document.title, query: location.search, start: false }); note.textContent = detail; keep(); }, { once: true });
      window.playgroundLink.keep();
    }),
    act("Save file", "Save the beats as a file", save),
    act("Open file", "Take the beats of a file", () => file.click()),
    act("Present", "Full screen; the key P does the same", () => { box.close(); present(); }),
    act("Close", "Back to the page", () => box.close())));
document.body.append(box);
const button = make("button", { id: "talk", type: "button", textContent: "Talk", title: "Beats and presenter mode (key P)" });
button.addEventListener("click", () => { keep(); box.showModal(); });
document.querySelector(".title")?.append(button);
