// Scrubs through a run's rows of samples. The steps are sent; a row's picture is asked for when it
// is first looked at, and kept here, so that dragging back and forth needs no server.
const $ = (name) => element.querySelector(name);
const scrub = $(".scrub"), TILES = 8, GAP = 2;
let run = null, steps = [], kept = [], rows = new Map(), ideal = false, following = true;
let wanted = null, asking = false, ahead = false, timer = 0;

for (const row of [".network", ".ideal"]) for (let i = 0; i < TILES; i++) $(row).append(document.createElement("canvas"));

const count = (n) => n.toLocaleString("en");
const at = () => steps[+scrub.value];

function blank(row) {
  for (const tile of $(row).children) tile.getContext("2d").clearRect(0, 0, tile.width, tile.height);
}

function paint(row, image) {
  const side = image.naturalHeight;
  [...$(row).children].forEach((tile, i) => {
    if (tile.width !== side) tile.width = tile.height = side;
    tile.getContext("2d").drawImage(image, i * (side + GAP), 0, side, side, 0, 0, side, side);
  });
}

async function fetched(step) {
  const mine = run, answer = await server.row(JSON.stringify({ run, step }));
  if (answer.error) throw new Error(answer.error);
  const image = new Image();
  image.src = "data:image/png;base64," + answer.png;
  await image.decode();
  const row = { image, text: answer.text };
  if (mine === run) rows.set(step, row);
  return mine === run ? row : null;
}

function show() {
  const step = at();
  if (step === undefined) return;
  $(".step").textContent = `step ${count(step)}`;
  scrub.dataset.step = step;
  scrub.setAttribute("aria-valuetext", `step ${step}`);
  const near = kept.reduce((best, k) => (best === null || Math.abs(Math.log(k / step)) < Math.abs(Math.log(best / step)) ? k : best), null);
  $(".opens").textContent = near === null ? "" : `The nearest model that is kept is of step ${count(near)}; the button below opens it in the Denoise tab.`;
  const row = rows.get(step);
  if (!row) { wanted = step; ask(); return; }
  paint(".network", row.image);
  $(".when").textContent = `at step ${count(step)}${+scrub.value === steps.length - 1 ? ", the newest" : ""} · ${row.text}`;
  element.dataset.shown = step;
}

async function ask() { // one at a time, and of those waiting only the last
  if (asking) return;
  asking = true;
  while (wanted !== null) {
    const step = wanted;
    wanted = null;
    try { await fetched(step); if (at() === step) show(); }
    catch (error) { if (at() === step) $(".when").textContent = "– this row cannot be had just now"; }
  }
  asking = false;
  if (ahead) fetchAhead();
}

async function fetchAhead() { // once somebody scrubs: every 16th row, then every 8th, ...
  ahead = true;
  for (let stride = 16; stride >= 1; stride /= 2) for (let i = 0; i < steps.length; i += stride) {
    if (wanted !== null || asking) return;
    if (!rows.has(steps[i])) try { await fetched(steps[i]); } catch (error) { return; }
  }
}

function take() {
  const now = props.rows ? JSON.parse(props.rows) : { run: null, steps: [], kept: [], ideal: false };
  const step = at();
  if (now.run !== run || now.steps[0] !== steps[0]) {
    clearInterval(timer);
    run = now.run; rows = new Map(); ideal = false; following = true; ahead = false;
    blank(".network"); blank(".ideal");
    $(".when").textContent = "– samples appear here a few seconds after Start";
    $(".step").textContent = $(".opens").textContent = "";
    delete scrub.dataset.step; delete element.dataset.shown;
  }
  steps = now.steps; kept = now.kept;
  scrub.max = Math.max(0, steps.length - 1);
  scrub.disabled = steps.length < 2;
  element.dataset.count = steps.length;
  if (following) scrub.value = scrub.max;
  else if (steps.includes(step)) scrub.value = steps.indexOf(step);
  show();
  if (now.ideal && !ideal) {
    ideal = true;
    fetched("ideal").then((row) => row && paint(".ideal", row.image)).catch(() => { ideal = false; });
  }
}

scrub.addEventListener("input", () => { clearInterval(timer); following = +scrub.value === steps.length - 1; show(); });
for (const kind of ["pointerenter", "focus"]) scrub.addEventListener(kind, () => ahead || fetchAhead());
$(".play").addEventListener("click", () => {
  clearInterval(timer);
  if (steps.length < 2) return;
  following = false;
  scrub.value = 0;
  show();
  fetchAhead();
  const pace = Math.max(60, Math.min(300, 6000 / steps.length));
  timer = setInterval(() => {
    if (element.dataset.shown !== String(at())) return; // its picture is on the way
    if (+scrub.value >= steps.length - 1) { clearInterval(timer); following = true; return; }
    scrub.value = +scrub.value + 1;
    show();
  }, pace);
});
watch("rows", take);
take();
