// @ts-check
// A folder, or very many files, as one zip, made here and handed to Gradio's file input: file by
// file, an upload would lose the names of folders, which are the classes, and the page list
// thousands.
import { find } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { zip } from "./zip.js";

/** @typedef {[path: string, file: File]} Given */

const KINDS = /\.(png|jpe?g|jfif|gif|webp|bmp|tiff?)$/i;
const MOST = 50000; // pictures
const LARGEST = 2 ** 31 - 1; // bytes
const MANY = 200; // files that are better sent as one

const count = (/** @type {number} */ number) => number.toLocaleString("en");

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : String(error));

/**
 * All files below what was dropped, with their paths.
 * @param {any} entry
 * @param {string} path
 * @param {Given[]} found
 */
async function walk(entry, path, found) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    found.push([path + entry.name, file]);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // a reader gives 100 at a time
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const one of some) {
      if (!one.name.startsWith(".")) await walk(one, `${path}${entry.name}/`, found);
    }
  }
}

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, signal }) {
  const folder = find(element, ".folder", HTMLInputElement);
  let telling = () => t("Folders inside it become classes.");
  /** @param {() => string} text */
  function say(text) {
    telling = text;
    find(element, ".said").textContent = text();
  }

  /**
   * Hand one zip of these to Gradio's file input, which is no part of ours.
   * @param {string} name
   * @param {Given[]} given
   */
  async function send(name, given) {
    const files = given.filter(([path]) => KINDS.test(path));
    const others = given.length - files.length;
    const size = files.reduce((sum, [, file]) => sum + file.size, 0);
    if (!files.length) return say(() => t("{name} holds no pictures.", { name }));
    if (files.length > MOST || size > LARGEST) {
      const most = count(MOST);
      return say(() =>
        t("{name} holds over 2 GB or {most} pictures; choose a part of it.", { name, most }),
      );
    }
    const all = count(files.length);
    const packing = (/** @type {number} */ done) =>
      say(() => t("Packing {done} of {all} …", { done: count(done), all }));
    try {
      const parts = await zip(files, packing);
      const input = document.querySelector(`#${props.target} input[type=file]`);
      if (!(input instanceof HTMLInputElement)) {
        return say(() => t("Remove the files above first, then choose the folder again."));
      }
      const made = new DataTransfer();
      made.items.add(new File(parts, `${name}.zip`, { type: "application/zip" }));
      input.files = made.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      const values = { name, all, others: count(others) };
      say(() =>
        others
          ? t("{name}: {all} pictures, {others} other files left out.", values)
          : t("{name}: {all} pictures.", values),
      );
    } catch (error) {
      const values = { name, why: reason(error) };
      say(() => t("{name} cannot be read ({why}); choose it again.", values));
    }
  }

  folder.addEventListener("change", async () => {
    const files = [...(folder.files ?? [])];
    if (files.length) {
      const name = files[0].webkitRelativePath.split("/")[0];
      await send(
        name,
        files.map((file) => [file.webkitRelativePath, file]),
      );
    }
    folder.value = "";
  });
  find(element, ".choose").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    folder.click();
  });

  /** A folder dropped on the file input, which would take it for an empty file. */
  async function dropped(/** @type {DragEvent} */ event) {
    const items = [...(event.dataTransfer?.items ?? [])];
    const entries = items.flatMap((item) => item.webkitGetAsEntry?.() ?? []);
    const first = entries.find((entry) => entry.isDirectory);
    if (!first && entries.length < MANY) return; // a few plain files are Gradio's
    event.preventDefault();
    event.stopPropagation();
    const name = first?.name ?? t("{count} files", { count: count(entries.length) });
    /** @type {Given[]} */
    const found = [];
    say(() => t("Looking at what was dropped …"));
    try {
      for (const entry of entries) await walk(entry, "", found);
      await send(name, found);
    } catch (error) {
      const values = { name, why: reason(error) };
      say(() => t("{name} cannot be read ({why}); choose it by the button.", values));
    }
  }
  const target = document.getElementById(props.target);
  target?.addEventListener("drop", dropped, { capture: true, signal });
  target?.addEventListener(
    "change",
    (event) => {
      const { files: given } = /** @type {HTMLInputElement} */ (event.target);
      const files = [...(given ?? [])];
      if (files.length < MANY) return;
      event.stopPropagation();
      const name = t("{count} files", { count: count(files.length) });
      void send(
        name,
        files.map((file) => [file.name, file]),
      );
    },
    { capture: true, signal },
  );
  translateIn(element, signal);
  onLanguage(() => say(telling), signal);
  say(telling);
}
