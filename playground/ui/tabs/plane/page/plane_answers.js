// What the server sends: clouds, and the paths that particles took through them.
let cloud = null, levels = null, made = null; // made: the paths that are shown
let id = 0, wanted = {}; // what a link asks for, until its choices are known
function takeCloud(answer) {
  cloud = { ...answer, x0: halves(answer.x0), eps: halves(answer.eps), labels: answer.labels ? bytes(answer.labels) : null,
    density: { id: ++id, cells: answer.cells, turns: answer.turns, reach: answer.reach, values: bytes(answer.density) },
    field: { ...answer.field, x0: halves(answer.field.x0) } };
  cloud.decoder = takeDecoder(answer.decoder);
  levels = singles(answer.levels);
  for (const part of element.querySelectorAll(".classed")) part.hidden = !$(".classes").checked || !answer.class_names.length;
  $(".check").hidden = !answer.class_names.length;
  offer(answer.models, wanted.who);
  fill($(".guide"), facts.guidance.filter(([name]) => name === "autoguidance" || $(".classes").checked), wanted.guide ?? $(".guide").value);
  fill($(".kind"), [["any", "as in the data"], ...answer.class_names.map((n) => [n, n])], wanted.kind ?? $(".kind").value);
  wanted = {};
  layKnobs();
  $(".truth-about").textContent = `${answer.trained_on.toLocaleString("en")} points to learn from, ${answer.held_out.toLocaleString("en")} held out`;
  element.dataset.cloud = answer.name;
}
function pathsOf(answer, last, who) { // eased from where the last ones were
  return {
    count: answer.count, u: halves(answer.u), x0: halves(answer.x0), labels: answer.labels ? bytes(answer.labels) : null,
    angles: answer.levels.map(([a, s]) => Math.atan2(s, a)), radii: answer.levels.map(([a, s]) => Math.hypot(a, s)),
    scales: answer.levels.map(([a, s]) => Math.min(1, Math.hypot(a, s))),
    field: who === "exact" ? cloud.field : answer.field ? { ...answer.field, x0: halves(answer.field.x0) } : last?.field, before: last?.u, at: performance.now(),
  };
}
function aboutPaths(answer) {
  const over = answer.distance / answer.floor;
  return `distance ${answer.distance.toFixed(3)}, ${over < 1.1 ? "at" : `${over.toFixed(2)} ×`} the floor ${answer.floor.toFixed(3)} · ${answer.nfe} ${answer.nfe === 1 ? "call" : "calls"} · paths ${answer.longer.toFixed(2)} × straight`;
}
const drawer = (who) => ({ exact: "The exact denoiser", student: "Its student", network: "The network" })[who] ?? who.replace("model: ", "");
function takePaths(answer) {
  const who = $(".who").value;
  made = pathsOf(answer, made, who);
  $(".made-title").textContent = `${drawer(who)}, from noise`;
  $(".made-about").textContent = aboutPaths(answer);
  Object.assign(element.dataset, { distance: answer.distance, floor: answer.floor });
  again();
}
function offer(models, keep = $(".who").value) { // who may draw
  const own = [["network", "the network"], ["exact", "the exact denoiser"], ["student", "its student"]];
  fill($(".who"), [...own, ...models.map((name) => [`model: ${name}`, name])], keep);
}
let asks = 0, busy = false, asked = false;
async function refreshCloud(draws = true) {
  const mine = ++asks, answer = await asking("cloud");
  if (!answer || mine !== asks) return;
  takeCloud(answer);
  charts();
  if (!training) say("");
  again();
  if (draws && !training && (made || beside || $(".who").value === "exact")) resample();
}
async function drawOne() {
  if ($(".who").value === "network" && !curve.length) { made = null; again(); return; }
  const answer = await asking("sample");
  if (answer && !training) takePaths(answer);
}
async function resample() {
  if (training) return;
  if (busy) { asked = true; return; }
  busy = true;
  $(".boards").classList.add("busy"); // what stands there is of other settings
  if ($(".beside").value !== "none") await drawBeside(); else await drawOne();
  busy = false;
  if (!asked) $(".boards").classList.remove("busy");
  if (asked) { asked = false; resample(); }
}
for (const name of [".guide", ".who", ".sampler", ".steps", ".count", ".seed", ".kind", ".guidance"]) $(name).addEventListener("change", resample);
