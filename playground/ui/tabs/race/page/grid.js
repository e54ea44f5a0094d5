// @ts-check
// A grid of settings: axes are chosen, cells fill in.
import { find } from "../../../page/kit/dom.js";
import { whenLooksChange } from "../../../page/kit/looks.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { gridAxes } from "./grid_axes.js";
import { gridCells } from "./grid_cells.js";
import { whenHalted } from "./halting.js";
import { told } from "./race_run.js";

/** @typedef {import("./contracts.js").GridNews} GridNews */

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount(host) {
  const { element, props, watch, signal } = host;
  const status = find(element, ".status");
  const cells = gridCells(element);
  const axes = gridAxes(host, foresee);
  /** @type {GridNews | null} */
  let last = null;

  function foresee() {
    const n = axes.count();
    const most = +props.most;
    const isPossible = n > 0 && n <= most;
    if (!last) cells.foresee(isPossible ? [axes.called("rows"), axes.called("columns")] : null);
    status.classList.toggle("bad", !isPossible);
    if (!n) status.textContent = t("Choose at least one value of each axis.");
    else if (n > most) {
      status.textContent = t("{n} cells: at most {most} can be filled in.", { n, most });
    } else {
      status.textContent = t(
        "{n} cells of at most {most}. All start from the same noise where the seed is the same.",
        { n, most },
      );
    }
  }

  /** @param {GridNews} news */
  function progress({ cells: made, total, reference, done }) {
    const isMeasured = made.some((one) => one.distance !== null);
    if (done && isMeasured) {
      return t(
        "{n} cells. Under each: calls, and distance to the reference; fresh noise ends elsewhere.",
        { n: total },
      );
    }
    if (done) return t("{n} cells. Under each: network calls.", { n: total });
    if (!reference) return t("{n} of {total} cells.", { n: made.length, total });
    return t("Computing what the cells are held against: {done} of {total} calls, {left} s left.", {
      done: told(reference.done),
      total: told(reference.total),
      left: reference.left.toFixed(0),
    });
  }

  function take() {
    if (!props.filled) return;
    const message = JSON.parse(props.filled);
    if (message.waiting !== undefined) {
      if (message.waiting) status.textContent = say(message.waiting);
      return;
    }
    /** @type {GridNews} */
    const news = message;
    if (news.run !== last?.run) cells.begin(news);
    last = news;
    cells.show(news);
    status.classList.remove("bad");
    status.textContent = progress(news);
    element.dataset.cells = `${news.cells.length}`;
    element.dataset.done = news.done ? news.run : "";
    element.dataset.busy = news.done ? "" : "yes";
  }

  whenHalted(
    "grid",
    () => {
      element.dataset.busy = "";
      if (!last || element.dataset.done) return;
      const [n, total] = [last.cells.length, last.total];
      status.textContent = t("Stopped: {n} of {total} cells.", { n, total });
    },
    signal,
  );
  translateIn(element, signal);
  onLanguage(axes.draw, signal);
  axes.draw();
  watch("filled", take);
  watch("classes", axes.classes);
  watch("given", () => axes.set(JSON.parse(props.given).state)); // a link was followed
  take();
  whenLooksChange(element, () => void (!last && foresee()), signal); // as large as there is room
}
