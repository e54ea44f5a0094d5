// Films as a tree: a segment a film, from the step of its parent at which it begins to its end.
const SVG = "http://www.w3.org/2000/svg", ROW = 66, THUMB = 70;

function inOrder(films) { // a film, then its branches
  const after = (parent) => [...films.values()].filter((f) => f.parent === parent).flatMap((f) => [f, ...after(f.number)]);
  return after(null);
}

function begins(films, film) { // where along the way from noise (0) to clean (1) a film begins
  const parent = films.get(film.parent);
  return parent ? along(films, parent, film.step) : 0;
}

function along(films, film, step) { const from = begins(films, film); return from + (1 - from) * step / Math.max(1, film.total); }

function drawTree(box, films, chosen, step, choose) {
  const rows = inOrder(films), width = Math.max(60, box.clientWidth - THUMB - 16);
  box.style.height = `${rows.length * ROW}px`;
  const art = document.createElementNS(SVG, "svg");
  const make = (tag, about) => { const made = document.createElementNS(SVG, tag); for (const [k, v] of Object.entries(about)) made.setAttribute(k, v); art.append(made); };
  const x = (share) => 8 + share * width, y = (film) => rows.indexOf(film) * ROW + 44;
  const buttons = rows.map((film, i) => {
    const from = x(begins(films, film)), parent = films.get(film.parent), done = x(along(films, film, film.frames.length - 1));
    const down = parent ? `M${from} ${y(parent)} V${y(film) - 8} q0 8 8 8` : `M${from} ${y(film)}`;
    make("path", { d: `${down} H${Math.max(done, from + 8)}`, class: film.number === chosen ? "chosen" : "" });
    const row = Object.assign(document.createElement("button"), { type: "button", className: "row", title: film.title });
    row.style.top = `${i * ROW}px`;
    row.setAttribute("aria-pressed", film.number === chosen);
    const label = Object.assign(document.createElement("span"), { className: "label" });
    const where = parent ? ` from step ${film.step} of film ${parent.number + 1}` : "";
    label.append(`${film.number + 1}: ${film.title}`, Object.assign(document.createElement("small"), { textContent: where }));
    if (from < width * 0.55) Object.assign(label.style, { left: `${from + 6}px`, maxWidth: `${box.clientWidth - THUMB - from - 14}px` });
    else { label.style.right = `${THUMB + 8}px`; label.style.textAlign = "right"; }
    const thumb = Object.assign(document.createElement("canvas"), { className: "thumb" }), last = film.frames[film.frames.length - 1];
    if (last) pixels(thumb, last.x, last.w, last.h);
    row.append(label, thumb);
    row.addEventListener("click", () => choose(film.number));
    return row;
  });
  const film = films.get(chosen);
  if (film) make("circle", { cx: x(along(films, film, step)), cy: y(film), r: 8 });
  box.replaceChildren(...buttons, art);
}
