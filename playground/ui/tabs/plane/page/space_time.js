// @ts-check
// The plane over t in three dimensions, to be turned: the density at several t, the paths of
// samples through it, and where the slider is.
import { figure } from "../../../page/chart/figure.js";
import { find } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";
import { time, word } from "./state.js";

/**
 * The outline of the flat picture at a t.
 * @param {number} at
 * @param {[number, number]} range
 */
export function cut(at, [low, high]) {
  const y = [low, high, high, low, low];
  const z = [low, low, high, high, low];
  const line = { color: "#d55e00", width: 4 };
  const about = { mode: "lines", hoverinfo: "skip", showlegend: false };
  return { type: "scatter3d", x: y.map(() => at), y, z, line, ...about };
}

/** @param {import("./state.js").Scene} scene */
export function spaceTime({ element, store, signal }) {
  const node = find(element, ".space-time");
  const isShown = () => word(store.get(), "space") === "spacetime" && !store.get().beside;
  const plot = figure(
    node,
    () => {
      const about = store.get().made?.about.space_time;
      if (!about || !isShown()) return { traces: [], layout: { scene: {} } };
      const { traces, layout } = about;
      const { range } = layout.scene.yaxis;
      return { traces: [...traces, cut(time(store.get()), range)], layout };
    },
    {
      signal,
      label: () => t("The plane over t: the density and the paths of samples through it"),
      file: "plane-spacetime",
      empty: () => t("Train the network, or let the exact denoiser draw."),
    },
  );
  store.on(["made", "controls", "beside"], () => {
    const isNow = isShown();
    find(element, ".space-figure").hidden = !isNow;
    if (isNow) plot.update();
  });
}
