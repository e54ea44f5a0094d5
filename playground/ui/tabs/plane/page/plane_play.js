// From noise to clean, by itself.
let playing = false;
function play(stamp) {
  if (!playing) return;
  slider.value = Math.max(0, +slider.value - Math.min(0.05, (stamp - (play.last ?? stamp)) / 5000));
  play.last = stamp;
  again();
  if (+slider.value <= 0) setPlaying(false); else requestAnimationFrame(play);
}
function setPlaying(on) {
  playing = on;
  play.last = undefined;
  $(".play").textContent = on ? "⏸" : "▶";
  if (on) { if (+slider.value < 0.01) slider.value = 1; requestAnimationFrame(play); }
}
$(".play").addEventListener("click", () => setPlaying(!playing));
