// The Plane tab. Arrays are sent once; dragging t asks nothing of the server. Both pictures show
// one level: the left what noise makes of the cloud, the right where the samples are at that level.
const $ = (name) => element.querySelector(name);
const REACH = 3, EASE = 260, me = Math.random().toString(36).slice(2), slider = $("#plane-t");
const facts = JSON.parse(props.facts), LINE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
let cloud = null, levels = null, made = null, before = null, changedAt = 0, learned = null, own = null;
let training = false, busy = false, curve = [], lanes = [], playing = 0, asked = false, frame = 0, racing = 0, atRace = false;
const visible = () => element.offsetParent !== null;
const pad = pointPad($(".truth"), REACH, painted);

function scene(more = {}) {
  return JSON.stringify({
    page: me, cloud: own ?? $(".cloud").value, classes: $(".classes").checked, schedule: $(".schedule").value,
    who: $(".who").value, sampler: $(".sampler").value, steps: +$(".steps").value, count: +$(".count").value,
    seed: Math.max(0, Math.floor(+$(".seed").value) || 0), class: $(".kind").value || "any", guidance: +$(".guidance").value, guidance_kind: $(".guide").value,
    target: $(".target").value, width: +$(".net-width").value, depth: +$(".depth").value, rate: +$(".rate").value,
    field: $(".arrows").value !== "none" || $(".heat").value === "error", ...more,
  });
}
function say(text, warn = false) { $(".said").textContent = text; $(".said").classList.toggle("warn", warn); }
// Long work comes in pieces; what nobody wants any more is not asked for on.
async function asking(what, more, wanted = () => true, soFar = () => {}) {
  try {
    let answer = await server[what](scene(more));
    while (answer.more) {
      if (!wanted()) return null;
      soFar(answer);
      const { more: _, ...got } = answer;
      answer = { ...got, ...(await server[what](JSON.stringify({ page: me, on: true }))) };
    }
    if (answer.error) { say(answer.error, true); return null; }
    return answer;
  } catch (error) { say("No answer from the server; try again.", true); return null; }
}

