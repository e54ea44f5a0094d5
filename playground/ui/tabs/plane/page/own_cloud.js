// @ts-check
// A cloud of one's own out of a file: a picture, a table, or a film that shows the page as it was.
import { find, make } from "../../../page/kit/dom.js";
import { say as sayText, t } from "../../../page/kit/words.js";

const FILMS = /\.(gif|mp4|json)$/i;
const LARGEST = 30e6; // bytes of a film that is read back
const MOST_TEXT = 4e6; // bytes of a table
const SIDE = 256; // pixels of a picture, at most

/** @param {File} file @returns {Promise<string>} its bytes in base64 */
function base64(file) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
    reader.readAsDataURL(file);
  });
}

/** @param {ImageBitmap} picture @returns {string} a small PNG on white */
function small(picture) {
  const share = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((n) =>
    Math.max(1, Math.round(n * share)),
  );
  const canvas = make("canvas", { width, height });
  const pen = canvas.getContext("2d");
  if (!pen) return "";
  pen.fillStyle = "#fff"; // under what is transparent
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  return canvas.toDataURL("image/png");
}

/**
 * @param {import("./state.js").Scene} scene
 * @param {ReturnType<typeof import("./asking.js").asking>} asking
 * @param {{ take: (own: Record<string, any>) => void,
 *   show: (state: Record<string, any>) => Promise<void> }} doing
 */
export function ownCloud({ element, store }, { ask, say }, { take, show }) {
  /** @param {File} file whether it is a film that was saved here @returns {Promise<boolean>} */
  async function reread(file) {
    if (file.size > LARGEST) return false;
    const isPicture = file.type === "image/gif";
    const asked = { name: file.name, data: await base64(file) };
    const answer = await ask("restore", asked, { tells: !isPicture });
    if (!answer) return !isPicture;
    await show({ ...answer.state, own: answer.own });
    say(sayText(answer.said), answer.lacks);
    element.dataset.restored = file.name;
    return true;
  }
  /** @param {File | undefined} file */
  async function read(file) {
    if (!file) return;
    if (FILMS.test(file.name) && (await reread(file))) return;
    store.set({ painting: false });
    if (file.type.startsWith("image/")) {
      const picture = await createImageBitmap(file).catch(() => null);
      if (picture) take({ picture: small(picture) });
      else say(t("The file is no picture that a browser can read; choose another."), true);
    } else if (file.size > MOST_TEXT) {
      say(t("The file is larger than 4 MB; give fewer points."), true);
    } else take({ csv: await file.text() });
  }

  const chosen = find(element, ".file", HTMLInputElement);
  const place = find(element, ".plane");
  find(element, ".load").addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", () => {
    void read(chosen.files?.[0]);
    chosen.value = "";
  });
  place.addEventListener("dragover", (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    place.classList.add("dropping");
  });
  place.addEventListener("dragleave", (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (!place.contains(to)) place.classList.remove("dropping");
  });
  place.addEventListener("drop", (event) => {
    place.classList.remove("dropping");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    void read(event.dataTransfer.files[0]);
  });
}
