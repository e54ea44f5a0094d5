// What the scripts that stand beside the tabs share: the talk, the lesson.
const root = document.documentElement,
  seen = (e) => Boolean(e && e.getClientRects().length);
const make = (tag, about = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), about);
  made.append(...inside);
  return made;
};
const act = (text, title, run) => {
  const made = make("button", { type: "button", textContent: text, title });
  made.addEventListener("click", run);
  return made;
};
const tab = () =>
  document.querySelector("[role=tab][aria-selected=true][data-tab-id]")?.dataset.tabId;

// what each tab is about, as far as it is in sight, and the slider of it
const STAGES = [
  "noise_canvas",
  "player",
  "live_board",
  "race",
  "grid",
  "fork",
  "edit",
  "train-samples",
  "train-loss",
  "copy_meter",
  "compare_plot",
  "run_list",
  "plane",
  "schedule_plot",
];
const shownPart = () => STAGES.map((id) => document.getElementById(id)).find(seen) ?? null;
const sliderOf = (part) => [...(part?.querySelectorAll("input[type=range]") ?? [])].find(seen);

// by one step, or a hundredth of the way where that is many steps
function slide(part, by) {
  const slider = sliderOf(part);
  if (!slider) {
    if (by > 0) [...(part?.querySelectorAll("button.one-step") ?? [])].find(seen)?.click();
    return;
  }
  const span = slider.max - slider.min,
    step = +slider.step || 1;
  slider.value = +slider.value + by * Math.max(step, span / step > 250 ? span / 100 : 0);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}
