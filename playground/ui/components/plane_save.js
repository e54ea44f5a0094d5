// The film, the table and the network, to keep.
$(".keep").addEventListener("click", async () => {
  const answer = await asking("keep");
  if (answer) { offer(answer.models); say(`Kept as ${answer.kept}: choose it under "Drawn by", or playground sample ${answer.kept}.`); element.dataset.kept = answer.kept; }
});
for (const button of element.querySelectorAll(".save")) button.addEventListener("click", async () => {
  button.disabled = true;
  const answer = await asking("save", { as: button.dataset.as });
  button.disabled = false;
  if (!answer) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes(answer.data)]));
  link.download = answer.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
