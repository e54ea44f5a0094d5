// Samples beside their nearest training pictures, each with its verdict; and the share over steps.
const $ = (name) => element.querySelector(name);
const GAP = 2;

function take() {
  const message = props.copies ? JSON.parse(props.copies) : null;
  $(".headline").textContent = message ? message.headline : "Verdicts appear here some ten seconds after Start.";
  for (const [place, key] of [[".base", "base"], [".warn-word", "warning"], [".rule", "rule"]])
    $(place).textContent = message ? message[key] : "";
  $(".key").style.visibility = message ? "" : "hidden";
  if (message) pictures(message); else $(".pairs").replaceChildren();
  shares(message);
}

async function pictures(message) {
  const load = async (png) => {
    const image = new Image();
    image.src = "data:image/png;base64," + png;
    await image.decode();
    return image;
  };
  const [samples, nearest] = await Promise.all([load(message.samples), load(message.nearest)]);
  const pairs = $(".pairs");
  while (pairs.children.length > message.matches.length) pairs.lastChild.remove();
  while (pairs.children.length < message.matches.length) {
    const pair = document.createElement("div");
    pair.innerHTML = "<div><canvas></canvas><canvas></canvas></div><span><b></b><small></small></span>";
    pairs.append(pair);
  }
  message.matches.forEach(([distance, neighbour, copy], i) => {
    const pair = pairs.children[i], side = samples.naturalHeight;
    pair.querySelectorAll("canvas").forEach((tile, which) => {
      tile.width = tile.height = side;
      tile.getContext("2d").drawImage(which ? nearest : samples, i * (side + GAP), 0, side, side, 0, 0, side, side);
    });
    pair.className = copy ? "pair copy" : "pair";
    pair.querySelector("b").textContent = copy === null ? "–" : copy ? "copy" : "no copy";
    pair.querySelector("small").textContent = neighbour === null ? distance.toFixed(2) : `${distance.toFixed(2)} ${copy ? "<" : "≥"} ${(neighbour / 2).toFixed(2)}`;
    pair.title = `Distance ${distance.toFixed(3)} to the nearest training picture`
      + (neighbour === null ? "" : `, whose own nearest neighbour is ${neighbour.toFixed(3)} away; a copy is nearer than ${(neighbour / 2).toFixed(3)}`)
      + " (root mean square, from -1 black to 1 white)";
  });
  element.dataset.pairs = message.matches.length;
}

function shares(message) {
  const canvas = $(".shares"), w = canvas.clientWidth, h = canvas.clientHeight, ratio = window.devicePixelRatio || 1;
  if (!w) return;
  canvas.width = w * ratio; canvas.height = h * ratio;
  const points = message ? message.shares.filter((p) => p[1] !== null) : [];
  if (!points.length) return;
  const g = canvas.getContext("2d"), left = 48, right = 10, top = 24, bottom = 24;
  g.scale(ratio, ratio);
  g.font = "14px system-ui, sans-serif"; g.fillStyle = getComputedStyle($(".meter")).color;
  g.fillText("share of copies", left, 15);
  const last = points.at(-1)[0];
  const x = (step) => left + (w - left - right) * step / last, y = (share) => top + (h - top - bottom) * (1 - share);
  g.strokeStyle = "rgba(128,128,128,.3)";
  for (const share of [0, 0.5, 1]) {
    g.beginPath(); g.moveTo(left, y(share)); g.lineTo(w - right, y(share)); g.stroke();
    g.textAlign = "right"; g.fillText(`${100 * share}%`, left - 6, y(share) + 5);
  }
  g.fillText(`step ${last.toLocaleString("en")}`, w - right, h - 5);
  g.strokeStyle = g.fillStyle = "#d55e00"; g.lineWidth = 2.5;
  g.beginPath();
  points.forEach((p, i) => (i ? g.lineTo(x(p[0]), y(p[1])) : g.moveTo(x(p[0]), y(p[1]))));
  g.stroke();
  for (const p of points) { g.beginPath(); g.arc(x(p[0]), y(p[1]), 3.5, 0, 7); g.fill(); }
}
watch("copies", take);
whenLooksChange(element, () => shares(props.copies ? JSON.parse(props.copies) : null));
take();
