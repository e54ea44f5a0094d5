// What the server sends: clouds, and the paths that particles took through them.
let cloud = null, levels = null, made = null, before = null, changedAt = 0, learned = null;
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
let asks = 0, busy = false, asked = false;
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
for (const name of [".guide", ".who", ".sampler", ".steps", ".count", ".seed", ".kind", ".guidance"]) $(name).addEventListener("change", resample);
