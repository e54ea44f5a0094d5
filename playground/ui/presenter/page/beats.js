// Beats are kept states of the page, each with a caption; showing one may start what its tab computes.
// by tab: the part that shows what is computed, the button that a beat presses, and the one that ends it
const STARTS = {
  denoise: ["player", "generate", "stop"], race: ["race", "race-go", "race-stop"],
  fork: ["fork", "fork-start", "fork-stop"], edit: ["edit", "edit-sdedit", "edit-stop"],
};
const SETTLES = 300; // milliseconds until the parts of the page have taken what a link tells
const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const HELD = /kept-[0-9a-f]{32}/g; // what people gave, as addresses name it
const read = (text) => {
  const file = JSON.parse(text), found = Array.isArray(file) ? file : file.beats;
  if (!Array.isArray(found) || found.length > 99) throw new Error();
  return found.map(({ caption, query, start }) => {
    if (typeof caption !== "string" || typeof query !== "string") throw new Error();
    return { caption: caption.slice(0, 300), query, start: start === true };
  });
};
let beats = [], current = null;
try { beats = read(localStorage.getItem("beats") ?? "[]"); } catch { /* none are kept */ }

// the page as this address tells it; the promise is kept once the server has answered
function restore(query) {
  history.pushState(null, "", query || "?");
  tell();
  const asked = location.search;
  const restored = new Promise((done) => {
    window.addEventListener("restored", function heard({ detail }) {
      if (detail !== asked) return;
      window.removeEventListener("restored", heard);
      done(true);
    });
  });
  document.getElementById("link-restore").click();
  return restored;
}

async function go(number) {
  const beat = beats[number];
  if (!beat) return;
  current = beat;
  forgetRun();
  caption.textContent = beat.caption;
  const wanted = new URLSearchParams(beat.query).get("tab"), [shows, , ends] = STARTS[wanted] ?? [];
  if (beat.start && unfinished.has(shows)) document.getElementById(ends)?.click(); // while it runs, a press is lost
  const restored = restore(beat.query);
  if (!(await Promise.race([restored, after(STALLED)])) && current === beat) {
    document.querySelector(`[role=tab][data-tab-id="${CSS.escape(wanted)}"]`)?.click();
    if (beat.start && shows) playRecorded(beat, shows);
    await restored;
  }
  await after(SETTLES);
  if (current !== beat || !beat.start || !(tab() in STARTS)) return;
  const [part, button] = STARTS[tab()];
  awaitRun(beat, part);
  document.getElementById(button)?.click();
}
