// Cards of all runs; a card stays the same element while its run lives, so that focus and scroll stay.
const MOST = 3; // that a comparison can tell apart
const EMPTY = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"; // a run without samples
const list = element.querySelector("ul");
const thumbs = {}, cards = new Map();
const BUSY = ["starting", "running", "waiting"], BAD = ["failed", "crashed", "not responding"];

function make(name) {
  const card = document.createElement("li");
  card.innerHTML = `<button type="button" class="open"><img class="thumb" alt=""/><div class="text">
    <div class="name"><b></b><span class="state"></span></div><div class="facts"></div><div class="date"></div></div></button>
    <label title="Compare its loss and samples with others"><input type="checkbox"/><span>compare</span></label>`;
  card.dataset.name = name;
  card.querySelector(".open").addEventListener("click", () => trigger("select", { name }));
  const box = card.querySelector("input");
  box.setAttribute("aria-label", `Compare ${name}`);
  box.addEventListener("change", () => {
    const names = [...list.querySelectorAll("li")].filter((c) => c.querySelector("input").checked).map((c) => c.dataset.name);
    limit();
    trigger("input", { names });
  });
  return card;
}

function limit() {
  const boxes = [...list.querySelectorAll("input")];
  const full = boxes.filter((b) => b.checked).length >= MOST;
  for (const b of boxes) b.disabled = full && !b.checked;
}

function set(node, text) { if (node.textContent !== text) node.textContent = text; }

function draw() {
  if (props.thumbs) Object.assign(thumbs, JSON.parse(props.thumbs));
  const runs = props.cards ? JSON.parse(props.cards) : [];
  const names = new Set(runs.map((r) => r.name));
  for (const [name, card] of cards) if (!names.has(name)) { card.remove(); cards.delete(name); delete thumbs[name]; }
  runs.forEach((run, place) => {
    if (!cards.has(run.name)) cards.set(run.name, make(run.name));
    const card = cards.get(run.name), $ = (q) => card.querySelector(q);
    set($("b"), run.name);
    set($(".state"), run.state);
    $(".state").className = "state" + (BUSY.includes(run.state) ? " busy" : BAD.includes(run.state) ? " bad" : "");
    set($(".facts"), run.facts.join(" · "));
    set($(".date"), run.message || run.date);
    $(".date").title = run.message;
    $(".open").title = `Show ${run.name}`;
    const source = thumbs[run.name] || "";
    if ($(".thumb").getAttribute("src") !== (source || EMPTY)) $(".thumb").src = source || EMPTY;
    card.classList.toggle("chosen", run.name === props.chosen);
    if (list.children[place] !== card) list.insertBefore(card, list.children[place] || null);
  });
  limit();
  element.querySelector(".none").hidden = runs.length > 0;
  element.dataset.count = runs.length;
}

for (const prop of ["cards", "thumbs", "chosen"]) watch(prop, draw);
draw();
