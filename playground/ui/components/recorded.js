// What a beat's Denoise made last, for when computing stalls.
const base = new Promise((done, fail) => {
  const asked = indexedDB.open("talk", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("runs");
  asked.onsuccess = () => done(asked.result);
  asked.onerror = fail;
});
base.catch(() => {});
async function record(what, key, value) {
  const store = (await base).transaction("runs", "readwrite").objectStore("runs");
  const asked = what === "get" ? store.get(key) : store.put(value, key);
  return new Promise((done, fail) => { asked.onsuccess = () => done(asked.result); asked.onerror = fail; });
}
document.addEventListener("film", (event) => { if (current?.start) record("put", current.query, event.detail).catch(() => {}); });
