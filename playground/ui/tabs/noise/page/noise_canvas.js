// What each term means and the Python that computes it, and the views beside the first, whose
// scripts are read when they are first opened.
const tip = $(".tip"), dialog = $(".recipe");
const recipes = JSON.parse(props.recipes);

function recipe_of(term) {
  const model = term === "guess" && state.scene && !state.scene.by.endsWith("bundled pictures");
  return recipes[term === "guess" ? (model ? "guess_model" : "guess_pictures") : term];
}

function python() { // the settings of the moment, as Python writes them
  const { scene, bundled } = state, word = (value) => JSON.stringify(value);
  const knobs = Object.entries(scene.set).map(([name, value]) => `, ${name}=${word(value)}`);
  return {
    "«picture»": bundled ? `ASSETS / "pictures" / ${word(bundled)}` : `${word(scene.path.split("/").pop())}`,
    "«schedule»": word(scene.schedule) + knobs.join(""), "«seed»": `${scene.seed}`, "«by»": word(scene.by),
    "«k»": slider.value, "«steps»": slider.max,
    "«yours»": bundled ? "" : ", and yours\ndata = torch.cat([data, x0[None]])",
  };
}

function explain(event) {
  const term = event.target.closest?.(".term");
  if (!term || event.type === "pointerout" || event.type === "focusout") { tip.hidden = true; return; }
  const { title, about } = recipe_of(term.dataset.term), box = term.getBoundingClientRect(), home = $(".lab").getBoundingClientRect(), zoom = tip.parentElement.currentCSSZoom ?? 1;
  tip.innerHTML = "<b></b><span></span><small>Click for the Python that computes it.</small>";
  tip.children[0].textContent = title;
  tip.children[1].textContent = about;
  tip.hidden = false;
  const left = Math.max(0, Math.min((box.left - home.left) / zoom, home.width / zoom - tip.offsetWidth));
  const below = (box.bottom - home.top) / zoom + 8, above = (box.top - home.top) / zoom - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${box.bottom + (tip.offsetHeight + 8) * zoom > innerHeight ? above : below}px`;
}
for (const kind of ["pointerover", "pointerout", "focusin", "focusout"]) $(".lab").addEventListener(kind, explain);

$(".lab").addEventListener("click", (event) => {
  const term = event.target.closest(".term");
  if (!term) return;
  tip.hidden = true;
  const { title, about, code } = recipe_of(term.dataset.term), now = python();
  $("#recipe-title").textContent = title;
  dialog.querySelector("p").textContent = about;
  dialog.querySelector("code").textContent = code.replace(/«\w+»/g, (name) => now[name]) + "\n";
  dialog.querySelector(".copy").textContent = "Copy";
  dialog.showModal();
});
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
dialog.querySelector(".copy").addEventListener("click", async (event) => {
  const code = dialog.querySelector("code");
  try { await navigator.clipboard.writeText(code.textContent); event.target.textContent = "Copied"; }
  catch { getSelection().selectAllChildren(code); event.target.textContent = "Selected: press Ctrl-C"; } // no clipboard without https
});

const views = [...element.querySelectorAll(".views [role=tab]")], opened = {};
const kit = { schedules: JSON.parse(props.schedules), state, changed, server, SIDE, screen, make_plot, normal_stream, take_levels, whole_picture, whole_noise, blend, ticks, bell, bell_curve, log_snr, number,
  inks: { BLUE, ORANGE, GREEN, GREY } };
let open_now = "one";

async function open(name, focus) {
  const from = open_now;
  open_now = name;
  for (const tab of views) {
    const chosen = tab.id === `view-${name}`;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    $(`#part-${tab.id.slice(5)}`).hidden = !chosen;
    if (chosen && focus) tab.focus();
  }
  opened[from]?.hide?.();
  if (name === "one") { draw_soon(); return; }
  const part = $(`#part-${name}`);
  if (!opened[name]) {
    opened[name] = {};
    try {
      const module = await import(`${props.scripts}/lab_${name}.js`);
      opened[name] = module.build(part, kit);
    } catch (error) {
      delete opened[name];
      part.textContent = "This view could not be read from the server; choose it again.";
      throw error;
    }
  }
  if (open_now === name) opened[name].show?.(!focus); // arrow keys stay on the tabs
}
views.forEach((tab, i) => {
  tab.addEventListener("click", () => open(tab.id.slice(5)));
  tab.addEventListener("keydown", (event) => {
    const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: views.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    open(views[(to + views.length) % views.length].id.slice(5), true);
  });
});

// the view and t, for links to the page as it stands
function keep() { props.value = JSON.stringify({ view: open_now, t: +(slider.value / slider.max).toFixed(4) }); }
slider.addEventListener("change", keep);
$(".views").addEventListener("click", keep);
$(".views").addEventListener("keyup", keep);
watch("given", () => {
  const { view, t } = JSON.parse(props.given).state;
  slider.value = Math.round(t * slider.max);
  open(view);
  if (view === "one") { draw(); ask(); }
});
