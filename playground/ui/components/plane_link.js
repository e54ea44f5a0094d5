// The tab's state, for links: whatever differs from how it opens.
const CONTROLS = ["cloud", "classes", "schedule", "heat", "arrows", "lines", "who", "sampler", "steps", "count", "seed", "kind", "guide", "guidance", "target", "net-width", "depth", "rate", "t"];
const control = (name) => (name === "t" ? slider : $(`.${name}`));
const value = (name) => (name === "classes" ? $(".classes").checked : control(name).value);
const opened = Object.fromEntries(CONTROLS.map((name) => [name, value(name)]));
function told() {
  const state = Object.fromEntries(CONTROLS.filter((name) => value(name) !== opened[name] && !(name === "kind" && value(name) === "any")).map((name) => [name, value(name)]));
  if (!$(".classes").checked) delete state.guide; // there is but one
  if (own) state.own = own;
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
  own = state.own ?? null;
  pad.points = own?.points ?? [];
  if (pad.on) setPad(false);
  if (cloud) await refreshCloud();
}
element.addEventListener("change", (event) => { if (CONTROLS.some((name) => control(name) === event.target)) told(); });
watch("given", restore);
restore();
