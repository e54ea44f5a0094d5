(outside) => {
  // Addresses that hold the page's state: made when asked for, followed at the start and by back and forward.
  const LONG = 600; // characters of one drawing in an address, whose code is then still read from afar
  const isJson = (text) => { try { JSON.parse(text); return true; } catch { return false; } };
  const encoded = (value, kind) => (kind !== "value" || (typeof value === "string" && !isJson(value)) ? value : JSON.stringify(value));
  const plain = (value, kind) => (kind !== "value" && isJson(value) ? JSON.stringify(JSON.parse(value)) : JSON.stringify(value));
  const tab = () => document.querySelector("[role=tab][aria-selected=true][data-tab-id]")?.dataset.tabId;
  const press = (id) => document.getElementById(id)?.click();
  const ask = async (what, about = {}) => {
    try { return await window.playgroundServer[what](JSON.stringify(about)); } catch { return { error: "No answer from the server; try again." }; }
  };

  // What people gave is kept by the server, and an address holds its name; `lasts` also beyond this page's history.
  async function holding(about, values, lasts) {
    const pictures = {}, drawings = {};
    about.forEach(([name, usual, kind], i) => {
      if (kind === "picture" && values[i]?.path !== usual) pictures[name] = values[i]?.path ?? null;
      if (kind === "large") for (const [key, part] of Object.entries(JSON.parse(values[i] || "{}"))) if (JSON.stringify(part).length > LONG) (drawings[name] ??= {})[key] = part;
    });
    const none = !Object.keys(pictures).length && !Object.keys(drawings).length;
    return { pictures: {}, drawings: {}, ...(none ? {} : await ask("hold", { lasts, pictures, drawings })) };
  }

  function address(about, values, held, at) {
    const url = new URL(location.pathname, location.origin), now = new URLSearchParams(location.search);
    const put = (name, value, usual, kind) => { if (plain(value, kind) !== plain(usual, kind)) url.searchParams.set(name, encoded(value, kind)); };
    if (at) url.searchParams.set("tab", at);
    about.forEach(([name, usual, kind], i) => {
      const value = values[i];
      if (kind === "picture") { if (held.pictures[name]) url.searchParams.set(name, held.pictures[name]); }
      else if (kind === "large") {
        const parts = Object.entries(JSON.parse(value || "{}")).map(([key, part]) => [key, JSON.stringify(part).length > LONG ? held.drawings[name]?.[key] : part]);
        put(name, JSON.stringify(Object.fromEntries(parts)), usual, kind);
      } else if (value !== null && value !== undefined) put(name, value, usual, kind);
    });
    for (const name of ["lang", "hide"]) if (now.has(name)) url.searchParams.set(name, now.get(name));
    return url.toString();
  }

  const box = document.createElement("dialog");
  box.id = "link-box";
  box.innerHTML = `<div class="code"></div><label>Link to this page as it stands<input readonly class="address" translate="no"></label>
    <p class="where" role="status"></p><p class="holds"></p>
    <form method="dialog"><button class="copy" type="button">Copy</button><button>Close</button><button class="delete" type="button" hidden></button></form>`;
  document.body.append(box);
  const said = box.querySelector(".where"), field = box.querySelector(".address"), holds = box.querySelector(".holds"), copy = box.querySelector(".copy"), forget = box.querySelector(".delete");
  const open = (told) => { for (const one of [field.parentElement, copy]) one.hidden = !told; }; // an address to show
  copy.addEventListener("click", async () => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); said.textContent = "Copied."; } catch { said.textContent = "Press Ctrl+C to copy it."; }
  });

  // what lasts can be deleted; so that it is not by chance, at the second press
  function offerDelete({ files, bytes }) {
    forget.hidden = !files;
    forget.dataset.sure = "";
    forget.textContent = `Delete what links hold: ${files === 1 ? "1 file" : `${files} files`}, ${Math.ceil(bytes / 1000)} kB`;
  }
  forget.addEventListener("click", async () => {
    if (!forget.dataset.sure) { forget.dataset.sure = "yes"; forget.textContent = "Press again: links and beats lose their pictures and drawings"; return; }
    const left = await ask("delete");
    if (left.error) { said.textContent = left.error; return; }
    offerDelete(left);
    holds.textContent = "Deleted. Links and beats that held it open without it.";
    if (field.value.includes("kept-")) { field.value = ""; box.querySelector(".code").replaceChildren(); said.textContent = ""; open(false); }
  });

  let left = null, lasts = false, turn = Promise.resolve(), travelled = 0;
  async function remember(about, values, at, from, stays) {
    const before = travelled, held = await holding(about, values, stays);
    if (before === travelled) { // nobody has gone back meanwhile
      if (from && from !== at) history.replaceState(null, "", address(about, values, held, from));
      const made = address(about, values, held, at);
      if (made !== location.href) history.pushState(null, "", made);
    }
    window.dispatchEvent(new CustomEvent("remembered", { detail: held.error ?? "" }));
  }

  window.playgroundLink = {
    ask,
    async made(about, values) {
      const at = tab();
      field.value = said.textContent = holds.textContent = "";
      open(true);
      forget.hidden = true;
      box.querySelector(".code").replaceChildren();
      box.showModal();
      const held = await holding(about, values, true), own = address(about, values, held, at);
      const inward = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
      const made = inward && outside ? own.replace(location.origin, outside) : own; // by which others reach it
      field.value = made;
      said.textContent = held.error ?? (inward && !outside ? "It works on this machine; start with --host 0.0.0.0 for others to open it." : "");
      if (made.includes("kept-")) holds.textContent = "Your picture or drawing is kept on this machine; anybody with this link who can reach this server sees it.";
      offerDelete(held.files === undefined ? await ask("held") : held);
      return made;
    },
    remembered(about, values) {
      const now = [about, values, tab(), left, lasts];
      left = null; lasts = false;
      turn = turn.then(() => remember(...now)).catch(() => {});
    },
    // the page's address with all that it shows, for a beat; it answers by the event "remembered"
    keep() { lasts = true; press("link-remember"); },
  };

  // the code arrives in a part of the page that nobody sees
  const arrives = new MutationObserver(() => {
    const code = document.querySelector("#link-code svg");
    if (!code) return;
    const copy = code.cloneNode(true), [wide, high] = ["width", "height"].map((name) => parseFloat(copy.getAttribute(name)));
    if (wide && !copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${wide} ${high}`); // grows with its box
    copy.setAttribute("role", "img"); copy.setAttribute("aria-label", "QR code of this link");
    box.querySelector(".code").replaceChildren(copy);
  });
  const waiting = setInterval(() => {
    const part = document.getElementById("link-code");
    if (part) { arrives.observe(part, { childList: true, subtree: true }); clearInterval(waiting); }
  }, 300);

  const button = Object.assign(document.createElement("button"), { id: "link", type: "button", textContent: "Link", title: "A link, and a QR code, to the page as it stands" });
  button.addEventListener("click", () => press("link-made"));
  document.querySelector(".title")?.append(button);
  document.addEventListener("click", (event) => {
    if (!event.isTrusted || !event.target.closest?.("[role=tab][data-tab-id]")) return;
    left = tab(); // the press is yet to turn to another
    setTimeout(press, 60, "link-remember");
  }, true);
  window.addEventListener("popstate", () => { travelled++; press("link-restore"); });
  if ([...new URLSearchParams(location.search).keys()].some((name) => !["lang", "present"].includes(name))) press("link-restore");
}
