// Training in short goes, each followed by a look; reflow and distillation too.
let training = false, curve = [];
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
  if (beside && !busy) { busy = true; await drawBeside(true); busy = false; }
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

$(".train").addEventListener("click", () => setTraining(!training, $(".who").value === "student" ? "teach" : "go"));
$(".reflow").addEventListener("click", async () => { training = false; await idle(); setTraining(true, "reflow"); });
let usual = {}; // what was chosen before a student came, which needs its own
$(".who").addEventListener("change", (event) => {
  if (event.target.value === "student") return;
  for (const [name, before] of Object.entries(usual)) $(`.${name}`).value = before;
  if (usual.schedule) refreshCloud();
  usual = {};
});
$(".distill").addEventListener("click", async () => {
  training = false;
  await idle();
  for (const [name, needed] of [["sampler", "consistency"], ["steps", "1"], ["schedule", "flow"]]) {
    usual[name] ??= $(`.${name}`).value;
    $(`.${name}`).value = needed;
  }
  await refreshCloud(false);
  setTraining(true, "distill");
});
$(".step").addEventListener("click", async () => { training = false; await idle(); await once("step"); $(".train").textContent = "Go on"; });
$(".anew").addEventListener("click", async () => { training = false; await idle(); curve = []; lanes = []; setTraining(true, "new"); });
