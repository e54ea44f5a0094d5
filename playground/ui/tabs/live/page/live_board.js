// Pictures while the seed slider moves: one question at a time, then the newest position. The many
// calls of the teacher are asked for when the slider rests, and are dropped when it moves again.
const $ = (name) => element.querySelector(name);
const slider = $("#live-seed"), live = $(".live");
const REST = 350, SPEED = 0.5; // ms until the teacher is asked; seeds a second while it plays
const ANY = "any", EACH = "one of each";
const me = Math.random().toString(36).slice(2);
let models = [], base = 0, ticket = 0, asking = false, answered = null, resting = 0, playing = 0;
let recent = [], stamps = []; // ms of the newest drawings of one kind; when the newest were shown
const visible = () => element.offsetParent !== null;
const time = (ms) => (ms < 995 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`);
const chosen = (name) => +($(`.${name} input:checked`)?.value ?? 1);

function radios(name, values, start) {
  for (const value of values) {
    const label = document.createElement("label");
    label.innerHTML = `<input type="radio" name="live-${name}" value="${value}"><span>${value}</span>`;
    label.firstChild.checked = value === start;
    $(`.${name}`).append(label);
  }
  $(`.${name}`).addEventListener("change", moved);
}

function scene() {
  return { model: $(".model").value, class_name: $(".kind").value, calls: chosen("calls"), pictures: chosen("count"),
    seed: Math.round((base + +slider.value) * 100) / 100 };
}

function moved() {
  const seed = base + +slider.value;
  $(".seed").textContent = seed.toFixed(2);
  slider.setAttribute("aria-valuetext", `seed ${seed.toFixed(2)}`);
  if (JSON.stringify(scene()) === answered) return;
  $(".many").classList.add("old");
  $(".slow").textContent = "";
  $(".slow-about").textContent = "when the slider rests: the same noise, in many calls";
  clearTimeout(resting);
  ask();
}

async function ask() {
  if (asking || !models.length || !visible()) return;
  const wanted = scene(), key = JSON.stringify(wanted);
  if (key === answered) return;
  asking = true;
  let again = 0;
  try {
    const answer = await server.draw(JSON.stringify({ ...wanted, page: me, ticket: ++ticket }));
    answered = key; // an error too: asking the same again would not help
    if (answer.error) { $(".fast").textContent = ""; $(".fast-about").textContent = answer.error; $(".now").classList.add("old"); }
    else {
      $(".now").src = answer.picture;
      await $(".now").decode();
      $(".now").classList.remove("old");
      tell(answer);
      element.dataset.drawn = wanted.seed; // what a test waits for
      element.dataset.count = +(element.dataset.count ?? 0) + 1;
    }
    clearTimeout(resting);
    if (!answer.error) resting = setTimeout(compare, REST);
  } catch (error) {
    $(".fast-about").textContent = "No answer from the server; trying again.";
    again = 2000;
  }
  asking = false;
  setTimeout(ask, again);
}

// of the newest drawings: one alone may have waited
const usual = () => recent.map((r) => r.ms).sort((a, b) => a - b)[recent.length >> 1];
function tell(answer) {
  const kind = [answer.by, answer.calls, chosen("count")].join();
  recent = [...recent.filter((r) => r.kind === kind).slice(-20), { kind, ms: answer.ms }];
  const now = performance.now();
  stamps = [...stamps.filter((t) => now - t < 1000), now];
  const calls = answer.calls === 1 ? "1 call" : `${answer.calls} calls`;
  const rate = stamps.length > 3 ? ` · ${((stamps.length - 1) * 1000 / (now - stamps[0])).toFixed(0)} drawings a second` : "";
  $(".fast").textContent = `${calls} · ${time(usual())}`;
  $(".fast-about").textContent = `${answer.by}: ${answer.how}${rate}`;
}

async function compare() {
  if (playing || asking || !visible()) return;
  const wanted = scene(), seed = wanted.seed;
  if (JSON.stringify(wanted) !== answered) return;
  $(".slow-about").textContent = "the same noise, in many calls…";
  const mine = ++ticket;
  try {
    const answer = await server.teach(JSON.stringify({ ...wanted, page: me, ticket: mine }));
    if (mine !== ticket || answer.stale) return;
    if (answer.error) { $(".slow-about").textContent = answer.error; return; }
    $(".many").src = answer.picture;
    await $(".many").decode();
    if (mine !== ticket) return;
    $(".many").classList.remove("old");
    const times = `${(answer.ms / usual()).toFixed(0)} times as long · `;
    $(".slow").textContent = `${answer.calls} calls · ${time(answer.ms)}`;
    $(".slow-about").textContent = `${times}${answer.by}: ${answer.steps} steps of ${answer.how}`;
    element.dataset.taught = seed;
  } catch (error) {
    $(".slow-about").textContent = "No answer from the server; move the slider to try again.";
  }
}

// --- playing: the slider goes by itself, to and fro
let before = 0, way = 1;
function play(now) {
  if (!playing) return;
  if (before && visible()) {
    exact += way * SPEED * Math.min(100, now - before) / 1000;
    if (exact >= +slider.max || exact <= 0) way = -way;
    slider.value = exact;
    moved();
  }
  before = now;
  playing = requestAnimationFrame(play);
}
let exact = 0;
function set_playing(on) {
  cancelAnimationFrame(playing);
  before = 0;
  exact = +slider.value;
  playing = on ? requestAnimationFrame(play) : 0;
  $(".play").textContent = on ? "⏸ Pause" : "▶ Play";
  $(".play").setAttribute("aria-pressed", on);
  if (!on) { clearTimeout(resting); resting = setTimeout(compare, REST); }
}
$(".play").addEventListener("click", () => set_playing(!playing));
$(".dice").addEventListener("click", () => { base = Math.floor(Math.random() * 1e6); moved(); });
slider.addEventListener("pointerdown", () => set_playing(false));
slider.addEventListener("input", moved);
element.addEventListener("keydown", (event) => {
  if (event.target.tagName === "SELECT" || event.ctrlKey || event.altKey || event.metaKey) return;
  const radio = $(`.calls input[value="${event.key}"]`);
  if (radio) { radio.checked = true; moved(); event.preventDefault(); return; }
  if (event.target !== slider) return;
  const to = { PageUp: Math.floor(+slider.value + 1.001), PageDown: Math.ceil(+slider.value - 1.001) }[event.key];
  if (to === undefined) return;
  slider.value = to;
  moved();
  event.preventDefault();
});

// --- what Python sends
function fill(select, options, keep) {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  if (options.some(([value]) => value === keep)) select.value = keep;
}
function classes() {
  const known = models.find((m) => m.name === $(".model").value)?.classes ?? [];
  fill($(".kind"), (known.length ? [EACH, ANY, ...known] : [ANY]).map((word) => [word, word]), $(".kind").value);
  moved();
}
function take_models() {
  models = JSON.parse(props.models || "[]");
  fill($(".model"), models.map((m) => [m.name, m.few ? `${m.name} · few calls` : m.name]), $(".model").value);
  classes();
}
radios("calls", [1, 2, 3, 4], 1);
radios("count", [1, 4, 9], 4);
$(".model").addEventListener("change", classes);
$(".kind").addEventListener("change", moved);
element.addEventListener("change", () => { props.value = JSON.stringify(scene()); });
function follow(state) { // a link
  if (!state.model) return;
  $(".model").value = state.model;
  classes();
  if (state.class_name) $(".kind").value = state.class_name;
  for (const [name, value] of [["calls", state.calls], ["count", state.pictures]]) {
    const radio = $(`.${name} input[value="${+value}"]`);
    if (radio) radio.checked = true;
  }
  base = state.seed > +slider.max ? Math.floor(state.seed) : 0;
  slider.value = state.seed - base;
  moved();
}
watch("given", () => follow(JSON.parse(props.given).state));
watch("models", take_models);
take_models();
follow(JSON.parse(props.value || "{}"));
new ResizeObserver(() => { if (visible()) moved(); }).observe(element); // when the tab comes into view
