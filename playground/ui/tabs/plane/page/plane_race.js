// Samplers raced from the same noise at ever more calls, one after the other.
let lanes = [], racing = 0, atRace = false;
for (const [name, title] of facts.samplers) {
  const label = document.createElement("label");
  label.innerHTML = `<input type="checkbox" value="${name}"/>${title}`;
  label.firstChild.checked = facts.racers.includes(name);
  $(".racers").append(label);
}
const racers = () => [...element.querySelectorAll(".racers input:checked")].map((box) => box.value);
async function race() {
  const mine = ++racing, names = racers().slice(0, 8);
  if ($(".who").value === "network" && !curve.length) { say("Nothing is trained yet: press Train, or let the exact denoiser draw.", true); return; }
  await setTraining(false);
  atRace = true;
  $(".go-race").textContent = "Stop";
  lanes = [];
  for (const name of names) {
    const i = lanes.length, colour = LINE[i % LINE.length], dotted = i >= LINE.length;
    const show = ({ points = [] }) => {
      lanes[i] = { name, colour, dotted, dashed: facts.stochastic.includes(name), floor: points[0]?.floor, band: points[0]?.band, points: points.map((p) => [p.calls, p.distance]) };
      charts();
    };
    element.querySelector(`.racers input[value="${name}"]`).parentElement.style.borderBottom = `3px ${dotted ? "dotted" : "solid"} ${colour}`;
    const answer = await asking("lane", { sampler: name }, () => mine === racing, show);
    if (mine !== racing) return;
    if (!answer) break;
    show(answer);
  }
  element.dataset.raced = lanes.length;
  endRace();
}
function endRace() { atRace = false; racing += 1; $(".go-race").textContent = "Race these samplers"; }
$(".go-race").addEventListener("click", () => (atRace ? endRace() : race()));