// --- what the server sends
let id = 0, wanted = {}; // what a link asks for, until its choices are known
function takeCloud(answer) {
  cloud = { ...answer, x0: halves(answer.x0), eps: halves(answer.eps), labels: answer.labels ? bytes(answer.labels) : null,
    density: { id: ++id, cells: answer.cells, turns: answer.turns, reach: answer.reach, values: bytes(answer.density) },
    field: { ...answer.field, x0: halves(answer.field.x0) } };
  cloud.decoder = takeDecoder(answer.decoder);
  levels = singles(answer.levels);
  for (const part of element.querySelectorAll(".classed")) part.hidden = !$(".classes").checked || !answer.class_names.length;
  $(".check").hidden = !answer.class_names.length;
  offer(answer.models);
  fill($(".guide"), facts.guidance.filter(([name]) => name === "autoguidance" || $(".classes").checked), wanted.guide ?? $(".guide").value);
  fill($(".kind"), [["any", "as in the data"], ...answer.class_names.map((n) => [n, n])], wanted.kind ?? $(".kind").value);
  wanted = {};
  $(".truth-about").textContent = `${answer.trained_on.toLocaleString("en")} points to learn from, ${answer.held_out.toLocaleString("en")} held out`;
  element.dataset.cloud = answer.name;
}
function takePaths(answer) {
  before = made;
  made = { count: answer.count, u: halves(answer.u), x0: halves(answer.x0), angles: answer.levels.map(([a, s]) => Math.atan2(s, a)), radii: answer.levels.map(([a, s]) => Math.hypot(a, s)), scales: answer.levels.map(([a, s]) => Math.min(1, Math.hypot(a, s))), labels: answer.labels ? bytes(answer.labels) : null };
  if (answer.field) learned = { ...answer.field, x0: halves(answer.field.x0) };
  changedAt = performance.now();
  const over = answer.distance / answer.floor, who = { exact: "The exact denoiser", student: "Its student", network: "The network" }[$(".who").value] ?? $(".who").value.replace("model: ", "");
  $(".made-title").textContent = `${who}, from noise`;
  $(".made-about").textContent = `distance ${answer.distance.toFixed(3)}, ${over < 1.1 ? "at" : `${over.toFixed(2)} times`} the floor ${answer.floor.toFixed(3)} · ${answer.nfe} ${answer.nfe === 1 ? "call" : "calls"} · paths ${answer.longer.toFixed(2)} × straight`;
  Object.assign(element.dataset, { distance: answer.distance, floor: answer.floor });
  again();
}
function offer(models) { // who may draw
  const own = [["network", "the network"], ["exact", "the exact denoiser"], ["student", "its student"]];
  fill($(".who"), [...own, ...models.map((name) => [`model: ${name}`, name])], $(".who").value);
}
let asks = 0;
async function refreshCloud(draws = true) {
  const mine = ++asks, answer = await asking("cloud");
  if (!answer || mine !== asks) return;
  takeCloud(answer);
  charts();
  if (!training) say("");
  again();
  if (draws && !training && (made || $(".who").value === "exact")) resample();
}
async function resample() {
  if (training) return;
  if (busy) { asked = true; return; }
  if ($(".who").value === "network" && !curve.length) { made = null; again(); return; }
  busy = true;
  const answer = await asking("sample");
  busy = false;
  if (answer && !training) takePaths(answer);
  if (asked) { asked = false; resample(); }
}
const idle = async () => { while (going) await new Promise((done) => setTimeout(done, 20)); };
let going = false;
async function once(action) {
  going = true;
  try { return await oneGo(action); } finally { going = false; }
}
async function oneGo(action) {
  const slow = $(".speed").value === "slow", answer = await asking("train", { action, milliseconds: slow ? 1 : curve.length < 8 ? 150 : 300 }, () => training || action === "step");
  if (!answer) return false;
  if (answer.new && action !== "teach") curve = [];
  curve.push(answer);
  if (curve.length > 1500) curve = curve.filter((_, i) => i % 2);
  takePaths(answer);
  charts();
  say(`step ${answer.step.toLocaleString("en")} · ${answer.seconds.toFixed(1)} s · loss ${answer.loss.toFixed(3)} · ${Math.round(answer.points_per_second).toLocaleString("en")} points a second · ${answer.parameters.toLocaleString("en")} weights`);
  Object.assign(element.dataset, { step: answer.step, seconds: answer.seconds });
  if (slow) await new Promise((done) => setTimeout(done, 250));
  return true;
}
async function setTraining(on, first = "go") {
  if (on === training) return;
  training = on;
  $(".train").textContent = on ? "Pause" : curve.length ? "Go on" : "Train";
  const teaches = first === "distill" || first === "teach";
  if (on) $(".who").value = teaches ? "student" : "network";
  if (training && (await once(first))) while (training && (await once(teaches ? "teach" : "go")));
  if (on) { training = false; $(".train").textContent = curve.length ? "Go on" : "Train"; }
}
async function race() {
  const mine = ++racing, names = [...element.querySelectorAll(".racers input:checked")].map((box) => box.value).slice(0, 8);
  if ($(".who").value === "network" && !curve.length) { say("Nothing is trained yet: press Train, or let the exact denoiser draw.", true); return; }
  await setTraining(false);
  atRace = true;
  $(".go-race").textContent = "Stop";
  lanes = [];
  for (const name of names) {
    const i = lanes.length, colour = LINE[i % LINE.length], dotted = i >= LINE.length;
    const show = ({ points = [] }) => {
      lanes[i] = { name, colour, dotted, dashed: facts.stochastic.includes(name), floor: points[0]?.floor, band: points[0]?.band, points: points.map((p) => [p.calls, p.distance]) };
      charts();
    };
    element.querySelector(`.racers input[value="${name}"]`).parentElement.style.borderBottom = `3px ${dotted ? "dotted" : "solid"} ${colour}`;
    const answer = await asking("lane", { sampler: name }, () => mine === racing, show);
    if (mine !== racing) return;
    if (!answer) break;
    show(answer);
  }
  element.dataset.raced = lanes.length;
  endRace();
}
function endRace() { atRace = false; racing += 1; $(".go-race").textContent = "Race these samplers"; }

