// @ts-check
// The film, the table, the page over t and the network, to keep.
import { find, findAll, make } from "../../../page/kit/dom.js";
import { pageColour } from "../../../page/kit/looks.js";
import { say as sayText, t } from "../../../page/kit/words.js";
import { octets } from "./arrays.js";
import { levelAt, levelText } from "./levels.js";
import { word } from "./state.js";

/** @typedef {import("./pictures.js").Drawing} Drawing */

const FILM = { wide: 1280, gap: 14, head: 82, foot: 42 }; // pixels
/** @type {Record<string, { side: number, count: number }>} pixels at most; pictures */
const KINDS = { gif: { side: 380, count: 48 }, mp4: { side: 480, count: 72 } };

/**
 * @param {import("./state.js").Scene} scene
 * @param {ReturnType<typeof import("./asking.js").asking>} asking
 * @param {{ drawings: () => Drawing[], pause: () => Promise<void> }} doing
 */
export function films({ element, store }, { ask, say, isPending }, { drawings, pause }) {
  /**
   * What the page shows at t, with its captions, as one canvas.
   * @param {number} at
   * @param {Drawing[]} shown
   * @param {number} side
   */
  function sheetOf(at, shown, side) {
    const { gap, head, foot } = FILM;
    const width = shown.length * (side + gap) + gap;
    const sheet = make("canvas", { width, height: head + side + foot });
    const g = sheet.getContext("2d");
    const { levels } = store.get();
    if (!g || !levels) return sheet;
    const { fontFamily, color } = getComputedStyle(find(element, ".plane"));
    g.fillStyle = pageColour(element);
    g.fillRect(0, 0, width, sheet.height);
    for (const [i, picture] of shown.entries()) {
      const left = gap + i * (side + gap);
      const canvas = make("canvas", { width: side, height: side });
      picture.draw(canvas, at);
      g.drawImage(canvas, left, head);
      g.strokeStyle = "rgba(128,128,128,.4)";
      g.lineWidth = 1;
      g.strokeRect(left + 0.5, head + 0.5, side - 1, side - 1);
      g.fillStyle = color;
      g.font = `bold 20px ${fontFamily}`;
      g.fillText(picture.name, left, 28, side);
      g.font = `14px ${fontFamily}`;
      const parts = picture.about.split(" · ");
      const fits = (/** @type {number} */ k) =>
        g.measureText(parts.slice(0, k + 1).join(" · ")).width < side;
      const first = parts.filter((_, k) => fits(k)).length || 1;
      for (const [row, line] of [parts.slice(0, first), parts.slice(first)].entries()) {
        g.fillText(line.join(" · "), left, 50 + 20 * row, side);
      }
    }
    const chosen = ["cloud", "schedule", "sampler", "steps"].map((name) => {
      const select = find(element, `.control.${name}`, HTMLSelectElement);
      return select.selectedOptions[0]?.textContent ?? "";
    });
    const about = [...chosen.slice(0, 3), t("{steps} steps", { steps: chosen[3] })].join(" · ");
    g.font = `16px ${fontFamily}`;
    const low = head + side + 27;
    g.fillText(`t ${levelText(at, levelAt(at, levels))}`, gap, low, width / 2);
    g.textAlign = "right";
    g.fillText(about, width - gap, low, width / 2 - gap);
    return sheet;
  }

  /** @param {string} kind */
  async function film(kind) {
    const { side, count } = KINDS[kind];
    const shown = drawings();
    const wide = Math.min(side, Math.floor(FILM.wide / shown.length) & ~1);
    const drawn = [];
    for (let i = 0; i < count; i++) {
      drawn.push(sheetOf(1 - i / (count - 1), shown, wide).toDataURL("image/webp", 0.92));
      if (i % 8 !== 7) continue;
      say(t("Drawing the film: {k} of {n}", { k: i + 1, n: count }));
      await new Promise((done) => setTimeout(done));
    }
    return drawn;
  }

  /** @param {string} kind */
  async function save(kind) {
    await pause();
    // until the page shows what is chosen
    while (isPending()) await new Promise((done) => setTimeout(done, 50));
    const { beside, made } = store.get();
    if (beside ? beside.some((one) => !one.paths) : !made) {
      const nothing = t(
        "There is nothing to save yet: press Train, or let the exact denoiser draw.",
      );
      say(nothing, true);
      return;
    }
    const pictures = kind in KINDS ? { pictures: await film(kind) } : {};
    const answer = await ask("save", { as: kind, ...pictures });
    if (!answer) return;
    say(sayText(answer.said));
    const href = URL.createObjectURL(new Blob([octets(answer.data)]));
    make("a", { href, download: answer.name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  }

  for (const button of findAll(element, ".save", HTMLButtonElement)) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await save(button.dataset.as ?? "gif");
      } finally {
        button.disabled = false;
      }
    });
  }
  find(element, ".keep").addEventListener("click", async () => {
    const answer = await ask("keep", { name: word(store.get(), "cloud") });
    const { cloud } = store.get();
    if (!answer || !cloud) return;
    store.set({ cloud: { ...cloud, about: { ...cloud.about, models: answer.models } } });
    const key = 'Kept as {name}: choose it under "Drawn by", or playground sample {name}.';
    say(t(key, { name: answer.kept }));
    element.dataset.kept = answer.kept;
  });
}
