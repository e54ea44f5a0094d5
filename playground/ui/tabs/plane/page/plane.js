// The Plane tab. Both pictures show one level: the left what noise makes of the cloud, the right
// where the samples are at that level. Its parts come before this one, as plane_scene.js first.
listen("truth");
listen("made");
slider.addEventListener("input", () => { setPlaying(false); again(); });
$(".cloud").addEventListener("change", () => { takeOwn(null); setPad(false); refreshCloud(); });
$(".schedule").addEventListener("change", () => refreshCloud());
$(".classes").addEventListener("change", () => { $(".guide").value = ""; refreshCloud(); });
for (const name of [".heat", ".arrows", ".lines"]) $(name).addEventListener("change", () => { again(); resample(); });
$(".dice").addEventListener("click", () => { $(".seed").value = Math.floor(Math.random() * 1e6); refreshCloud(); });
whenLooksChange(element, () => {
  if (!visible()) { if (training) setTraining(false); endRace(); return; }
  if (!cloud) refreshCloud(); else again();
  charts();
});
