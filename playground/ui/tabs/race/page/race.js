// Shows a race: pictures of every lane at the same share of its calls, and distances against calls.
let run = null, ignored = null, stopped = null, lanes = [], frames = [], last = {}, shown = "x", following = true, timer = 0;

function forget() { // the lanes are others now: what is still on the way is not theirs
  ignored = run; lanes = []; frames = []; last = {}; clearInterval(timer);
  $(".share").textContent = ""; element.dataset.done = "";
  drawPlot();
}

const runs = keptRun("race", () => ({ run, lanes, frames, last, race }), (now, again) => {
  clearInterval(timer);
  if (again && JSON.stringify(now.race) !== JSON.stringify(race)) { race = now.race; layOut(); tell(); }
  ({ run, lanes, frames, last } = now);
  element.dataset.done = "";
  if (!again) return; // drawn when it goes on
  for (const c of cards) { c.box.classList.remove("stale"); c.ran = true; }
  drawAll();
  play();
});

const told = (n) => n.toLocaleString("en");

// what the reference has cost so far, and what it will
function cost(r) {
  if (r.final) return `${told(r.calls)} calls`;
  if (!r.done) return r.known ? `so far a rough one of ${told(r.rough)} calls` : `${told(r.calls)} calls, after the lanes`;
  const stands = `${told(r.done)} of ${told(r.total)} calls`;
  if (last.halted) return `stopped at ${stands}; Race goes on from there`;
  return `${r.known ? `so far a rough one of ${told(r.rough)} calls; ` : ""}${stands}, ${r.left.toFixed(0)} s left`;
}

function drawPlot() {
  const r = last.reference;
  const waiting = !r ? "Press Race." : last.halted ? "Stopped before there was a reference; Race computes it." : "It is measured as soon as there is a rough reference, which comes after the lanes.";
  plot($(".plot"), lanes, waiting, r?.known && !r.final ? ` of ${told(r.rough)} calls, until that of ${told(r.calls)} is there` : "");
}

function show(share) {
  cards.forEach((c, i) => {
    const mine = frames[i] ?? [];
    const f = mine.findLast((one) => one.share <= share + 1e-9) ?? mine[0];
    if (!f) return;
    paint(c.canvas, shown === "x" ? f : { ...f, x: f.x0 || f.x });
    if (c.box.classList.contains("stale")) return;
    const d = f.index === 0 ? null : lanes[i]?.points.findLast((p) => p[0] <= f.nfe)?.[1];
    const rough = last.reference.final ? "" : "≈ ";
    c.far.replaceChildren(d == null ? "" : rough + d.toFixed(d < 0.01 ? 4 : 3), make("small", { textContent: d == null ? "" : lanes[i].stochastic ? " away, by design" : " from the reference" }));
    c.spent.textContent = `${f.nfe.toLocaleString("en")} of ${lanes[i].calls.toLocaleString("en")} calls, step ${f.index} of ${f.total}\nnetwork ${f.network.toFixed(2)} s, in all ${f.seconds.toFixed(2)} s`;
    c.spent.style.whiteSpace = "pre-line";
  });
  $(".scrub").value = Math.round(100 * share);
  $(".share").textContent = `${Math.round(100 * share)}% of the calls`;
}

function take() {
  if (!props.race) return;
  const message = JSON.parse(props.race);
  if (message.waiting !== undefined) { if (runs.isLive()) $(".says").textContent = message.waiting; return; }
  if (message.run === ignored) return;
  runs.goOn();
  runs.heard(message.run, message.run !== run);
  if (message.run !== run) {
    run = message.run; frames = message.lanes.map(() => []); following = true; clearInterval(timer);
    element.dataset.done = "";
    $(".says").textContent = "";
    for (const c of cards) { c.box.classList.remove("stale"); c.ran = true; }
  }
  lanes = message.lanes; last = { ...message, frames: [], halted: run === stopped }; // some come after Stop
  for (const f of message.frames) if (!frames[f.lane].some((g) => g.index === f.index)) frames[f.lane].push(f);
  if (following) show(Math.min(...lanes.map((_, i) => frames[i].at(-1)?.share ?? 0)));
  else show(+$(".scrub").value / 100);
  const { done } = element.dataset;
  drawAll();
  if (element.dataset.done && element.dataset.done !== done) runs.whole(run);
}

function drawAll() {
  const r = last.reference;
  if (r.x) paint($(".target canvas"), r);
  else $(".target canvas").width = 8;
  $(".left").textContent = cost(r);
  $(".radii").textContent = last.radii ? ` (${last.radii})` : "";
  $(".apart").textContent = last.apart ? ` Two different pictures here are ${last.apart.toFixed(2)} apart.` : "";
  $(".fresh").style.visibility = lanes.some((l) => l.stochastic) ? "visible" : "hidden";
  element.dataset.run = run;
  element.dataset.busy = last.halted || (r.final && last.lanesDone) ? "" : "yes";
  element.dataset.done = r.final && last.lanesDone ? "all" : last.lanesDone ? "lanes" : "";
  drawPlot();
}

$(".scrub").addEventListener("input", () => { following = false; clearInterval(timer); show(+$(".scrub").value / 100); });
function play() {
  clearInterval(timer); following = false;
  let at = 0;
  timer = setInterval(() => { show(at / 60); if (++at > 60) { clearInterval(timer); following = true; } }, 60);
}
$(".play").addEventListener("click", play);
for (const button of element.querySelectorAll(".which button")) button.addEventListener("click", () => {
  shown = button.dataset.show; press(); show(+$(".scrub").value / 100);
});
function press() {
  for (const b of element.querySelectorAll(".which button")) b.setAttribute("aria-pressed", b.dataset.show === shown);
}
$(".race").addEventListener("halt", () => { // Stop was pressed
  element.dataset.busy = "";
  stopped = run;
  if (!last.reference || last.reference.final) return;
  last = { ...last, halted: true };
  $(".left").textContent = cost(last.reference);
  drawPlot();
});
press();
layOut();
foresee();
watch("race", take);
take();
whenLooksChange($(".plot"), drawPlot);
