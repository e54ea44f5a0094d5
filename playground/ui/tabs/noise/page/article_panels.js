// @ts-check
// The pictures of an article's claim: computed here, or asked of the server; each with its values'
// histogram where that says something.
import { BLUE, canvasPlot } from "../../../page/chart/canvas_plot.js";
import { find, make } from "../../../page/kit/dom.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { screen } from "./blend.js";
import { edges, histogram, spread } from "./distributions.js";
import { SMALL, show } from "./small_pictures.js";

/** @typedef {import("./distributions.js").Law & { ink: string, dash?: number[] }} Drawn */
/** @typedef {import("../../../page/kit/words.js").Value} Value */
/** @typedef {ReturnType<typeof articlePanel>} Panel */

/** The range that a histogram of this spread shows. @param {number} sd */
const spanOf = (sd) => Math.max(1.5, Math.ceil(3.4 * sd));

/** @param {AbortSignal} signal */
export function articlePanel(signal) {
  const figure = make("figure");
  figure.innerHTML = `<canvas class="shown" role="img"></canvas><img alt="">
    <figcaption></figcaption><div class="plot"><canvas class="counted" role="img"></canvas></div>`;
  const canvas = find(figure, ".shown", HTMLCanvasElement);
  const counted = find(figure, ".counted", HTMLCanvasElement);
  const image = find(figure, "img", HTMLImageElement);
  const caption = find(figure, "figcaption");
  const box = find(figure, ".plot");
  const shown = screen(canvas, SMALL);
  const plot = canvasPlot(counted, { x: [-4, 4], y: [0, 1] }, signal);
  /** @type {Value} */
  let said = "";

  /** @param {Value} text */
  function tell(text) {
    said = text;
    caption.textContent = image.alt = say(text);
    canvas.setAttribute("aria-label", say(text));
    counted.setAttribute("aria-label", t("Histogram of the values"));
  }
  onLanguage(() => tell(said), signal);

  return {
    figure,
    hasPlot: () => !box.hidden,
    clear() {
      tell("");
      image.removeAttribute("src");
    },
    /**
     * Show these values, and how they are distributed beside these laws.
     * @param {Float32Array} x
     * @param {Value} text
     * @param {Drawn[]} [laws]
     */
    show(x, text, laws) {
      figure.hidden = canvas.hidden = false;
      image.hidden = true;
      box.hidden = !laws;
      show(shown, x);
      tell(text);
      if (laws) values(x, laws);
    },
    /** A picture of the server's is asked for; the old one stays, faded, until it is there. */
    wait() {
      figure.hidden = image.hidden = false;
      canvas.hidden = box.hidden = true;
      image.classList.add("old");
      if (!said) tell("…");
    },
    tell,
    /** @param {string} picture an address @param {Value} text */
    take(picture, text) {
      image.src = picture;
      image.classList.remove("old");
      tell(text);
    },
  };

  /** @param {Float32Array} x @param {Drawn[]} laws */
  function values(x, laws) {
    const { mean, sd } = spread(x);
    const span = spanOf(sd);
    const { density } = histogram(x, -span, span);
    const heights = laws.flatMap((law) => [1.25 * law.density(mean), 1.25 * law.density(0)]);
    plot.change({
      x: [-span, span],
      y: [0, Math.max(...heights, 1.05 * Math.max(...density))],
    });
    const places = edges(-span, span).flatMap((v, i, all) =>
      i ? [(3 * all[i - 1] + v) / 4, (all[i - 1] + v) / 2, (all[i - 1] + 3 * v) / 4, v] : [v],
    );
    plot.draw(({ bars, curve }) => {
      bars(density, [-span, span], BLUE);
      for (const { density: height, ink, dash } of laws) {
        curve(
          places.map((v) => [v, height(v)]),
          ink,
          { dash },
        );
      }
    });
  }
}
