// Beats are kept states of the page, each with a caption; showing one may start what its tab computes.
const START = { denoise: "generate", race: "race-go", fork: "fork-start", edit: "edit-sdedit" }; // what a beat presses
const STALLED = 4000; // milliseconds without a frame
const HELD = /kept-[0-9a-f]{32}/g; // what people gave, as addresses name it
const read = (text) => {
  const file = JSON.parse(text), found = Array.isArray(file) ? file : file.beats;
  if (!Array.isArray(found) || found.length > 99) throw new Error();
  return found.map(({ caption, query, start }) => {
    if (typeof caption !== "string" || typeof query !== "string") throw new Error();
    return { caption: caption.slice(0, 300), query, start: start === true };
  });
};
let beats = [], current = null, heard = 0;
document.addEventListener("film-frames", () => { heard = performance.now(); });
try { beats = read(localStorage.getItem("beats") ?? "[]"); } catch { /* none are kept */ }

async function go(number) {
  const beat = beats[number];
  if (!beat) return;
  current = beat;
  caption.textContent = beat.caption;
  history.pushState(null, "", beat.query || "?");
  tell();
  const restored = new Promise((done) => { window.addEventListener("restored", done, { once: true }); setTimeout(done, STALLED); });
  document.getElementById("link-restore").click();
  await restored;
  await new Promise((done) => setTimeout(done, 300));
  const start = START[tab()];
  if (current !== beat || !beat.start || !start) return;
  const pressed = performance.now();
  document.getElementById(start)?.click();
  if (tab() !== "denoise") return;
  setTimeout(async () => {
    if (current !== beat || heard > pressed) return;
    const kept = await record("get", beat.query).catch(() => null);
    if (kept) document.dispatchEvent(new CustomEvent("film-again", { detail: kept }));
  }, STALLED);
}
