// The Fork tab: a film to scrub and paint on, and the tree of all films.
const $ = (name) => element.querySelector(name);
const COLOURS = { red: "#e03131", orange: "#f76707", yellow: "#fcc419", green: "#2f9e44", blue: "#1c5fd4", violet: "#7048e8", pink: "#f06595", brown: "#8a5a2b", black: "#000000", grey: "#868e96", white: "#ffffff" };
const scrub = $(".scrub"), board = paintBoard($(".over"), painted);
let films = new Map(), chosen = null, following = true, timer = 0;

palette($(".palette"), COLOURS, board);
$(".width").addEventListener("change", (event) => { board.tools.width = +event.target.value; });
$(".undo").addEventListener("click", () => board.undo());
$(".wipe").addEventListener("click", () => board.clear());

function painted() {
  element.dataset.paint = board.data();
  props.value = JSON.stringify(board.isEmpty() ? {} : { paint: board.data() }); // for links
  $(".undo").disabled = !board.canUndo();
  $(".wipe").disabled = board.isEmpty();
  plan();
}

function plan() {
  const film = films.get(chosen);
  if (!film) { $(".plan").textContent = $(".note").textContent = ""; return; }
  const clean = +scrub.value === film.total ? " It is clean there: drag to an earlier step first." : "";
  $(".plan").textContent = `Go on from here: step ${scrub.value} of ${film.total} of film ${film.number + 1}, with the settings of now${board.isEmpty() ? "" : " and what you painted"}.${clean}`;
  $(".note").textContent = film.note;
}

function show(step) {
  const film = films.get(chosen), f = film?.frames[step];
  if (!f) return;
  board.size(f.w, f.h);
  pixels($(".x"), f.x, f.w, f.h);
  pixels($(".x0"), f.x0 || (step === 0 && !film.painted && films.get(film.parent)?.frames[film.step]?.x0), f.w, f.h);
  scrub.value = step;
  $(".facts").textContent = `film ${film.number + 1} · ${f.text}`;
  scrub.setAttribute("aria-valuetext", f.text);
  Object.assign(element.dataset, { film: film.number, step, count: film.frames.length, films: films.size });
  plan();
  drawTree($(".tree"), films, chosen, step, (number) => choose(number));
}

function choose(number, step) {
  clearInterval(timer);
  chosen = number;
  const film = films.get(number);
  scrub.max = film.total; // also while it grows, so that the handle shows how far it is
  following = step === undefined;
  show(step ?? film.frames.length - 1);
}

function figure(film, step, what, caption) {
  const f = films.get(film).frames[step], made = document.createElement("figure"), canvas = document.createElement("canvas");
  pixels(canvas, f[what], f.w, f.h);
  made.append(canvas, Object.assign(document.createElement("figcaption"), { textContent: caption }));
  return made;
}

function compare({ long, short, step, words }) {
  $(".compare").hidden = false;
  $(".three").replaceChildren(
    figure(long, step, "x", `step ${step} of ${2 * step}`),
    figure(long, step, "x0", "its guess there"),
    figure(short, step, "x", `step ${step} of ${step}`));
  $(".compare p").textContent = words;
  choose(long, step);
}

function clear() {
  clearInterval(timer);
  runs.goOn();
  films.clear();
  chosen = null;
  for (const name of [".x", ".x0"]) pixels($(name), "", 32, 32);
  scrub.value = scrub.max = 0;
  for (const key of ["film", "step", "count", "films"]) delete element.dataset[key];
  $(".facts").textContent = "Press Start: then drag to any step, change a setting or paint, and press Go on from here.";
  $(".compare").hidden = true;
  drawTree($(".tree"), films, null, 0, () => {});
  plan();
}

function take() {
  if (!props.message) return;
  const message = JSON.parse(props.message);
  if (message.clear) return clear();
  if (message.waiting !== undefined) { if (message.waiting && runs.isLive()) $(".facts").textContent = message.waiting; return; }
  runs.goOn();
  const about = message.film, isNew = !films.has(about.number);
  runs.heard(about.number, isNew);
  if (isNew) { films.set(about.number, { frames: [] }); if (about.painted) board.clear(); $(".compare").hidden = true; }
  const film = Object.assign(films.get(about.number), about);
  for (const f of message.frames) film.frames[f.index] = f;
  if (isNew || (following && chosen === about.number)) choose(about.number);
  else if (chosen !== null) show(+scrub.value);
  if (message.compare) compare(message.compare);
  if (film.frames.length > film.total) runs.whole(about.number, { films: new Map([[about.number, film]]), chosen: about.number });
}

const runs = keptRun("fork", () => ({ films, chosen }), (shown, again) => {
  films = shown.films;
  $(".compare").hidden = true;
  if (shown.chosen !== null) choose(shown.chosen);
  if (again) play();
});

scrub.addEventListener("input", () => {
  clearInterval(timer);
  const last = (films.get(chosen)?.frames.length ?? 1) - 1;
  following = +scrub.value >= last;
  show(Math.min(+scrub.value, last));
});
function play() {
  clearInterval(timer);
  const film = films.get(chosen);
  if (!film) return;
  following = false;
  let step = 0;
  timer = setInterval(() => { show(step); if (++step >= film.frames.length) clearInterval(timer); }, Math.max(40, Math.min(200, 3000 / film.frames.length)));
}
$(".play").addEventListener("click", play);
whenLooksChange($(".fork"), () => { if (chosen !== null && element.offsetParent) drawTree($(".tree"), films, chosen, +scrub.value, (number) => choose(number)); });
async function restore() {
  if (!props.given) return;
  const { paint } = JSON.parse(props.given).state;
  if (paint) board.lay(await painting(paint)); else board.clear();
}
watch("message", take);
watch("given", restore);
painted();
take();
restore();
