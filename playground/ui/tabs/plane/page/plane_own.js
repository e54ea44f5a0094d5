// A cloud of one's own: painted, or read from a picture or a table.
let own = null; // instead of a cloud by name
function takeOwn(given) { // or null, for a cloud by name
  own = given;
  const select = $(".cloud"), yours = select.querySelector("[value='']");
  if (!own) yours?.remove();
  else if (!yours) select.prepend(new Option("Your own", ""));
  if (own) select.value = "";
}
const pad = pointPad($(".truth"), REACH, painted);
function take(mine) {
  takeOwn(mine);
  told();
  refreshCloud();
}
function painted(done) {
  $(".drawn").textContent = `${pad.points.length.toLocaleString("en")} points${pad.points.length >= 5000 ? ", which is all there is room for" : ""}`;
  again();
  if (done && pad.points.length >= 12) take({ points: pad.points });
}
function setPad(on) {
  pad.on = on;
  $(".pad").hidden = !on;
  $(".views").hidden = on; // they show nothing of what is drawn
  $(".draw").setAttribute("aria-pressed", on);
  $(".draw").textContent = on ? "✓ Done drawing" : "✏️ Draw your own";
  $(".truth").style.cursor = on ? "crosshair" : "";
  if (on) { painted(false); slider.value = 0; } else again();
}
for (const [i, name] of ["", "", "", "Erase"].entries()) {
  const button = document.createElement("button");
  button.type = "button";
  button.innerHTML = name || `<i style="background:${INKS[i]}"></i>${"ABC"[i]}`;
  button.setAttribute("aria-pressed", i === 0);
  button.addEventListener("click", () => {
    pad.erase = i === 3; if (i < 3) pad.colour = i;
    for (const other of $(".tool").querySelectorAll("button")) other.setAttribute("aria-pressed", other === button);
  });
  $(".tool").append(button);
}
const FILMS = /\.(gif|mp4|json)$/i, LARGEST = 30e6; // bytes of a film that is read back
async function reread(file) { // a film that was saved here shows the page as it was; whether it is one
  if (file.size > LARGEST) return false;
  const data = await new Promise((done) => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(file); });
  const answer = await asking("restore", { name: file.name, data: data.split(",")[1] ?? "", page: me }, undefined, undefined, file.type !== "image/gif");
  if (!answer) return file.type !== "image/gif";
  await show({ ...answer.state, own: answer.own });
  told();
  say(textOf(answer.said), answer.lacks);
  element.dataset.restored = file.name;
  return true;
}
async function read(file) {
  if (!file) return;
  if (FILMS.test(file.name) && (await reread(file))) return;
  let mine = null;
  if (file.type.startsWith("image/")) {
    const picture = await createImageBitmap(file).catch(() => null);
    if (!picture) { say("The file is no picture that a browser can read; choose another.", true); return; }
    const share = Math.min(1, 256 / Math.max(picture.width, picture.height)), small = document.createElement("canvas");
    [small.width, small.height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * share)));
    const pen = small.getContext("2d");
    pen.fillStyle = "#fff"; // under what is transparent
    pen.fillRect(0, 0, small.width, small.height);
    pen.drawImage(picture, 0, 0, small.width, small.height);
    mine = { picture: small.toDataURL("image/png") };
  } else {
    if (file.size > 4e6) { say("The file is larger than 4 MB; give fewer points.", true); return; }
    mine = { csv: await file.text() };
  }
  setPad(false);
  take(mine);
}

$(".draw").addEventListener("click", () => setPad(!pad.on));
$(".wipe").addEventListener("click", () => { pad.points = []; painted(false); });
$(".width").addEventListener("input", (event) => { pad.width = +event.target.value; });
$(".load").addEventListener("click", () => $(".file").click());
const place = $(".plane");
place.addEventListener("dragover", (event) => { if ([...event.dataTransfer.types].includes("Files")) { event.preventDefault(); place.classList.add("dropping"); } });
for (const kind of ["dragleave", "drop"]) place.addEventListener(kind, (event) => { if (kind === "drop" || !place.contains(event.relatedTarget)) place.classList.remove("dropping"); });
place.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) { event.preventDefault(); read(event.dataTransfer.files[0]); } });
$(".file").addEventListener("change", (event) => { read(event.target.files[0]); event.target.value = ""; });
