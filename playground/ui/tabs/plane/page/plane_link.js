// The tab's state, for links: whatever differs from how it opens.
const CONTROLS = ["cloud", "classes", "schedule", "heat", "arrows", "lines", "beside", "who", "sampler", "steps", "count", "seed", "kind", "guide", "guidance", "target", "net-width", "depth", "rate", "knobs", "t"], VIEW = ["heat", "arrows", "lines", "beside", "t"];
const control = (name) => (name === "t" ? slider : $(`.${name}`));
const value = (name) => (name === "classes" ? $(".classes").checked : control(name).value);
const opened = Object.fromEntries(CONTROLS.map((name) => [name, value(name)]));
function told() {
  const state = Object.fromEntries(CONTROLS.filter((name) => value(name) !== opened[name] && !(name === "kind" && value(name) === "any")).map((name) => [name, value(name)]));
  if (!$(".classes").checked) delete state.guide; // there is but one
  if (own) { state.own = own; delete state.cloud; }
  props.value = JSON.stringify(state);
  trigger("change");
}
async function show(state) {
  await setTraining(false);
  wanted = state;
  setPlaying(false);
  setPad(false);
  for (const name of CONTROLS) {
    const now = state[name] ?? opened[name], part = control(name);
    if (name === "classes") { part.checked = now; continue; }
    if (part.options && name !== "who" && ![...part.options].some((one) => one.value === now)) part.add(new Option(now, now));
    part.value = now;
  }
  takeOwn(state.own ?? null);
  pad.points = own?.points ?? [];
  if (cloud) await refreshCloud();
}
function restore() { if (props.given) show(JSON.parse(props.given).state); }
element.addEventListener("change", (event) => { if (CONTROLS.some((name) => control(name) === event.target)) told(); });
watch("given", restore);
restore();
