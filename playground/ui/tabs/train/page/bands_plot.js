// @ts-check
// The loss by noise band over steps: pictures it trains on solid, held-out ones dashed.
import { figure } from "../../../page/chart/figure.js";
import { find } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { BAND_COLOURS } from "./bands.js";

/** @typedef {import("./contracts.js").BandLosses} BandLosses */

/** @type {BandLosses} */
const NONE = { run: "", bands: [], losses: [], says: [] };

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, watch, signal }) {
  const says = find(element, ".says");
  let shown = NONE;

  /** @param {number} band @param {boolean} isHeldOut */
  function trace(band, isHeldOut) {
    const losses = shown.losses.filter((one) => !isHeldOut || one.held_out);
    const { name, sigma } = shown.bands[band];
    const values = { band: say(name), sigma: sigma.toFixed(2) };
    const title = t("{band} (sigma {sigma})", values);
    const isFirst = isHeldOut && band === 0;
    return {
      type: "scatter",
      mode: losses.length < 2 ? "markers" : "lines",
      name: isFirst ? t("held-out pictures (dashed)") : say(name),
      // the dashed lines are switched together, by one entry of the legend
      legendgroup: isHeldOut ? "held-out" : `band ${band}`,
      showlegend: !isHeldOut || isFirst,
      x: losses.map((one) => one.step),
      y: losses.map((one) => (isHeldOut ? one.held_out : one.train)?.[band]),
      line: {
        color: BAND_COLOURS[band],
        dash: isHeldOut ? "dash" : "solid",
        width: isHeldOut ? 2 : 2.5,
      },
      hovertemplate: `${t("step {step}", { step: "%{x:,}" })}: %{y:.4f}<extra>${title}</extra>`,
    };
  }
  const plot = figure(
    find(element, ".plot"),
    () => {
      const places = shown.losses.length ? shown.bands.map((_, band) => band) : [];
      const hasHeldOut = shown.losses.some((one) => one.held_out);
      const solid = places.map((band) => trace(band, false));
      const dashed = hasHeldOut ? places.map((band) => trace(band, true)) : [];
      return {
        traces: [...solid, ...dashed],
        layout: {
          uirevision: shown.run,
          xaxis: { title: { text: t("step") }, rangemode: "tozero" },
          yaxis: { type: "log", title: { text: t("loss") } },
        },
      };
    },
    {
      signal,
      label: () => t("Loss by noise band over steps"),
      file: "loss-by-band",
      empty: () => t("It appears here a few seconds after training begins."),
    },
  );

  const tell = () => (says.textContent = shown.says.map(say).join(" "));
  function take() {
    shown = props.bands ? JSON.parse(props.bands) : NONE;
    element.dataset.lines = `${shown.losses.length}`;
    tell();
    plot.update();
  }
  translateIn(element, signal);
  onLanguage(tell, signal);
  watch("bands", take);
  take();
}
