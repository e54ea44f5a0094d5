// @ts-check
// The page's language: chosen in the address, kept in this browser, told to the server by a cookie.
import { make } from "../../page/kit/dom.js";
import { besideTitle } from "../../page/kit/frame.js";
import { speak, t } from "../../page/kit/words.js";
import { speakForGradio } from "./gradio_words.js";

/**
 * @typedef {object} Language
 * @property {string} name in itself
 * @property {string} offer what the button that leads to it does
 * @property {string} said once it is there
 */

const PLACE = 4; // beside the title
const KEY = "language"; // in the browser's store, and of the cookie
const YEAR = 31_536_000; // seconds

/** @param {string[]} addresses of tables @returns {Promise<Record<string, string>>} all in one */
async function read(addresses) {
  const tables = addresses.map(async (one) => (await fetch(new URL(one, import.meta.url))).json());
  return Object.assign({}, ...(await Promise.all(tables)));
}

/** The language that the address asks for, else the one kept, else the browser's. */
function wanted() {
  let kept = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // a private window keeps nothing
  }
  const asked = new URLSearchParams(location.search).get("lang") ?? kept ?? navigator.language;
  return asked.startsWith("zh") ? "zh-Hans" : "en";
}

/**
 * Speak the language that is wanted, and offer the other.
 * @param {{ languages: Record<string, Language>, words: string[] }} about
 *   words: tables by their paths from here
 */
export async function start({ languages, words }) {
  const { signal } = new AbortController(); // as long as the page
  const title = document.title;
  const button = make("button", { id: "language", type: "button", translate: false });
  const said = make("span", { id: "language-said", translate: false });
  said.setAttribute("role", "status");
  /** @type {Record<string, string> | null} */
  let table = null;
  let now = "en";

  /** @param {string} language */
  async function change(language) {
    try {
      if (language !== "en") table ??= await read(words);
    } catch {
      return; // the server is gone: the page stays as it is
    }
    now = language;
    document.cookie = `${KEY}=${language}; path=/; max-age=${YEAR}; samesite=lax`;
    document.documentElement.lang = language;
    speak(language, language === "en" ? {} : (table ?? {}));
    document.title = t(title);
    const other = language === "en" ? "zh-Hans" : "en";
    const { name, offer } = languages[other];
    Object.assign(button, { textContent: name, title: offer, lang: other });
  }

  button.addEventListener("click", async () => {
    const other = now === "en" ? "zh-Hans" : "en";
    try {
      localStorage.setItem(KEY, other);
    } catch {
      // a private window keeps nothing
    }
    await change(other);
    Object.assign(said, { textContent: languages[other].said, lang: other });
  });
  besideTitle(button, PLACE, signal);
  besideTitle(said, PLACE, signal);
  speakForGradio(document.body, signal);
  await change(wanted());
}
