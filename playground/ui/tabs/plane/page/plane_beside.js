// Pictures side by side in place of the one: the same noise under settings that differ in one thing.
const titleOf = (kind, name) => facts[kind].find(([one]) => one === name)[1];
const BESIDE = { // of each: the settings that differ, and the picture's name
  who: () => ["network", "exact"].map((who) => [{ who }, drawer(who)]),
  steps: () => [3, 5, 10].map((steps) => [{ steps }, `${steps} steps`]),
  schedule: () => ["flow", "cosine", "edm"].map((schedule) => [{ schedule }, titleOf("schedules", schedule)]),
  sampler: () => racers().slice(0, 4).map((sampler) => [{ sampler }, titleOf("samplers", sampler)]),
  guidance: () => [1, 2, 5].map((guidance) => [{ guidance }, `scale ${guidance}`]),
  kind: () => [[{ guidance: 1 }, "no guidance"], ...facts.guidance.filter(([kind]) => guides(kind)).map(([guidance_kind, title]) => [{ guidance_kind, guidance: Math.max(+$(".guidance").value, 2) }, title])],
};
// autoguidance has no weaker version of the exact denoiser, the others no effect without classes
const guides = (kind) => (kind === "autoguidance" ? $(".who").value !== "exact" : $(".classes").checked);
let beside = null; // or the pictures, which stand where else the one and the charts do
function layBeside() {
  const chosen = BESIDE[$(".beside").value]?.() ?? [], boards = $(".boards");
  for (const old of boards.querySelectorAll(".one")) old.remove();
  for (const part of [$(".made").parentElement, $(".side")]) part.hidden = chosen.length > 0;
  boards.classList.toggle("many", chosen.length > 0);
  boards.style.setProperty("--many", chosen.length + 1);
  beside = chosen.length ? chosen.map(([more, name]) => {
    const figure = document.createElement("figure");
    figure.className = "one";
    figure.innerHTML = "<canvas role='img'></canvas><figcaption><b></b><span></span></figcaption>";
    const [canvas, caption] = figure.children, one = { more, name, about: "", canvas, figure, paths: null, levels: null };
    canvas.setAttribute("aria-label", name);
    caption.firstChild.textContent = name;
    one.draw = (on, t) => {
      const b = board(on, REACH), level = levelAt(t, one.levels ?? levels);
      if (b) one.paths ? drawPaths(b, one.paths, angleOf(level), scaleOf(level)) : note(b, "…");
    };
    boards.insertBefore(figure, $(".side"));
    return one;
  }) : null;
}
// learning: only those that the network draws have changed
async function drawBeside(learning = false) {
  const named = JSON.stringify((BESIDE[$(".beside").value]?.() ?? []).map(([more]) => more));
  if (named !== JSON.stringify((beside ?? []).map((one) => one.more))) layBeside();
  element.dataset.beside = 0;
  for (const one of beside ?? []) {
    if (learning && one.paths && one.more.who === "exact") continue;
    if (one.more.who === "network" && !curve.length) continue; // nothing is trained yet; the exact one draws all the same
    const told = one.more.schedule ? await asking("levels", one.more) : { levels: "" };
    const answer = told && (await asking("sample", one.more, () => !asked));
    if (!answer) return;
    one.levels = told.levels ? singles(told.levels) : null;
    one.paths = pathsOf(answer, one.paths, one.more.who ?? $(".who").value);
    one.about = one.figure.querySelector("span").textContent = aboutPaths(answer);
    element.dataset.beside = +element.dataset.beside + 1;
    again();
  }
}
$(".beside").addEventListener("change", () => { layBeside(); again(); charts(); resample(); });
