// A grid of settings: axes are chosen above, cells fill in below; `grid` is what is sent.
const $ = (name) => element.querySelector(name);
const facts = JSON.parse(props.registry), kinds = JSON.parse(props.kinds);
const make = (tag, about = {}) => Object.assign(document.createElement(tag), about);
const NUMBERS = { steps: [5, 10, 20, 40], calls: [5, 10, 20, 40], guidance: [0, 1, 2, 4], seed: [0, 1, 2, 3] };
const grid = JSON.parse(props.value);
let run = null, cells = [], told = [];

const by = (axis) => Object.keys(grid[axis])[0];
const named = (kind) => ({ sampler: facts.samplers, schedule: facts.schedules }[kind]);
const names = (kind) => (kind === "class" ? JSON.parse(props.classes).map((c) => [c, c]) : Object.entries(named(kind)).map(([n, e]) => [n, e.title]));

function tell() {
  props.value = JSON.stringify(grid);
  trigger("change");
  count();
}

function count() {
  const [rows, columns] = ["rows", "columns"].map((axis) => grid[axis][by(axis)].length), all = rows * columns;
  const status = $(".status");
  status.classList.toggle("bad", all > props.most || !all);
  status.textContent = !all ? "Choose at least one value of each axis." : `${all} cell${all > 1 ? "s" : ""}${all > props.most ? `: at most ${props.most} can be filled in` : ` of at most ${props.most}`}. All start from the same noise where the seed is the same.`;
}

function chips(axis, kind) {
  return names(kind).map(([name, title]) => {
    const chip = make("button", { type: "button", className: "chip", textContent: title, title: named(kind)?.[name].about ?? "" });
    const press = () => chip.setAttribute("aria-pressed", grid[axis][kind].includes(name));
    chip.addEventListener("click", () => {
      const chosen = grid[axis][kind], order = names(kind).map((n) => n[0]);
      grid[axis][kind] = chosen.includes(name) ? chosen.filter((n) => n !== name) : order.filter((n) => n === name || chosen.includes(n));
      press(); tell();
    });
    press();
    return chip;
  });
}

function values(axis) {
  const kind = by(axis), box = $(`[data-axis="${axis}"] .values`);
  if (!NUMBERS[kind]) { box.replaceChildren(...chips(axis, kind)); return; }
  const field = make("input", { type: "text", inputMode: "decimal", value: grid[axis][kind].join(", "), title: "Numbers, with commas between" });
  field.setAttribute("aria-label", `${kinds[kind]}, with commas between`);
  field.addEventListener("change", () => {
    grid[axis][kind] = field.value.split(/[\s,;]+/).filter(Boolean).map((v) => (isNaN(v) ? v : +v));
    tell();
  });
  box.replaceChildren(field);
}

function axes() {
  for (const axis of ["rows", "columns"]) {
    const other = axis === "rows" ? "columns" : "rows", select = $(`[data-axis="${axis}"] select`);
    select.replaceChildren(...Object.entries(kinds).filter(([k]) => k !== by(other)).map(([value, textContent]) => make("option", { value, textContent })));
    select.value = by(axis);
    select.onchange = () => {
      const kind = select.value, some = NUMBERS[kind] ?? names(kind).slice(0, 4).map((n) => n[0]);
      grid[axis] = { [kind]: [...some] };
      axes(); tell();
    };
    values(axis);
  }
  others();
  count();
}

// what all cells share, unless an axis changes it
function others() {
  const on = [by("rows"), by("columns")], parts = [];
  for (const kind of ["sampler", "schedule"]) if (!on.includes(kind)) {
    const select = make("select", { title: kinds[kind] });
    select.setAttribute("aria-label", `${kinds[kind]} of all cells`);
    select.append(...names(kind).map(([value, textContent]) => make("option", { value, textContent })));
    select.value = grid[kind];
    select.addEventListener("change", () => { grid[kind] = select.value; tell(); });
    parts.push(select);
  }
  if (!on.includes("steps") && !on.includes("calls")) {
    const label = make("label", { textContent: "Steps" }), field = make("input", { type: "number", min: 1, max: 1000, value: grid.steps });
    field.addEventListener("change", () => { grid.steps = +field.value; tell(); });
    label.append(field);
    parts.push(label);
  }
  const label = make("label", { title: "A reference for every class, guidance and seed: 1,000 calls each, after the cells" }), tick = make("input", { type: "checkbox", checked: grid.measured });
  tick.addEventListener("change", () => { grid.measured = tick.checked; tell(); });
  label.append(tick, "distance to 1,000 calls");
  $(".others .values").replaceChildren(...parts, label);
}

