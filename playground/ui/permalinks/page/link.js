// @ts-check
// The box that shows a link to the page as it stands, and its QR code.
import { find, make } from "../../page/kit/dom.js";
import { besideTitle, overPage, pressed } from "../../page/kit/frame.js";
import { translateIn } from "../../page/kit/translated.js";
import { onLanguage, t } from "../../page/kit/words.js";
import { addressOf } from "./address.js";
import * as state from "./page_state.js";

const BOX = `<div class="code"></div>
  <label><span data-t="Link to this page as it stands"></span>
    <input readonly class="address" translate="no"></label>
  <p class="where" role="status"></p><p class="holds"></p>
  <form method="dialog">
    <button class="copy" type="button" data-t="Copy"></button>
    <button data-t="Close"></button>
    <button class="delete" type="button" hidden></button>
  </form>`;
const INWARD = ["localhost", "127.0.0.1", "[::1]"];
const PLACE = 3; // beside the title
const OPENS_ITSELF = ["lang", "present"]; // what an address tells that no control holds

/** @param {import("../../page/kit/host.d.ts").Host} host */
export function mount({ props, server, watch, signal }) {
  const outside = /** @type {string} */ (props.outside); // by which others reach this machine
  const box = make("dialog", { id: "link-box", innerHTML: BOX });
  overPage(box, signal);
  translateIn(box, signal);
  const code = find(box, ".code");
  const said = find(box, ".where");
  const field = find(box, ".address", HTMLInputElement);
  const holds = find(box, ".holds");
  const copy = find(box, ".copy");
  const forget = find(box, ".delete");
  let offer = () => "";

  /** Whether there is an address to show. @param {boolean} told */
  function open(told) {
    for (const one of [field.parentElement, copy]) if (one) one.hidden = !told;
  }

  copy.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = t("Copied.");
    } catch {
      said.textContent = t("Press Ctrl+C to copy it.");
    }
  });

  // what lasts can be deleted; so that it is not by chance, at the second press
  /** @param {{ files?: number, bytes?: number }} facts */
  function offerDelete({ files = 0, bytes = 0 }) {
    const size = Math.ceil(bytes / 1000);
    forget.hidden = !files;
    forget.dataset.sure = "";
    offer = () =>
      files === 1
        ? t("Delete what links hold: 1 file, {size} kB", { size })
        : t("Delete what links hold: {files} files, {size} kB", { files, size });
    forget.textContent = offer();
  }
  onLanguage(() => {
    forget.textContent = offer();
  }, signal);

  forget.addEventListener("click", async () => {
    if (!forget.dataset.sure) {
      forget.dataset.sure = "yes";
      offer = () => t("Press again: links and beats lose their pictures and drawings");
      forget.textContent = offer();
      return;
    }
    const left = await state.ask("delete");
    if (left.error) {
      said.textContent = left.error;
      return;
    }
    offerDelete(left);
    holds.textContent = t("Deleted. Links and beats that held it open without it.");
    if (!field.value.includes("kept-")) return;
    field.value = said.textContent = "";
    code.replaceChildren();
    open(false);
  });

  /** @param {import("./address.js").Control[]} controls @param {any[]} values */
  async function made(controls, values) {
    const at = state.currentTab();
    field.value = said.textContent = holds.textContent = "";
    open(true);
    forget.hidden = true;
    code.replaceChildren();
    box.showModal();
    const held = await state.holding(controls, values, true);
    const own = addressOf(controls, values, held, at, location);
    const isInward = INWARD.includes(location.hostname);
    const link = isInward && outside ? own.replace(location.origin, outside) : own;
    field.value = link;
    const alone = isInward && !outside;
    said.textContent =
      held.error ??
      (alone
        ? t("It works on this machine; start with --host 0.0.0.0 for others to open it.")
        : "");
    if (link.includes("kept-")) {
      holds.textContent = t(
        "Your picture or drawing is kept on this machine; " +
          "anybody with this link who can reach this server sees it.",
      );
    }
    offerDelete(held.files === undefined ? await state.ask("held") : held);
    return link;
  }
  state.serve(server, made, signal);

  watch("value", () => {
    const svg = make("div", { innerHTML: props.value ?? "" }).querySelector("svg");
    if (!svg) return;
    const [wide, high] = ["width", "height"].map((name) =>
      parseFloat(svg.getAttribute(name) ?? ""),
    );
    if (wide && !svg.hasAttribute("viewBox")) svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", t("QR code of this link"));
    code.replaceChildren(svg);
  });

  const link = pressed(
    () => t("Link"),
    () => t("A link, and a QR code, to the page as it stands"),
    () => state.press("link-made"),
    signal,
  );
  link.id = "link";
  besideTitle(link, PLACE, signal);
  const turnsTab = (/** @type {Event} */ event) => {
    const { target } = event;
    if (!event.isTrusted || !(target instanceof Element)) return;
    if (target.closest("[role=tab][data-tab-id]")) state.beforeLeaving();
  };
  document.addEventListener("click", turnsTab, { capture: true, signal });
  window.addEventListener("popstate", () => void state.travel(), { signal });
  const told = [...new URLSearchParams(location.search).keys()];
  if (told.some((name) => !OPENS_ITSELF.includes(name))) void state.follow();
}
