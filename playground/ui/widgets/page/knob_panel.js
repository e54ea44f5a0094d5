// The knobs of one registry entry, as sliders; its value is {entry: {knob: value}} of what was moved.
const box = element.querySelector(".knobs");
const entries = JSON.parse(props.entries);
const moved = JSON.parse(props.value || "{}");
const make = (tag, about = {}) => Object.assign(document.createElement(tag), about);

function tell(name, value) {
  (moved[props.entry] ??= {})[name] = value;
  props.value = JSON.stringify(moved);
  trigger("change");
}

let pad = null;
const points = {}; // the rows of the drawn curve's points, by number

function number(name, knob, id) {
  const value = moved[props.entry]?.[name] ?? knob.default;
  const about = { min: knob.low, max: knob.high, step: knob.step, value };
  const slide = make("input", { type: "range", ...about, title: knob.help });
  const field = make("input", { type: "number", ...about, step: "any", id });
  slide.setAttribute("aria-label", `slider for ${name}`);
  const told = (number) => { tell(name, number); if (name in points) pad?.set(points[name].k, number ?? knob.default); };
  slide.addEventListener("input", () => { field.value = slide.value; told(+slide.value); });
  field.addEventListener("change", () => { slide.value = field.value; told(field.value === "" ? null : +field.value); });
  if (name in points) points[name].show = (number) => { field.value = slide.value = number; tell(name, number); };
  return [field, slide];
}

function curve(knobs) { // above the points of a curve that is drawn
  const rows = Object.values(points), first = knobs[0][1];
  const values = rows.map(({ name, knob }) => moved[props.entry]?.[name] ?? knob.default);
  pad = curve_pad(rows.length, first, values, (k, value) => rows[k].show(value));
  pad.reset.addEventListener("click", () => rows.forEach(({ k, knob, show }) => { show(knob.default); pad.set(k, knob.default); }));
  return pad.pad;
}

function word(name, knob, id) {
  const select = make("select", { id, title: knob.help });
  select.append(...knob.choices.map((c) => make("option", { value: c, textContent: c })));
  select.value = moved[props.entry]?.[name] ?? knob.default;
  select.addEventListener("change", () => tell(name, select.value));
  return [select];
}

function draw() {
  const knobs = Object.entries(entries[props.entry] ?? {});
  pad = null;
  for (const name of Object.keys(points)) delete points[name];
  if (props.entry === "drawn") {
    knobs.filter(([name]) => /^p\d+$/.test(name)).forEach(([name, knob], k) => { points[name] = { k, name, knob }; });
  }
  box.replaceChildren(...knobs.map(([name, knob]) => {
    const id = `${element.id || props.panel}-${name}`, row = make("div", { className: "knob" });
    const [first, ...rest] = knob.choices ? word(name, knob, id) : number(name, knob, id);
    row.append(make("label", { textContent: name, htmlFor: id }), first, ...rest);
    row.append(make("small", { textContent: knob.help }));
    return row;
  }));
  if (Object.keys(points).length) box.prepend(curve(knobs));
  if (!knobs.length && props.entry) box.append(make("div", { className: "none", textContent: `${props.entry} has no knobs.` }));
  element.dataset.entry = props.entry;
}

// settings that come from elsewhere take the place of what was moved
watch("given", () => {
  for (const name of Object.keys(moved)) delete moved[name];
  Object.assign(moved, JSON.parse(props.given).knobs);
  props.value = JSON.stringify(moved);
  draw();
});
watch("entry", draw);
draw();