function layOut(message) {
  const [rowTitle, rows] = message.rows, [columnTitle, columns] = message.columns, box = $(".cells");
  const room = $(".scroll").clientWidth - (window.innerWidth > 900 ? 230 : 105), tall = (window.innerHeight / (element.currentCSSZoom ?? 1) - 430) / rows.length - 34;
  const side = Math.round(Math.max(72, Math.min(260, room / columns.length - 8, tall)));
  box.style.setProperty("--columns", columns.length);
  box.style.setProperty("--side", `${side}px`);
  cells = [];
  const parts = [make("div", { className: "corner", textContent: `${columnTitle} →\n${rowTitle} ↓` })];
  parts[0].style.whiteSpace = "pre-line";
  parts.push(...columns.map((textContent) => make("div", { className: "head", textContent })));
  rows.forEach((textContent, i) => {
    parts.push(make("div", { className: "head row", textContent }));
    columns.forEach((column, j) => {
      const cell = make("button", { type: "button", className: "cell" }), canvas = make("canvas", { width: 8, height: 8 });
      cell.setAttribute("aria-label", `${rowTitle} ${textContent}, ${columnTitle} ${column}`);
      cell.append(canvas, make("span"));
      const at = cells.length;
      cell.addEventListener("focus", () => about(at));
      cell.addEventListener("click", () => about(at));
      cell.addEventListener("keydown", (e) => {
        const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns.length, ArrowDown: columns.length }[e.key];
        if (step && cells[at + step]) { e.preventDefault(); cells[at + step].focus(); }
      });
      cells.push(cell);
      parts.push(cell);
    });
  });
  box.replaceChildren(...parts);
}

function about(at) {
  cells.forEach((cell, i) => cell.setAttribute("aria-selected", i === at));
  const one = told[at];
  $(".about").textContent = !one ? "This cell is not filled in yet." : [one.sampler, one.schedule, `${one.steps} steps`, ...["class", "guidance", "seed"].filter((k) => one[k] !== undefined).map((k) => `${k} ${one[k]}`),
    `${one.nfe} network calls`, `${one.seconds.toFixed(2)} s`, ...(one.distance == null ? [] : [`distance ${one.distance.toFixed(4)}`])].join(" · ");
}

function take() {
  if (!props.filled) return;
  const message = JSON.parse(props.filled), status = $(".status");
  if (message.waiting !== undefined) { if (message.waiting) status.textContent = message.waiting; return; }
  if (message.run !== run) { run = message.run; layOut(message); $(".about").textContent = "Choose a cell to read its settings here."; }
  told = message.cells;
  message.new.forEach((one, i) => paint(cells[message.first + i].querySelector("canvas"), one));
  told.forEach((one, i) => {
    const said = cells[i].querySelector("span"), far = one.distance == null ? "" : ` · ${one.distance.toFixed(3)}`;
    said.textContent = `${one.nfe} calls${far}`;
  });
  if (message.now) cells[told.length].querySelector("span").textContent = `${Math.round(100 * message.now.share)}%`;
  const r = message.reference;
  status.classList.remove("bad");
  status.textContent = message.done ? `${told.length} cells. Under each: network calls${told[0]?.distance == null ? "" : ", and distance to the reference; one that draws fresh noise ends elsewhere by design"}.`
    : r ? `Computing what the cells are held against: ${r.done.toLocaleString("en")} of ${r.total.toLocaleString("en")} calls, ${r.left.toFixed(0)} s left.` : `${told.length} of ${message.total} cells.`;
  element.dataset.cells = told.length;
  element.dataset.done = message.done ? run : "";
  element.dataset.busy = message.done ? "" : "yes";
}

$(".grid").addEventListener("halt", () => { // Stop was pressed
  element.dataset.busy = "";
  if (run && !element.dataset.done) $(".status").textContent = `Stopped: ${told.length} of ${cells.length} cells.`;
});
axes();
watch("filled", take);
watch("classes", () => { // another model's classes
  const there = names("class").map((n) => n[0]);
  for (const axis of ["rows", "columns"]) if (by(axis) === "class") {
    const kept = grid[axis].class.filter((c) => there.includes(c));
    grid[axis].class = kept.length ? kept : there.slice(0, 4);
    tell();
  }
  axes();
});
watch("given", () => { // a link was followed
  const { state } = JSON.parse(props.given);
  if (JSON.stringify(state) === JSON.stringify(grid)) return;
  Object.assign(grid, state);
  axes(); tell();
});
take();
