// A column of pictures and two numbers for every guidance scale, as they come.
const $ = (name) => element.querySelector(name);
const scales = JSON.parse(props.scales);
const KEYS = [["fidelity", BLUE], ["diversity", ORANGE]];
let run = null, found = [], real = null;

const columns = scales.map((scale) => {
  const box = document.createElement("div"), title = document.createElement("b");
  const canvas = document.createElement("canvas"), two = document.createElement("span");
  title.textContent = scale; two.className = "two"; canvas.width = 2; canvas.height = 3;
  box.append(title, canvas, two);
  $(".columns").append(box);
  return { box, canvas, two };
});

function draw() {
  const p = paper($("canvas.plot"));
  if (!p) return;
  const edge = $("canvas.plot").getBoundingClientRect();
  const x = (place) => { const c = columns[place].box.getBoundingClientRect(); return c.left + c.width / 2 - edge.left; };
  const high = Math.max(1.05, ...found.map((f) => f.diversity + 0.05));
  const y = (v) => p.top + (p.h - p.top - p.bottom) * (1 - v / high);
  p.left = 52;
  grid(p, [0, 0.25, 0.5, 0.75, 1], y, (v) => v);
  p.g.textAlign = "center"; p.g.fillStyle = p.ink;
  scales.forEach((scale, i) => p.g.fillText(scale, x(i), p.h - 5));
  if (real !== null) {
    for (const [key, color] of KEYS) curve(p, [[p.left, y(real[key])], [p.w - p.right, y(real[key])]], color, 1.5, [4, 3]);
  }
  for (const [key, color] of KEYS) {
    curve(p, found.map((f) => [x(f.place), y(f[key])]), color);
    p.g.fillStyle = color;
    for (const f of found) { p.g.beginPath(); p.g.arc(x(f.place), y(f[key]), 4.5, 0, 7); p.g.fill(); }
  }
}

function take() {
  if (!props.column) return;
  const message = JSON.parse(props.column);
  if (message.run !== run) {
    run = message.run; found = []; real = null;
    for (const { canvas, two } of columns) { canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height); two.textContent = ""; }
  }
  if (message.text) $(".said").textContent = message.text;
  if (message.real !== undefined) real = message.real;
  for (const column of message.columns.slice(found.length)) {
    found.push(column);
    const { canvas, two } = columns[column.place], { rgb, w, h } = column.sheet;
    paint(canvas, rgb, w, h);
    two.textContent = `${(100 * column.fidelity).toFixed(0)} % · ${column.diversity.toFixed(2)}`;
  }
  element.dataset.columns = found.length;
  draw();
}

whenLooksChange(element, draw);
watch("column", take);
take();
