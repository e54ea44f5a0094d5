() => {
  // Addresses that hold the page's state: made when asked for, followed at the start and by back and forward.
  const isJson = (text) => { try { JSON.parse(text); return true; } catch { return false; } };
  const encoded = (value, asText) => (asText || (typeof value === "string" && !isJson(value)) ? value : JSON.stringify(value));
  const plain = (value, asText) => (asText && isJson(value) ? JSON.stringify(JSON.parse(value)) : JSON.stringify(value));
  const tab = () => document.querySelector("[role=tab][aria-selected=true][data-tab-id]")?.dataset.tabId;
  const press = (id) => document.getElementById(id)?.click();

  function address(about, values) {
    const url = new URL(location.pathname, location.origin), now = new URLSearchParams(location.search);
    if (tab()) url.searchParams.set("tab", tab());
    about.forEach(([name, usual, asText], i) => {
      const value = values[i];
      if (value !== null && value !== undefined && plain(value, asText) !== plain(usual, asText)) url.searchParams.set(name, encoded(value, asText));
    });
    for (const name of ["lang", "hide"]) if (now.has(name)) url.searchParams.set(name, now.get(name));
    return url.toString();
  }

  const box = document.createElement("dialog");
  box.id = "link-box";
  box.innerHTML = `<div class="code"></div><label>Link to this page as it stands<input readonly class="address" translate="no"></label>
    <p class="where" role="status"></p><form method="dialog"><button class="copy" type="button">Copy</button><button>Close</button></form>`;
  document.body.append(box);
  const said = box.querySelector(".where"), field = box.querySelector(".address");
  box.querySelector(".copy").addEventListener("click", async () => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); said.textContent = "Copied."; } catch { said.textContent = "Press Ctrl+C to copy it."; }
  });

  window.playgroundLink = {
    made(about, values) {
      const made = address(about, values);
      field.value = made;
      const local = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
      said.textContent = local ? "It works on this machine; start with --host 0.0.0.0 for others to open it." : "";
      box.querySelector(".code").replaceChildren();
      box.showModal();
      return made;
    },
    remembered(about, values) {
      const made = address(about, values);
      if (made !== location.href) history.pushState(null, "", made);
      window.dispatchEvent(new Event("remembered"));
    },
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
    if (event.isTrusted && event.target.closest?.("[role=tab][data-tab-id]")) setTimeout(press, 60, "link-remember");
  });
  window.addEventListener("popstate", () => press("link-restore"));
  if ([...new URLSearchParams(location.search).keys()].some((name) => name !== "lang")) press("link-restore");
}
