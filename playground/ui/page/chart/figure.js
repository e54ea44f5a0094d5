// @ts-check
// Every plot that people read: a Plotly figure with hover, zoom, a legend that switches series,
// SVG and PNG to take away, in the page's colours and language. One node, drawn anew by `react`.
import { isSeen } from "../kit/dom.js";
import { whenInkChanges } from "../kit/looks.js";
import { spoken, t } from "../kit/words.js";
import { paced } from "./paced.js";
import { plotly } from "./plotly.js";
import { themed } from "./theme.js";

const REST = 250; // milliseconds between two drawings: four a second while something trains

/**
 * @typedef {object} Drawn
 * @property {Record<string, any>[]} traces as Plotly takes them; none: nothing to show yet
 * @property {Record<string, any>} [layout]
 *
 * @typedef {object} About
 * @property {AbortSignal} signal
 * @property {() => string} label what a person who cannot see it is told
 * @property {string} [file] name of the picture that is taken away
 * @property {() => string} [empty] what stands there while there is nothing to show
 *
 * @typedef {object} Figure
 * @property {() => void} update draw anew, soon; cheap to call often
 * @property {(x: number | null) => void} cursor a line at this x that costs no drawing
 * @property {(event: string, heard: (detail: any) => void) => void} on Plotly's own events
 */

/**
 * Keep a figure in this node. `describe` is called whenever it is drawn, so that its texts are in
 * the page's language.
 * @param {HTMLElement} node
 * @param {() => Drawn} describe
 * @param {About} about
 * @returns {Figure}
 */
export function figure(node, describe, { signal, label, file = "plot", empty }) {
  const area = document.createElement("div");
  const line = document.createElement("div");
  const note = document.createElement("p");
  area.className = "figure-area";
  line.className = "figure-cursor";
  note.className = "figure-note";
  line.hidden = true;
  node.classList.add("figure");
  node.replaceChildren(area, line, note);
  node.setAttribute("role", "figure");
  /** @type {any} */
  const plot = area; // Plotly adds its own properties
  /** @type {[string, (detail: any) => void][]} */
  const heard = [];
  let isDrawing = false;
  let isStale = false;
  let isDrawn = false;
  /** @type {number | null} */
  let at = null;

  async function draw() {
    isStale = isDrawing || !isSeen(node);
    if (isStale || signal.aborted) return;
    const { traces, layout = {} } = describe();
    node.setAttribute("aria-label", label());
    note.textContent = traces.length ? "" : (empty?.() ?? "");
    area.hidden = !traces.length;
    if (!traces.length) return;
    isDrawing = true;
    try {
      const library = await plotly();
      if (signal.aborted) return;
      const three = layout.scene !== undefined;
      await library.react(plot, traces, themed(node, layout), settings(library, file, three));
      if (!isDrawn) for (const [event, then] of heard) plot.on(event, then);
      isDrawn = true;
      node.dataset.drawn = `${+(node.dataset.drawn ?? 0) + 1}`;
      move();
    } catch (error) {
      note.textContent = t("The plot could not be drawn; reload the page.");
      console.error(error);
    } finally {
      isDrawing = false;
    }
    if (isStale) update();
  }
  const update = paced(draw, REST, signal);

  function move() {
    const layout = plot._fullLayout;
    line.hidden = at === null || !layout?.xaxis || area.hidden;
    if (line.hidden) return;
    const { l, t: top, b } = layout._size;
    const x = layout.xaxis.l2p(layout.xaxis.d2l(at));
    line.hidden = x < 0 || x > layout.xaxis._length;
    line.style.transform = `translateX(${l + x}px)`;
    line.style.top = `${top}px`;
    line.style.bottom = `${b}px`;
  }

  const size = () => {
    if (isStale || !isDrawn) update();
    else if (isSeen(node)) plotly().then((library) => library.Plots.resize(plot).then(move));
  };
  const seen = new ResizeObserver(size);
  seen.observe(node);
  whenInkChanges(update, signal);
  signal.addEventListener("abort", () => {
    seen.disconnect();
    if (isDrawn) plotly().then((library) => library.purge(plot));
  });
  update();
  return {
    update,
    cursor(x) {
      at = x;
      move();
    },
    on(event, then) {
      heard.push([event, then]);
      if (isDrawn) plot.on(event, then);
    },
  };
}

/** Plotly's own words, as far as its buttons here say any. */
const dictionary = () => ({
  Zoom: t("Zoom"),
  Pan: t("Pan"),
  "Reset axes": t("Reset axes"),
  "Turntable rotation": t("Turntable rotation"),
  "Reset camera to default": t("Reset camera to default"),
  "Double-click to zoom back out": t("Double-click to zoom back out"),
});

/**
 * @param {any} library
 * @param {string} file
 * @param {boolean} three
 */
function settings(library, file, three) {
  const taken = (/** @type {string} */ format) => ({
    name: `take-${format}`,
    title: t("Take it away as {format}", { format: format.toUpperCase() }),
    icon: library.Icons.camera,
    click: (/** @type {any} */ plot) =>
      library.downloadImage(plot, { format, filename: file, scale: format === "png" ? 2 : 1 }),
  });
  // no format: one without separators would take those of English away
  library.register({ moduleType: "locale", name: spoken(), dictionary: dictionary() });
  const moves = three
    ? ["tableRotation", "zoom3d", "resetCameraDefault3d"]
    : ["zoom2d", "pan2d", "resetScale2d"];
  return {
    locale: spoken(),
    displaylogo: false,
    responsive: false, // size is followed here
    modeBarButtons: [[taken("png"), taken("svg")], moves],
    doubleClick: "reset",
  };
}
