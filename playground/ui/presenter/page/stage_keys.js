// The stage by keys or a clicker.
const move = (by) => slide(stage, by);

function play() {
  const button = [...stage.querySelectorAll("button.play")].find(seen);
  if (button) { button.click(); return; }
  if (tween) { cancelAnimationFrame(tween); tween = 0; return; }
  const slider = sliderOf(stage);
  if (!slider) return;
  let last = performance.now();
  if (+slider.value >= +slider.max) slider.value = slider.min;
  let at = +slider.value;
  const on = (now) => {
    at += (now - last) / 8000 * (slider.max - slider.min); last = now;
    slider.value = at;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    tween = at < +slider.max ? requestAnimationFrame(on) : 0;
  };
  tween = requestAnimationFrame(on);
}

const beatAfter = (by) => go(beats.indexOf(current) + by);
const KEYS = {
  Enter: () => beatAfter(1), n: () => beatAfter(1), Backspace: () => beatAfter(-1),
  F5: () => {}, // clickers send it to start a show; the page would load anew
  ArrowRight: () => move(1), PageDown: () => move(1), ArrowLeft: () => move(-1), PageUp: () => move(-1),
  ArrowDown: () => show(alone + 1), ArrowUp: () => show(alone < 0 ? figures().length - 1 : alone - 1),
  " ": play, Escape: leave, p: leave, ".": () => root.classList.toggle("black"), b: () => root.classList.toggle("black"),
};
window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || box.open) return;
  const typing = event.target.closest?.("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (!root.classList.contains("presenting")) {
    if (!typing && event.key.toLowerCase() === "p") { event.preventDefault(); present(); }
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = KEYS[key] ?? (/^[1-9]$/.test(key) ? () => go(+key - 1) : null);
  if (!act || !(stage || key === "Escape" || key === "p")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (act !== leave) fill();
  act();
}, true);
// the browser's own way out of full screen leaves the stage, too; word of an earlier way out may come late
document.addEventListener("fullscreenchange", () => {
  if (document.fullscreenElement) fills = true;
  else if (fills) leave();
});
if (new URLSearchParams(location.search).has("present")) present();
