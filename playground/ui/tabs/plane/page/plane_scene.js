// The Plane tab's controls and state, and how it asks the server. Arrays are sent once; dragging t asks nothing.
const $ = (name) => element.querySelector(name);
const REACH = 3, EASE = 260, me = Math.random().toString(36).slice(2), slider = $("#plane-t");
const facts = JSON.parse(props.facts), LINE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
const visible = () => element.offsetParent !== null;

function scene(more = {}) {
  const knobs = moved();
  return JSON.stringify({
    page: me, cloud: own ?? $(".cloud").value, classes: $(".classes").checked, schedule: $(".schedule").value,
    who: $(".who").value, sampler: $(".sampler").value, steps: +$(".steps").value, count: +$(".count").value,
    seed: Math.max(0, Math.floor(+$(".seed").value) || 0), class: $(".kind").value || "any", guidance: +$(".guidance").value, guidance_kind: $(".guide").value,
    schedule_knobs: knobs.schedule, sampler_knobs: knobs.sampler, guidance_knobs: knobs.guidance,
    target: $(".target").value, width: +$(".net-width").value, depth: +$(".depth").value, rate: +$(".rate").value,
    view: Object.fromEntries(VIEW.map((name) => [name, value(name)])), ...more,
  });
}
const textOf = ({ key, values = {} }) => key.replace(/\{(\w+)\}/g, (_, name) => values[name]);
function say(text, warn = false) { $(".said").textContent = text; $(".said").classList.toggle("warn", warn); }
// Long work comes in pieces; what nobody wants any more is not asked for on.
let pending = 0; // questions without an answer yet
async function asking(what, more, wanted = () => true, soFar = () => {}, tells = true) {
  pending += 1;
  try {
    let answer = await server[what](scene(more));
    while (answer.more) {
      if (!wanted()) return null;
      soFar(answer);
      const { more: _, ...got } = answer;
      answer = { ...got, ...(await server[what](JSON.stringify({ page: me, on: true }))) };
    }
    if (answer.error) { if (tells) say(answer.error, true); return null; }
    return answer;
  } catch (error) { say("No answer from the server; try again.", true); return null; } finally { pending -= 1; }
}

function fill(select, options, keep) {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  if (options.some(([value]) => value === keep)) select.value = keep;
}
fill($(".cloud"), facts.clouds, "moons");
fill($(".schedule"), facts.schedules.filter(([name]) => name !== "drawn"), "flow");
fill($(".sampler"), facts.samplers, "dpmpp_2m");
fill($(".target"), facts.targets.map((t) => [t, t]), "v");
