// The cards in which lanes are edited; `race` is what is sent: {budget, lanes}.
const $ = (name) => element.querySelector(name);
const MOST = 6, FEWEST = 2;
const facts = JSON.parse(props.registry); // {samplers, schedules}: name -> {title, about, knobs}
const presets = JSON.parse(props.presets);
const make = (tag, about = {}) => Object.assign(document.createElement(tag), about);
let race = JSON.parse(props.value), cards = [];

function tell(changed) {
  props.value = JSON.stringify(race);
  trigger("change");
  if (cards[changed]) { cards[changed].box.classList.add("stale"); badges(cards[changed], changed); }
}

function options(kind, chosen, className, said, set) {
  const select = make("select", { className, title: facts[kind][chosen]?.about ?? "" });
  select.setAttribute("aria-label", said);
  select.append(...Object.entries(facts[kind]).map(([name, e]) => make("option", { value: name, textContent: e.title })));
  select.value = chosen;
  select.addEventListener("change", () => { select.title = facts[kind][select.value].about; set(select.value); });
  return select;
}

function knobField(lane, key, name, knob, index) {
  const label = make("label", { textContent: name }), given = lane[key]?.[name] ?? knob.default;
  const field = knob.choices ? make("select") : make("input", { type: "number", min: knob.low, max: knob.high, step: "any" });
  if (knob.choices) field.append(...knob.choices.map((c) => make("option", { value: c, textContent: c })));
  field.value = given;
  field.addEventListener("change", () => {
    const value = knob.choices || field.value === "" ? field.value : +field.value;
    lane[key] = { ...lane[key], [name]: value === "" ? knob.default : value };
    tell(index);
  });
  label.append(field, make("small", { textContent: knob.help }));
  return label;
}

function fillKnobs(box, lane, index) {
  const fields = [["samplers", lane.sampler, "sampler_knobs"], ["schedules", lane.schedule, "schedule_knobs"]].flatMap(([kind, name, key]) =>
    Object.entries(facts[kind][name]?.knobs ?? {}).map(([k, knob]) => knobField(lane, key, k, knob, index)));
  box.replaceChildren(...(fields.length ? fields : [make("small", { textContent: "Neither has knobs." })]));
}

function card(lane, index) {
  lane.schedule ??= props.schedule;
  const box = make("section", { className: "lane" }), first = make("div", { className: "row" }), second = make("div", { className: "row" });
  box.style.setProperty("--colour", COLOURS[index]);
  box.setAttribute("aria-label", `Lane ${index + 1}`);
  const knobs = make("div", { className: "knobs", hidden: true });
  const swap = (key, name) => { lane[key] = name; delete lane[`${key}_knobs`]; fillKnobs(knobs, lane, index); tell(index); };
  const gear = make("button", { type: "button", textContent: "⚙", title: "Knobs of this sampler and schedule" });
  gear.addEventListener("click", () => {
    for (const c of cards) if (c.knobs !== knobs) c.knobs.hidden = true;
    knobs.hidden = !knobs.hidden;
  });
  const away = make("button", { type: "button", textContent: "✕", title: "Remove this lane", disabled: race.lanes.length <= FEWEST });
  away.addEventListener("click", () => { race.lanes.splice(index, 1); layOut(); tell(); });
  const steps = make("input", { type: "number", min: 1, max: 1000, className: "steps", title: "Steps; empty it for as many as the calls allow" });
  steps.setAttribute("aria-label", `Steps of lane ${index + 1}`);
  steps.value = lane.steps ?? "";
  steps.addEventListener("change", () => { lane.steps = steps.value === "" ? null : +steps.value; steps.classList.toggle("hand", steps.value !== ""); tell(index); });
  first.append(make("b", { className: "no", textContent: index + 1 }), options("samplers", lane.sampler, "sampler", `Sampler of lane ${index + 1}`, (v) => swap("sampler", v)), away);
  second.append(options("schedules", lane.schedule, "schedule", `Schedule of lane ${index + 1}`, (v) => swap("schedule", v)), steps, gear);
  const canvas = make("canvas", { width: 8, height: 8 }), far = make("div", { className: "far" }), spent = make("div", { className: "spent" });
  canvas.setAttribute("role", "img"); canvas.setAttribute("aria-label", `Pictures of lane ${index + 1}`);
  const badge = make("div", { className: "badge" });
  box.append(first, second, canvas, far, spent, knobs, badge);
  fillKnobs(knobs, lane, index);
  return { box, canvas, far, spent, steps, knobs, badge };
}

function layOut() {
  cards = race.lanes.map(card);
  const lanes = $(".lanes");
  lanes.replaceChildren(...cards.map((c) => c.box));
  lanes.style.setProperty("--count", cards.length);
  lanes.style.setProperty("--tall", "clamp(190px, calc(100vh / var(--zoom, 1) - 836px), 300px)");
  $(".budget").value = race.budget;
  $(".add").disabled = race.lanes.length >= MOST;
  cards.forEach(badges);
  forget();
}

// knobs that are not at their defaults, which would else be hidden behind the gear
function badges(c, i) {
  const lane = race.lanes[i];
  const set = [["samplers", lane.sampler, lane.sampler_knobs], ["schedules", lane.schedule, lane.schedule_knobs]].flatMap(([kind, name, given]) =>
    Object.entries(given ?? {}).filter(([k, v]) => String(facts[kind][name]?.knobs[k]?.default) !== String(v)).map(([k, v]) => `${k} ${v}`));
  c.badge.textContent = set.join(", ");
}

// what Python foresees: the steps and calls of each lane, or why it is none
function foresee() {
  const plan = props.plan ? JSON.parse(props.plan) : {};
  $(".says").textContent = plan.error ?? "";
  (plan.lanes ?? []).forEach((one, i) => {
    if (!cards[i] || plan.lanes.length !== cards.length) return;
    cards[i].steps.classList.toggle("hand", one.by_hand);
    if (document.activeElement !== cards[i].steps) cards[i].steps.value = one.steps;
    cards[i].plan = one;
    if (!cards[i].ran || cards[i].box.classList.contains("stale")) tellPlan(cards[i]);
  });
}

function tellPlan(c) {
  const one = c.plan;
  c.far.innerHTML = "";
  c.spent.textContent = one ? `${one.calls.toLocaleString("en")} calls${one.stochastic ? ", draws fresh noise" : ""}` : "";
}

presets.forEach((preset) => {
  const button = make("button", { type: "button", textContent: preset.name, title: preset.about ?? "Fill in these lanes" });
  button.addEventListener("click", () => { race = structuredClone(preset); layOut(); tell(); });
  $(".presets").append(button);
});
$(".budget").addEventListener("change", () => { race.budget = +$(".budget").value || 1; for (const c of cards) c.box.classList.add("stale"); tell(); });
$(".add").addEventListener("click", () => {
  const { sampler, schedule } = race.lanes.at(-1);
  race.lanes.push({ sampler, schedule });
  layOut(); tell();
});
watch("lane", () => { // settings from another tab take the place of the first lane
  race.lanes[0] = JSON.parse(props.lane).lane;
  layOut(); tell();
});
watch("value", () => { // what Python sends back may be older than what was edited meanwhile
  const now = JSON.stringify(race);
  if (props.value !== now) props.value = now;
});
watch("given", () => { // a link was followed
  const { state } = JSON.parse(props.given);
  if (JSON.stringify(state) === JSON.stringify(race)) return;
  race = state;
  layOut(); tell();
});
watch("plan", foresee);
