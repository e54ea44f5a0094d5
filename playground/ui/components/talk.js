() => {
  // For a stage: one panel full screen, moved by keys or a clicker, and beats, which are kept states of the page.
  const STAGES = ["noise_canvas", "player", "live_board", "race", "grid", "fork", "edit", "train-samples", "loss_plot", "copy_meter", "plane", "schedule_plot"];
  const START = { denoise: "generate", race: "race-go", fork: "fork-start", edit: "edit-sdedit" }; // what a beat presses
  const TEXT = 28, ZOOM = 1.75, ALONE = 2.2, STALLED = 4000; // pixels on the screen; milliseconds without a frame
  const root = document.documentElement, seen = (e) => Boolean(e && e.getClientRects().length);
  const make = (tag, about = {}, ...inside) => { const made = Object.assign(document.createElement(tag), about); made.append(...inside); return made; };
  const tab = () => document.querySelector("[role=tab][aria-selected=true][data-tab-id]")?.dataset.tabId;

  // --- the stage
  const ratio = Object.getOwnPropertyDescriptor(window, "devicePixelRatio");
  const caption = make("div", { id: "talk-caption" });
  let stage = null, alone = -1, tween = 0, lift = null;
  document.body.append(caption);

  const figures = () => [...stage.querySelectorAll("figure")].filter((f) => f.closest("[hidden], .below") === null);

  // parts of the stage come anew, so this is done again and again
  function enlarge() {
    for (const one of stage.querySelectorAll("*")) {
      if (one.closest("sub, sup") || !(one.childNodes.length || one.tagName === "INPUT")) continue;
      if (parseFloat(getComputedStyle(one).fontSize) < TEXT / ZOOM) one.style.fontSize = `${TEXT / ZOOM}px`;
    }
    stage.classList.toggle("told", caption.textContent !== "");
  }

  function fit() {
    const zoom = alone < 0 ? ZOOM : ALONE, sharp = ratio?.get ? ratio.get.call(window) : 1;
    const screen = Math.min(innerWidth / 1920, 2);
    stage.style.zoom = zoom * screen;
    caption.style.zoom = Math.max(1, screen);
    root.style.setProperty("--screen", screen);
    // canvases ask for it, and must be as sharp as the screen although they are enlarged
    Object.defineProperty(window, "devicePixelRatio", { configurable: true, get: () => sharp * zoom });
    enlarge();
    window.dispatchEvent(new Event("resize"));
  }

  function show(which) {
    const every = figures();
    alone = every.length ? (which + every.length + 1) % (every.length + 1) : 0; // the last: all of them
    if (alone === every.length) alone = -1;
    stage.classList.toggle("alone", alone >= 0);
    every.forEach((f, i) => f.classList.toggle("shown", i === alone));
    fit();
  }

  function lay() {
    const wanted = STAGES.map((id) => document.getElementById(id)).find(seen) ?? null;
    if (wanted === stage) { if (stage) enlarge(); return; }
    clear();
    stage = wanted;
    if (!stage) return;
    stage.classList.add("stage");
    show(-1);
  }

  function clear() {
    cancelAnimationFrame(tween); tween = 0;
    if (!stage) return;
    stage.classList.remove("stage", "alone", "told");
    stage.style.zoom = "";
    for (const one of stage.querySelectorAll("[style]")) one.style.removeProperty("font-size");
    for (const one of stage.querySelectorAll("figure.shown")) one.classList.remove("shown");
    stage = null;
  }

  function present() {
    if (root.classList.contains("presenting")) { leave(); return; }
    root.classList.add("presenting");
    root.requestFullscreen?.().catch(() => {});
    lay();
    lift = setInterval(lay, 400); // the tab may change below it
  }

  function leave() {
    clearInterval(lift);
    clear();
    root.classList.remove("presenting", "black");
    caption.textContent = "";
    if (ratio) Object.defineProperty(window, "devicePixelRatio", ratio); else delete window.devicePixelRatio;
    if (document.fullscreenElement) document.exitFullscreen();
    window.dispatchEvent(new Event("resize"));
  }

  // --- keys
  const range = () => [...(stage?.querySelectorAll("input[type=range]") ?? [])].find(seen);

  function move(by) {
    const slider = range();
    if (!slider) return;
    const span = slider.max - slider.min;
    slider.value = +slider.value + by * Math.max(+slider.step || 1, span > 250 ? span / 100 : 0);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function play() {
    const button = [...stage.querySelectorAll("button.play")].find(seen);
    if (button) { button.click(); return; }
    if (tween) { cancelAnimationFrame(tween); tween = 0; return; }
    const slider = range();
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

  const KEYS = {
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
    act();
  }, true);
  document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement && root.classList.contains("presenting")) leave(); });

  // --- beats
  const read = (text) => {
    const found = JSON.parse(text);
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

  // what a beat's Denoise made last, for when computing stalls
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

  // --- where beats are edited
  const list = make("ol"), note = make("p", { className: "note" });
  note.setAttribute("role", "status");
  const box = make("dialog", { id: "talk-box" });
  box.setAttribute("aria-labelledby", "talk-title");

  function keep() {
    try { localStorage.setItem("beats", JSON.stringify(beats)); } catch { note.textContent = "This browser keeps nothing; save a file."; }
    list.replaceChildren(...beats.map((beat, i) => {
      const words = make("input", { value: beat.caption, placeholder: "Caption" });
      words.setAttribute("aria-label", `Caption of beat ${i + 1}`);
      words.addEventListener("change", () => { beat.caption = words.value; keep(); });
      const start = make("input", { type: "checkbox", checked: beat.start });
      start.addEventListener("change", () => { beat.start = start.checked; keep(); });
      const button = (text, title, act) => { const made = make("button", { type: "button", textContent: text, title }); made.setAttribute("aria-label", `${title} ${i + 1}`); made.addEventListener("click", act); return made; };
      return make("li", {}, words, make("label", {}, start, "starts at once"),
        button("Go", "Show beat", () => { box.close(); go(i); }),
        button("↑", "Move up beat", () => { if (i) { [beats[i - 1], beats[i]] = [beats[i], beats[i - 1]]; keep(); } }),
        button("✕", "Delete beat", () => { beats.splice(i, 1); keep(); }));
    }));
    if (!beats.length) list.append(make("li", { className: "none", textContent: "No beats yet: set the page up as you want to show it, and press Add this page." }));
  }

  const file = make("input", { type: "file", accept: ".json", hidden: true });
  file.addEventListener("change", async () => {
    try { beats = read(await file.files[0].text()); note.textContent = ""; keep(); } catch { note.textContent = "That file holds no beats; choose one that was saved here."; }
    file.value = "";
  });
  const act = (text, title, run) => { const made = make("button", { type: "button", textContent: text, title }); made.addEventListener("click", run); return made; };
  box.append(
    make("h2", { id: "talk-title", textContent: "Talk" }),
    make("p", { textContent: "P shows one panel full screen. There, arrow keys or a clicker move the slider, up and down choose a picture or plot, space plays, 1 to 9 show beats, B makes the screen black." }),
    list, note, file,
    make("div", { className: "row" },
      act("Add this page", "Keep the page as it stands as a beat", () => {
        window.addEventListener("remembered", () => { beats.push({ caption: document.title, query: location.search, start: false }); keep(); }, { once: true });
        document.getElementById("link-remember").click();
      }),
      act("Save file", "Save the beats as a file", () => {
        const link = make("a", { href: URL.createObjectURL(new Blob([JSON.stringify(beats, null, 1)], { type: "application/json" })), download: "beats.json" });
        link.click(); URL.revokeObjectURL(link.href);
      }),
      act("Open file", "Take the beats of a file", () => file.click()),
      act("Present", "Full screen; the key P does the same", () => { box.close(); present(); }),
      act("Close", "Back to the page", () => box.close())));
  document.body.append(box);
  const button = make("button", { id: "talk", type: "button", textContent: "Talk", title: "Beats and presenter mode (key P)" });
  button.addEventListener("click", () => { keep(); box.showModal(); });
  document.querySelector(".title")?.append(button);
}
