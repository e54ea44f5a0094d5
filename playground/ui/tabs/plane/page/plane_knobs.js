// The knobs of the chosen schedule, sampler and guidance; what was moved is {kind: {entry: {knob: value}}}.
const TUNED = [["schedule", ".schedule"], ["sampler", ".sampler"], ["guidance", ".guide"]];
const moved = () => JSON.parse($(".knobs").value || "{}");
function turned(kind, entry, name, value) {
  const all = moved(), knob = facts.knobs[kind][entry][name];
  ((all[kind] ??= {})[entry] ??= {})[name] = value;
  if (value === null || value === knob.default) delete all[kind][entry][name];
  for (const part of [all[kind], all]) for (const [key, inner] of Object.entries(part)) if (!Object.keys(inner).length) delete part[key];
  $(".knobs").value = Object.keys(all).length ? JSON.stringify(all) : "";
  told();
  if (kind === "schedule") refreshCloud(); else resample();
}
function layKnobs() {
  const rows = [], all = moved();
  for (const [kind, at] of TUNED) {
    const entry = $(at).value;
    for (const [name, knob] of Object.entries(facts.knobs[kind][entry] ?? {})) {
      const label = document.createElement("label"), field = document.createElement(knob.choices ? "select" : "input");
      label.append(`${$(at).selectedOptions[0].textContent} · ${name}`, field);
      label.title = knob.help;
      if (knob.choices) fill(field, knob.choices.map((word) => [word, word]));
      else Object.assign(field, { type: "number", min: knob.low, max: knob.high, step: knob.step });
      field.value = all[kind]?.[entry]?.[name] ?? knob.default;
      field.addEventListener("change", () => {
        if (field.value === "") field.value = knob.default;
        turned(kind, entry, name, knob.choices ? field.value : +field.value);
      });
      rows.push(label);
    }
  }
  $(".turn").replaceChildren(...rows);
}
$(".open-knobs").addEventListener("click", () => {
  const opens = $(".turn").hidden;
  $(".turn").hidden = !opens;
  $(".open-knobs").setAttribute("aria-expanded", opens);
});
for (const [, at] of TUNED) $(at).addEventListener("change", layKnobs);
