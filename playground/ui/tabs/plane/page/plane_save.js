// The film, the table and the network, to keep; and a film's settings, read back.
const FILM = { wide: 1280, gap: 14, head: 82, foot: 42 }; // pixels
const KINDS = { gif: { side: 380, count: 48 }, mp4: { side: 480, count: 72 } }; // of a picture at most; pictures from noise to clean
function sheetOf(t, shown, side) { // what the page shows at t, with its captions, as one canvas
  const { gap, head, foot } = FILM, sheet = document.createElement("canvas"), style = getComputedStyle(element);
  sheet.width = shown.length * (side + gap) + gap; sheet.height = head + side + foot;
  const g = sheet.getContext("2d"), ink = getComputedStyle($(".plane")).color;
  g.fillStyle = pageColour(element);
  g.fillRect(0, 0, sheet.width, sheet.height);
  for (const [i, picture] of shown.entries()) {
    const left = gap + i * (side + gap), canvas = document.createElement("canvas");
    canvas.dataset.side = side;
    picture.draw(canvas, t);
    g.drawImage(canvas, left, head);
    g.strokeStyle = "rgba(128,128,128,.4)"; g.lineWidth = 1; g.strokeRect(left + 0.5, head + 0.5, side - 1, side - 1);
    g.fillStyle = ink;
    g.font = `bold 20px ${style.fontFamily}`; g.fillText(picture.name, left, 28, side);
    g.font = `14px ${style.fontFamily}`;
    const parts = picture.about.split(" · "), fits = parts.filter((_, k) => g.measureText(parts.slice(0, k + 1).join(" · ")).width < side).length || 1;
    for (const [row, line] of [parts.slice(0, fits), parts.slice(fits)].entries()) g.fillText(line.join(" · "), left, 50 + 20 * row, side);
  }
  g.font = `16px ${style.fontFamily}`;
  const chosen = (name) => $(name).selectedOptions[0]?.textContent, about = [chosen(".cloud"), chosen(".schedule"), chosen(".sampler"), `${chosen(".steps")} steps`].join(" · ");
  g.fillText(`t ${levelText(t)}`, gap, head + side + 27, sheet.width / 2);
  g.textAlign = "right"; g.fillText(about, sheet.width - gap, head + side + 27, sheet.width / 2 - gap);
  return sheet;
}
async function film(kind) {
  const { side, count } = KINDS[kind], shown = pictures(), wide = Math.min(side, Math.floor(FILM.wide / shown.length) & ~1), drawn = [];
  for (let i = 0; i < count; i++) {
    drawn.push(sheetOf(1 - i / (count - 1), shown, wide).toDataURL("image/webp", 0.92));
    if (i % 8 === 7) { say(`Drawing the film: ${i + 1} of ${count}`); await new Promise((done) => setTimeout(done)); }
  }
  return drawn;
}
async function save(button) {
  const as = button.dataset.as;
  setPlaying(false);
  await setTraining(false);
  while (pending) await new Promise((done) => setTimeout(done, 50)); // until the page shows what is chosen
  if (beside ? beside.some((one) => !one.paths) : !made) { say("There is nothing to save yet: press Train, or let the exact denoiser draw.", true); return; }
  const answer = await asking("save", { as, ...(as === "csv" ? {} : { pictures: await film(as) }) });
  if (!answer) return;
  say(textOf(answer.said));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes(answer.data)]));
  link.download = answer.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
for (const button of element.querySelectorAll(".save")) button.addEventListener("click", async () => {
  button.disabled = true;
  try { await save(button); } finally { button.disabled = false; }
});
$(".keep").addEventListener("click", async () => {
  const answer = await asking("keep");
  if (answer) { offer(answer.models); say(`Kept as ${answer.kept}: choose it under "Drawn by", or playground sample ${answer.kept}.`); element.dataset.kept = answer.kept; }
});
