// A guided path: stops, each a state of the page with a few words and a question; all by keyboard.
const box = make("aside", { id: "lesson", hidden: true });
box.setAttribute("aria-label", "Lesson");
document.body.append(box);
let stops = null, at = 0, right = 0;
const answered = new Map(); // stop -> what was chosen

async function open() {
  stops ??= await (await fetch(`${window.gradio_config.root}/${words}`)).json();
  try { at = Math.min(stops.length - 1, +(localStorage.getItem("lesson") ?? 0) || 0); } catch { /* a private window keeps nothing */ }
  box.hidden = false;
  root.classList.add("with-lesson");
  go(at);
}

function close() {
  box.hidden = true;
  root.classList.remove("with-lesson");
  window.dispatchEvent(new Event("resize"));
}

function go(to) {
  at = Math.max(0, Math.min(stops.length - 1, to));
  try { localStorage.setItem("lesson", at); } catch { /* a private window */ }
  const { query } = stops[at], now = new URLSearchParams(location.search), wanted = new URLSearchParams(query);
  for (const name of ["lang", "hide"]) if (now.has(name)) wanted.set(name, now.get(name));
  wanted.set("stay", "your-picture"); // which the pupil has brought
  history.pushState(null, "", `?${wanted}`);
  window.addEventListener("restored", () => setTimeout(bringUp, 300), { once: true });
  document.getElementById("link-restore").click();
  draw();
  box.querySelector("h2").focus();
}

// what the stop is about, above the panel on a phone
function bringUp() { if (innerWidth <= 700) shownPart()?.scrollIntoView({ block: "start" }); }

function perform() {
  document.getElementById(stops[at].press[1])?.click();
  bringUp();
}

function draw() {
  const stop = stops[at], chosen = answered.get(at), done = chosen !== undefined;
  const title = make("h2", { textContent: stop.title, tabIndex: -1 });
  const answers = stop.answers.map((text, i) => {
    const button = act(text, "", () => { if (!answered.has(at)) { answered.set(at, i); draw(); box.querySelector(".why").focus(); } });
    button.prepend(make("kbd", { textContent: i + 1 }));
    button.setAttribute("aria-disabled", done);
    button.className = done && i === stop.right ? "right" : done && i === chosen ? "wrong" : "";
    return button;
  });
  right = [...answered].filter(([stopAt, one]) => stops[stopAt].right === one).length;
  const score = make("span", { className: "score", textContent: answered.size ? `${right} of ${answered.size} right` : "" });
  const why = make("p", { className: "why", tabIndex: -1, hidden: !done });
  if (done) why.append(make("b", { textContent: chosen === stop.right ? "Right." : "Not quite." }), " ", make("span", { textContent: stop.why }));
  const last = at === stops.length - 1;
  const press = stop.press ? [make("p", {}, act(stop.press[0], "What this stop is about (G)", perform))] : [];
  box.replaceChildren(
    make("div", { className: "head" }, make("span", { textContent: `${at + 1} / ${stops.length}` }), score, act("✕", "Close the lesson (Escape)", close)),
    title, make("p", { textContent: stop.text }), ...press, make("p", { className: "question", textContent: stop.question }),
    make("div", { className: "answers" }, ...answers), why,
    make("div", { className: "row" }, act("Back", "The stop before (B)", () => go(at - 1)), act("Show again", "The page as this stop begins (R)", () => go(at)), act(last ? "Done" : "Next", "The next stop (N)", () => (last ? close() : go(at + 1)))));
}

window.addEventListener("keydown", (event) => {
  if (box.hidden || root.classList.contains("presenting") || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  const key = event.key.toLowerCase(), stop = stops[at];
  if (key === "n" && at < stops.length - 1) go(at + 1);
  else if (key === "b") go(at - 1);
  else if (key === "r") go(at);
  else if (key === "g" && stop.press) perform();
  else if (key.startsWith("arrow") && box.contains(event.target)) { const by = { arrowright: 1, arrowleft: -1 }[key]; if (!by) return; slide(shownPart(), by); }
  else if (key === "escape") close();
  else if (+key >= 1 && +key <= stop.answers.length) box.querySelectorAll(".answers button")[+key - 1].click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

const button = act("Lesson", "A path of a dozen stops through the page, each with a question", () => (box.hidden ? open() : close()));
button.id = "lesson-button";
document.querySelector(".title")?.append(button);