// --- controls
function fill(select, options, keep) {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  if (options.some(([value]) => value === keep)) select.value = keep;
}
function painted(done) {
  $(".drawn").textContent = `${pad.points.length.toLocaleString("en")} points${pad.points.length >= 5000 ? ", which is all there is room for" : ""}`;
  again();
  if (done && pad.points.length >= 12) { own = { points: pad.points }; refreshCloud(); }
}
function setPad(on) {
  pad.on = on;
  $(".pad").hidden = !on;
  $(".draw").setAttribute("aria-pressed", on);
  $(".draw").textContent = on ? "✓ Done drawing" : "✏️ Draw your own";
  $(".truth").style.cursor = on ? "crosshair" : "";
  if (on) { painted(false); slider.value = 0; } else again();
}
for (const [i, name] of ["", "", "", "Erase"].entries()) {
  const button = document.createElement("button");
  button.type = "button";
  button.innerHTML = name || `<i style="background:${INKS[i]}"></i>${"ABC"[i]}`;
  button.setAttribute("aria-pressed", i === 0);
  button.addEventListener("click", () => {
    pad.erase = i === 3; if (i < 3) pad.colour = i;
    for (const other of $(".tool").querySelectorAll("button")) other.setAttribute("aria-pressed", other === button);
  });
  $(".tool").append(button);
}
function play(stamp) {
  if (!playing) return;
  slider.value = Math.max(0, +slider.value - Math.min(0.05, (stamp - (play.last ?? stamp)) / 5000));
  play.last = stamp;
  again();
  if (+slider.value <= 0) setPlaying(false); else requestAnimationFrame(play);
}
function setPlaying(on) {
  playing = on;
  play.last = undefined;
  $(".play").textContent = on ? "⏸" : "▶";
  if (on) { if (+slider.value < 0.01) slider.value = 1; requestAnimationFrame(play); }
}
async function read(file) {
  if (!file) return;
  if (file.type.startsWith("image/")) {
    const picture = await createImageBitmap(file).catch(() => null);
    if (!picture) { say("The file is no picture that a browser can read; choose another.", true); return; }
    const share = Math.min(1, 256 / Math.max(picture.width, picture.height)), small = document.createElement("canvas");
    [small.width, small.height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * share)));
    const pen = small.getContext("2d");
    pen.fillStyle = "#fff"; // under what is transparent
    pen.fillRect(0, 0, small.width, small.height);
    pen.drawImage(picture, 0, 0, small.width, small.height);
    own = { picture: small.toDataURL("image/png") };
  } else {
    if (file.size > 4e6) { say("The file is larger than 4 MB; give fewer points.", true); return; }
    own = { csv: await file.text() };
  }
  setPad(false);
  refreshCloud();
}

