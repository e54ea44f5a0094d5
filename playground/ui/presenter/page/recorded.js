// The last whole run of each beat, kept in this browser, is shown when computing stalls or fails.
const STALLED = 3000, LOOKS = 250; // milliseconds without anything new; between two looks
let awaited = null; // what the beat of now started: {beat, part, run, heard, failures, whole, shown}
const unfinished = new Map(); // runs of which more may come, by their parts
const begun = new Map(); // beats by their runs, also those that go on while a later beat is shown

const base = new Promise((done, fail) => {
  const asked = indexedDB.open("talk", 2);
  asked.onupgradeneeded = () => {
    if (asked.result.objectStoreNames.contains("runs")) asked.result.deleteObjectStore("runs");
    asked.result.createObjectStore("runs");
  };
  asked.onsuccess = () => done(asked.result);
  asked.onerror = fail;
});
base.catch(() => {}); // a private window keeps nothing
async function stored(act) {
  const asked = act((await base).transaction("runs", "readwrite").objectStore("runs"));
  return new Promise((done, fail) => { asked.onsuccess = () => done(asked.result); asked.onerror = fail; });
}

async function playRecorded(beat, part) {
  const kept = await stored((runs) => runs.get(beat.query)).catch(() => null);
  if (kept?.part !== part || current !== beat) return;
  const when = new Date(kept.when).toLocaleString(root.lang || "en", { dateStyle: "medium", timeStyle: "short" });
  document.dispatchEvent(new CustomEvent("run-again", { detail: { part, shown: kept.shown, mark: ["recorded", when, ...settings(beat.query)] } }));
}

// what an address sets in the tab that it opens, as words and values
function settings(query) {
  const given = new URLSearchParams(query), place = given.get("tab");
  const plain = (name) => { const words = name.replace(/~\d+$/, "").replaceAll("-", " "); return words[0].toUpperCase() + words.slice(1); };
  return [...given].filter(([name]) => name.startsWith(`${place}.`)).flatMap(([name, value]) => [plain(name.split(".").pop()), value]);
}

const failures = () => new Set(document.querySelectorAll(".toast-body.error"));
function awaitRun(beat, part) { awaited = { beat, part, run: null, heard: performance.now(), failures: failures() }; }
function forgetRun() { awaited = null; }

document.addEventListener("run-heard", ({ detail: { part, run, begins } }) => {
  unfinished.set(part, run);
  if (begins) begun.delete(`${part} ${run}`); // a number given anew
  if (part !== awaited?.part) return;
  if (begins && awaited.run !== null) { forgetRun(); return; } // somebody started another
  if (begins) { awaited.run = run; begun.set(`${part} ${run}`, awaited.beat); }
  if (run === awaited.run) Object.assign(awaited, { heard: performance.now(), shown: false });
});
document.addEventListener("run-whole", ({ detail: { part, run, shown } }) => {
  if (unfinished.get(part) === run) unfinished.delete(part);
  const beat = begun.get(`${part} ${run}`);
  if (!beat) return;
  if (part === awaited?.part && run === awaited.run) awaited.whole = true;
  stored((runs) => runs.put({ part, shown, when: Date.now() }, beat.query)).catch(() => {});
});
setInterval(() => {
  if (!awaited || awaited.whole || awaited.shown) return;
  const failed = [...failures()].some((one) => !awaited.failures.has(one));
  if (!failed && performance.now() - awaited.heard < STALLED) return;
  awaited.shown = true;
  playRecorded(awaited.beat, awaited.part);
}, LOOKS);
