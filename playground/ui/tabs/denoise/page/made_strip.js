// Cards of what this page made; one is chosen, and in it one picture. The page acts on data-key.
const $ = (name) => element.querySelector(name);
const list = $("ul"), thumbs = {}, cards = new Map(), at = {}; // at: the picture chosen in a card, from 1
let told = [], chosen = null;
const make = (tag, about = {}) => Object.assign(document.createElement(tag), about);

function press(event, act, key) {
  Object.assign(element.dataset, { act, key, picture: at[key] ?? 1 });
  trigger(event);
}

function choose(key, picture) {
  const about = told.find((one) => one.key === key);
  if (!about) return;
  chosen = key;
  at[key] = Math.max(1, Math.min(about.count, picture));
  mark();
}

function mark() {
  for (const about of told) {
    const card = cards.get(about.key), one = about.key === chosen, n = at[about.key] ?? 1;
    card.box.classList.toggle("chosen", one);
    card.thumb.setAttribute("aria-pressed", one);
    card.thumb.setAttribute("aria-label", `${about.line} · Picture ${n} of ${about.count}; arrow keys choose another`);
    const columns = Math.ceil(Math.sqrt(about.count)), rows = Math.ceil(about.count / columns);
    card.frame.hidden = !one || about.count === 1;
    Object.assign(card.frame.style, { width: `${100 / columns}%`, height: `${100 / rows}%`, left: `${((n - 1) % columns) * 100 / columns}%`, top: `${Math.floor((n - 1) / columns) * 100 / rows}%` });
    card.star.textContent = about.starred ? "★" : "☆";
    card.star.setAttribute("aria-pressed", about.starred);
    card.star.title = about.starred ? "Take the star away" : "Keep this one longest";
  }
  const about = told.find((one) => one.key === chosen), n = at[chosen] ?? 1;
  if (!about) return;
  $(".line").textContent = about.line + (about.stopped === null ? "" : ` · stopped at step ${about.stopped}`);
  $(".alone").textContent = `Picture ${n} alone`;
  $(".alone").hidden = about.count === 1;
  $(".which").textContent = about.count === 1 ? "it" : `picture ${n}`;
}

function under(event, about) { // the picture under the pointer
  const edge = cards.get(about.key).thumb.getBoundingClientRect(), columns = Math.ceil(Math.sqrt(about.count));
  const rows = Math.ceil(about.count / columns), part = (at, size, n) => Math.max(0, Math.min(n - 1, Math.floor(at / size * n)));
  return 1 + part(event.clientY - edge.top, edge.height, rows) * columns + part(event.clientX - edge.left, edge.width, columns);
}

function build(about) {
  const box = make("li"), thumb = make("button", { type: "button", className: "thumb" }), image = make("img", { alt: "" });
  const frame = make("span", { className: "frame" }), words = make("div", { className: "words", title: about.line }), foot = make("div", { className: "foot" });
  const star = make("button", { type: "button", className: "star" }), away = make("button", { type: "button", className: "away", textContent: "✕", title: "Delete this one" });
  star.setAttribute("aria-label", `Star: ${about.line}`);
  away.setAttribute("aria-label", `Delete: ${about.line}`);
  const find = () => told.find((one) => one.key === about.key);
  thumb.append(image, frame);
  thumb.addEventListener("click", (event) => choose(about.key, event.detail ? under(event, find()) : at[about.key] ?? 1));
  thumb.addEventListener("keydown", (event) => {
    const columns = Math.ceil(Math.sqrt(about.count));
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (!by) return;
    event.preventDefault(); event.stopPropagation(); // else the player would step
    choose(about.key, (at[about.key] ?? 1) + by);
  });
  star.addEventListener("click", () => press("input", "star", about.key));
  away.addEventListener("click", () => {
    const next = box.nextElementSibling ?? box.previousElementSibling;
    next?.querySelector(".away").focus();
    press("input", "delete", about.key);
  });
  foot.append(make("span", { textContent: about.short[0] }), star, away);
  words.append(...about.short.slice(1).map((text) => make("div", { textContent: text })));
  box.append(thumb, foot, words);
  return { box, thumb, image, frame, star };
}

function draw() {
  if (props.thumbs) Object.assign(thumbs, JSON.parse(props.thumbs));
  const newest = told[0]?.key;
  told = JSON.parse(props.cards || "[]");
  const keys = new Set(told.map((one) => one.key));
  for (const [key, card] of cards) if (!keys.has(key)) { card.box.remove(); cards.delete(key); delete thumbs[key]; delete at[key]; }
  told.forEach((about, place) => {
    if (!cards.has(about.key)) cards.set(about.key, build(about));
    const card = cards.get(about.key);
    if (thumbs[about.key] && card.image.src !== thumbs[about.key]) card.image.src = thumbs[about.key];
    if (list.children[place] !== card.box) list.insertBefore(card.box, list.children[place] || null);
  });
  if (!keys.has(chosen) || told[0]?.key !== newest) { chosen = told[0]?.key ?? null; list.scrollLeft = 0; }
  mark();
  $(".kept").hidden = !told.length;
  element.dataset.count = told.length;
}

function say() {
  $(".said").textContent = props.said;
  $(".said").hidden = !props.said;
}

for (const button of element.querySelectorAll(".acts button")) button.addEventListener("click", () => { if (chosen) press(button.dataset.on, button.dataset.act, chosen); });

// a file dropped anywhere on the tab goes to the button that restores
const panel = element.closest("[role=tabpanel]") ?? element;
const holds = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
let over = 0;
const lit = (on) => { panel.classList.toggle("drop-here", on); $(".drop").hidden = !on; };
panel.addEventListener("dragenter", (event) => { if (holds(event)) { over += 1; lit(true); } });
panel.addEventListener("dragleave", (event) => { if (holds(event)) { over = Math.max(0, over - 1); lit(over > 0); } });
panel.addEventListener("dragover", (event) => { if (holds(event)) event.preventDefault(); });
panel.addEventListener("drop", (event) => {
  if (!holds(event)) return;
  event.preventDefault();
  over = 0; lit(false);
  const input = document.querySelector("#restore")?.parentElement.querySelector("input[type=file]"), files = new DataTransfer();
  if (!input || !event.dataTransfer.files.length) return;
  files.items.add(event.dataTransfer.files[0]);
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

for (const prop of ["cards", "thumbs"]) watch(prop, draw);
watch("said", say);
draw();
say();
