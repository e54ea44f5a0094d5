// Plays and scrubs frames. Each message holds the newest; those between are fetched when the run rests.
const $ = (name) => element.querySelector(name);
const scrub = $(".scrub"), box = $(".player");
const SAYS = {
  x: "now, <i>x<sub>t</sub></i>", x0: "the guess of the result, <i>x</i><sub>0</sub>",
  eps: "what the model takes for noise, <i>ε</i>", change: "what this step changed",
};
let run = null, frames = [], following = true, timer = 0, view = "x0", data = null, sample = 0;
let count = 0, picked = false, beside = false, looking = false, missed = false, resting = 0;

// what is asked for when somebody looks, kept with its frame
async function ask(f, key, about) {
  f.looks ??= {};
  if (f.looks[key] || looking) { missed ||= !f.looks[key]; return f.looks[key]; }
  looking = true;
  const asked = run;
  const found = await server.look(JSON.stringify({ run, index: f.index, ...about })).catch(() => ({ error: "" }));
  looking = false;
  if (asked === run) f.looks[key] = found;
  if (missed || asked === run) { missed = false; show(+scrub.value); }
}

function sheet(canvas, f, what, prefix) {
  const kept = prefix ? f.ideal : f;
  if (what === "x" || what === "x0") { paint(canvas, kept?.[what], f.w, f.h); return ""; }
  const key = (prefix ? "ideal " : "") + what;
  if (f.index === 0) { paint(canvas, ""); return ""; }
  const found = f.looks?.[key];
  if (!found) ask(f, key, { what: key });
  else if (found.rgb) paint(canvas, found.rgb, f.w, f.h);
  else paint(canvas, "");
  return found?.note ? ` (${found.note})` : "";
}

function mark(canvas, f) {
  const columns = Math.ceil(Math.sqrt(count)), rows = Math.ceil(count / columns);
  const w = (f.w + 1) / columns, h = (f.h + 1) / rows, g = canvas.getContext("2d");
  g.strokeStyle = ORANGE; g.lineWidth = 1;
  g.strokeRect((sample % columns) * w - 0.5, Math.floor(sample / columns) * h - 0.5, w, h);
}

function weigh(f) {
  const found = f.looks?.[`sample ${sample}`];
  drawEffective($(".effective"), frames.filter((k) => k.effective).map((k) => [k.index, k.effective[sample]]), f.index, f.total, f.pictures);
  $(".whose").textContent = `picture ${sample + 1}`;
  if (!found) { ask(f, `sample ${sample}`, { sample }); return; }
  const row = $(".row");
  if (!found.pictures) { row.replaceChildren(); return; }
  while (row.children.length < found.pictures.length) {
    const top = document.createElement("div");
    top.className = "top"; top.append(document.createElement("canvas"), document.createElement("div"));
    row.append(top);
  }
  while (row.children.length > found.pictures.length) row.lastChild.remove();
  found.pictures.forEach((one, i) => {
    const [canvas, words] = row.children[i].children, share = found.weights[i];
    paint(canvas, one.rgb, one.w, one.h);
    canvas.style.opacity = 0.35 + 0.65 * share;
    words.textContent = share > 0.0995 ? `${(100 * share).toFixed(0)} %` : share > 5e-5 ? `${(100 * share).toPrecision(2)} %` : "0 %";
  });
}

function show(place) {
  const f = frames[place];
  if (!f) return;
  const left = beside ? view : "x";
  const gain = sheet($(".x"), f, left, "");
  const other = sheet($(".x0"), f, view, beside ? "ideal" : "");
  if (beside || picked) { mark($(".x"), f); mark($(".x0"), f); }
  if (beside) weigh(f);
  $(".alone").hidden = !picked || !runs.isLive();
  $(".alone").textContent = `Make picture ${sample + 1} alone`;
  $(".left").innerHTML = beside ? `<b>the model</b>: ${SAYS[view]}${gain}` : SAYS.x;
  $(".right").innerHTML = beside ? `<b>the ideal denoiser</b>, not guided: ${SAYS[view]}${other}` : SAYS[view] + other;
  $(".plots").classList.remove("empty");
  drawSpectrum($(".spectrum"), f, data);
  drawAsked($(".asked"), frames.flatMap((k) => k.asked), f.index, f.total, JSON.parse(props.guided));
  scrub.value = place;
  $(".text").textContent = f.text;
  scrub.setAttribute("aria-valuetext", f.text);
  element.dataset.shown = f.index;
  element.dataset.view = view;
}

function choose(wanted) {
  view = wanted === "x" && !beside ? "x0" : wanted;
  for (const button of element.querySelectorAll(".views button")) button.setAttribute("aria-checked", button.dataset.view === view);
  show(+scrub.value);
}