listen("truth");
listen("made");
fill($(".cloud"), facts.clouds, "moons");
fill($(".schedule"), facts.schedules.filter(([name]) => name !== "drawn"), "flow");
fill($(".sampler"), facts.samplers, "dpmpp_2m");
fill($(".target"), facts.targets.map((t) => [t, t]), "v");
for (const [name, title] of facts.samplers) {
  const label = document.createElement("label");
  label.innerHTML = `<input type="checkbox" value="${name}"/>${title}`;
  label.firstChild.checked = facts.racers.includes(name);
  $(".racers").append(label);
}
slider.addEventListener("input", () => { setPlaying(false); again(); });
$(".play").addEventListener("click", () => setPlaying(!playing));
$(".cloud").addEventListener("change", () => { own = null; setPad(false); refreshCloud(); });
$(".schedule").addEventListener("change", () => refreshCloud());
$(".classes").addEventListener("change", () => { $(".guide").value = ""; refreshCloud(); });
for (const name of [".guide", ".who", ".sampler", ".steps", ".count", ".seed", ".kind", ".guidance"]) $(name).addEventListener("change", resample);
for (const name of [".heat", ".arrows", ".lines"]) $(name).addEventListener("change", () => { again(); resample(); });
$(".dice").addEventListener("click", () => { $(".seed").value = Math.floor(Math.random() * 1e6); refreshCloud(); });
$(".draw").addEventListener("click", () => setPad(!pad.on));
$(".wipe").addEventListener("click", () => { pad.points = []; painted(false); });
$(".width").addEventListener("input", (event) => { pad.width = +event.target.value; });
$(".load").addEventListener("click", () => $(".file").click());
$(".file").addEventListener("change", (event) => { read(event.target.files[0]); event.target.value = ""; });
$(".train").addEventListener("click", () => setTraining(!training, $(".who").value === "student" ? "teach" : "go"));
$(".keep").addEventListener("click", async () => {
  const answer = await asking("keep");
  if (answer) { offer(answer.models); say(`Kept as ${answer.kept}: choose it under "Drawn by", or playground sample ${answer.kept}.`); element.dataset.kept = answer.kept; }
});
for (const button of element.querySelectorAll(".save")) button.addEventListener("click", async () => {
  button.disabled = true;
  const answer = await asking("save", { as: button.dataset.as });
  button.disabled = false;
  if (!answer) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes(answer.data)]));
  link.download = answer.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
$(".reflow").addEventListener("click", async () => { training = false; await idle(); setTraining(true, "reflow"); });
$(".distill").addEventListener("click", async () => {
  training = false;
  await idle();
  $(".sampler").value = "consistency"; $(".steps").value = "1"; $(".schedule").value = "flow";
  await refreshCloud(false);
  setTraining(true, "distill");
});
$(".step").addEventListener("click", async () => { training = false; await idle(); await once("step"); $(".train").textContent = "Go on"; });
$(".anew").addEventListener("click", async () => { training = false; await idle(); curve = []; lanes = []; setTraining(true, "new"); });
$(".go-race").addEventListener("click", () => (atRace ? endRace() : race()));

// --- the tab's state, for links: whatever differs from how it opens
const CONTROLS = ["cloud", "classes", "schedule", "heat", "arrows", "lines", "who", "sampler", "steps", "count", "seed", "kind", "guide", "guidance", "target", "net-width", "depth", "rate", "t"];
const control = (name) => (name === "t" ? slider : $(`.${name}`));
const value = (name) => (name === "classes" ? $(".classes").checked : control(name).value);
const opened = Object.fromEntries(CONTROLS.map((name) => [name, value(name)]));
function told() {
  const state = Object.fromEntries(CONTROLS.filter((name) => value(name) !== opened[name] && !(name === "kind" && value(name) === "any")).map((name) => [name, value(name)]));
  if (!$(".classes").checked) delete state.guide; // there is but one
  props.value = JSON.stringify(state);
  trigger("change");
}
async function restore() {
  if (!props.given) return;
  const { state } = JSON.parse(props.given);
  wanted = state;
  setPlaying(false);
  for (const name of CONTROLS) {
    const now = state[name] ?? opened[name];
    if (name === "classes") $(".classes").checked = now; else control(name).value = now;
  }
  own = null;
  if (cloud) await refreshCloud();
}
element.addEventListener("change", (event) => { if (CONTROLS.some((name) => control(name) === event.target)) told(); });
watch("given", restore);
restore();
new ResizeObserver(() => {
  if (!visible()) { if (training) setTraining(false); endRace(); return; }
  if (!cloud) refreshCloud(); else again();
  charts();
}).observe(element);
new MutationObserver(() => { again(); charts(); }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
