// @ts-check
// The lab of the Noise tab: one picture, its noise and a schedule, looked at in several views.
import { find } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { analysis } from "./analysis.js";
import { labStore } from "./lab.js";
import { oneTimestep } from "./one_timestep.js";
import { sources } from "./sources.js";
import { terms } from "./terms.js";
import { views } from "./views.js";

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, server, watch, signal }) {
  const lab = labStore(signal);
  translateIn(element, signal);
  const one = oneTimestep(element, lab, server, signal);
  analysis(lab, signal);
  terms(find(element, ".lab"), JSON.parse(props.recipes), lab, one.slider, signal);
  const schedules = JSON.parse(props.schedules);
  const setting = { lab, server, schedules, signal };
  const shown = views(element, setting, { show: one.show }, keep);

  /** Keep the view and t as the part's value, for links to the page as it stands. */
  function keep() {
    props.value = JSON.stringify({ view: shown.name(), t: +one.time().toFixed(4) });
  }
  one.slider.addEventListener("change", keep);
  watch("given", () => {
    /** @type {import("./contracts.js").LabState} */
    const { view, t } = JSON.parse(props.given).state;
    one.place(t);
    shown.show(view);
  });
  sources({ props, server, watch }, lab);
}