function take() {
  if (!props.frames) return;
  const message = JSON.parse(props.frames);
  if ("waiting" in message) { if (message.waiting && runs.isLive()) $(".text").textContent = message.waiting; return; }
  runs.goOn();
  runs.heard(message.run, message.run !== run);
  if (message.run !== run) {
    run = message.run; frames = []; following = true; pause();
    $(".note").textContent = ""; data = message.data; beside = message.beside; count = message.count; sample = 0; picked = false;
    box.classList.toggle("beside", beside);
    choose(view);
  }
  if (message.note) $(".note").textContent = message.note;
  element.dataset.run = run;
  add(message.frames);
  clearTimeout(resting);
  const newest = frames.at(-1), ended = newest && newest.index === newest.total;
  resting = setTimeout(fill, ended ? 0 : 400);
}

function add(more) {
  const index = frames[+scrub.value]?.index;
  for (const f of more) if (!frames.some((g) => g.index === f.index)) frames.push(f);
  frames.sort((a, b) => a.index - b.index);
  scrub.max = Math.max(0, frames.length - 1);
  element.dataset.count = frames.length;
  show(following ? frames.length - 1 : Math.max(0, frames.findIndex((f) => f.index === index)));
}

// the frames that were made between two messages
async function fill() {
  const asked = run, newest = frames.at(-1);
  if (!newest) return;
  if (frames.length > newest.index && newest.index === newest.total) { runs.whole(run); return; }
  const found = await server.look(JSON.stringify({ run, have: frames.map((f) => f.index) })).catch(() => ({}));
  if (asked !== run) return;
  if (!found.frames?.length) { if (newest.index === newest.total) runs.whole(run); return; }
  add(found.frames);
  clearTimeout(resting);
  resting = setTimeout(fill, 0);
}

const runs = keptRun("player", () => ({ run, frames, data, beside, count }), (shown, again) => {
  pause();
  clearTimeout(resting);
  ({ run, frames, data, beside, count } = shown);
  if (again) run = null; // the server is not asked about it
  following = true; sample = 0; picked = false;
  scrub.max = Math.max(0, frames.length - 1);
  box.classList.toggle("beside", beside);
  choose(view);
  if (again) { show(0); play(); }
});

function pause() { clearInterval(timer); timer = 0; $(".play").textContent = "▶"; }

function play() {
  if (timer) { pause(); return; }
  following = false;
  let place = +scrub.value >= frames.length - 1 ? 0 : +scrub.value;
  const pace = Math.max(30, Math.min(200, 3000 / Math.max(1, frames.length)));
  timer = setInterval(() => { show(place); if (++place >= frames.length) pause(); }, pace);
  $(".play").textContent = "⏸";
}

function go(place) {
  pause();
  place = Math.max(0, Math.min(frames.length - 1, place));
  following = place === frames.length - 1;
  show(place);
}

const STEPS = { ArrowLeft: (at) => at - 1, ArrowRight: (at) => at + 1, Home: () => 0, End: () => Infinity };

// keys work wherever the focus is, unless what has it uses them itself
function key(event) {
  if (!element.offsetParent || !frames.length || event.ctrlKey || event.altKey || event.metaKey) return;
  const on = event.target, mine = on === scrub;
  if (!mine && on.closest?.("input, textarea, select, [contenteditable], [role=tab], [role=listbox], [role=slider]")) return;
  if (event.key === " " && (mine || !on.closest?.("button, a, summary"))) play();
  else if (event.key in STEPS) go(STEPS[event.key](+scrub.value));
  else return;
  event.preventDefault();
}

scrub.addEventListener("input", () => go(+scrub.value));
$(".play").addEventListener("click", play);
for (const button of element.querySelectorAll(".views button")) button.addEventListener("click", () => choose(button.dataset.view));
for (const canvas of element.querySelectorAll(".pair canvas")) canvas.addEventListener("click", (event) => {
  const f = frames[+scrub.value];
  if (!f) return;
  const edge = canvas.getBoundingClientRect(), scale = Math.min(edge.width / f.w, edge.height / f.h);
  const columns = Math.ceil(Math.sqrt(count)), rows = Math.ceil(count / columns);
  const column = Math.floor((event.clientX - edge.left - (edge.width - f.w * scale) / 2) / scale / ((f.w + 1) / columns));
  const row = Math.floor((event.clientY - edge.top - (edge.height - f.h * scale) / 2) / scale / ((f.h + 1) / rows));
  const chosen = row * columns + column;
  if (column >= 0 && column < columns && row >= 0 && chosen < count) {
    picked = count > 1 && !(picked && chosen === sample && !beside); // a second click takes the mark away
    sample = chosen;
    show(+scrub.value);
  }
});
$(".alone").addEventListener("click", () => { element.dataset.alone = sample + 1; trigger("select"); });
document.addEventListener("keydown", function listen(event) {
  if (!element.isConnected) document.removeEventListener("keydown", listen); else key(event);
});
whenLooksChange(box, () => show(+scrub.value));
watch("frames", take);
choose(view);
take();
