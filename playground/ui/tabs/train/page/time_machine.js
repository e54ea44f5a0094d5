// @ts-check
// Scrubs through a run's rows of samples; at its right end it follows the newest.
import { latest } from "../../../page/kit/asker.js";
import { find, findAll, make } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, say, t } from "../../../page/kit/words.js";
import { clearOne, paintOne } from "./row_tiles.js";
import { ahead, nearest, rowsOf } from "./rows.js";

/** @typedef {import("./contracts.js").RowList} RowList */

const TILES = 8;
const [FASTEST, SLOWEST, WHOLE] = [60, 300, 6000]; // milliseconds of a row, and of all, when played
/** @type {RowList} */
const NONE = { run: "", steps: [], kept: [], ideal: false };

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount({ element, props, server, watch, signal }) {
  const scrub = find(element, ".scrub", HTMLInputElement);
  const [network, ideal] = [find(element, ".network"), find(element, ".ideal")];
  const when = find(element, ".when");
  const rows = rowsOf(server.row);
  let shown = NONE;
  let follows = true;
  let isFailed = false;
  let hasIdeal = false;
  let fetchesAhead = false;
  let timer = 0;
  for (const row of [network, ideal]) {
    row.append(...Array.from({ length: TILES }, () => make("canvas")));
  }
  const count = (/** @type {number} */ n) => n.toLocaleString("en");
  const at = () => /** @type {number | undefined} */ (shown.steps[+scrub.value]);
  const isNewest = () => +scrub.value === shown.steps.length - 1;
  const tiles = (/** @type {HTMLElement} */ row) => findAll(row, "canvas", HTMLCanvasElement);

  const ask = latest(
    (/** @type {number} */ step) => rows.fetched(step).catch(() => "failed"),
    (row, step, wasLast) => {
      if (at() === step) {
        isFailed = row === "failed";
        show();
      }
      if (wasLast && fetchesAhead) void fetchAhead();
    },
    signal,
  );

  function told() {
    const step = at();
    const text = step === undefined ? "" : t("step {step}", { step: count(step) });
    find(element, ".step").textContent = text;
    scrub.setAttribute("aria-valuetext", text);
    if (step === undefined) {
      when.textContent = t("– samples appear here a few seconds after training begins");
      find(element, ".opens").textContent = "";
      return;
    }
    const near = nearest(shown.kept, step);
    find(element, ".opens").textContent =
      near === null
        ? ""
        : t("The nearest model that is kept is of step {step}; the button opens it in Denoise.", {
            step: count(near),
          });
    const row = rows.known(step);
    if (row) {
      const newest = t("at step {step}, the newest", { step: count(step) });
      const place = isNewest() ? newest : t("at step {step}", { step: count(step) });
      when.textContent = [place, ...row.says.map(say)].join(" · ");
    } else if (isFailed) when.textContent = t("– this row cannot be had just now");
  }

  function show() {
    const step = at();
    told();
    if (step === undefined) return;
    scrub.dataset.step = `${step}`;
    const row = rows.known(step);
    if (!row) {
      if (!isFailed) ask(step);
      return;
    }
    tiles(network).forEach((tile, k) => paintOne(tile, row.image, k));
    element.dataset.shown = `${step}`;
  }

  async function fetchAhead() {
    fetchesAhead = true;
    const mine = shown.run;
    for (const step of ahead(shown.steps)) {
      if (signal.aborted || mine !== shown.run) return;
      const isWaiting = at() !== undefined && !rows.known(/** @type {number} */ (at()));
      if (isWaiting) return; // what is looked at comes first, and goes on with this then
      try {
        await rows.fetched(step);
      } catch {
        return;
      }
    }
  }

  async function showIdeal() {
    hasIdeal = true;
    const row = await rows.fetched("ideal").catch(() => (hasIdeal = false));
    if (typeof row === "object" && row) {
      tiles(ideal).forEach((tile, k) => paintOne(tile, row.image, k));
    }
  }

  function open() {
    clearInterval(timer);
    rows.open(shown.run);
    follows = true;
    hasIdeal = fetchesAhead = isFailed = false;
    for (const tile of [...tiles(network), ...tiles(ideal)]) clearOne(tile);
    delete scrub.dataset.step;
    delete element.dataset.shown;
  }

  function take() {
    const step = at();
    const before = shown;
    shown = props.rows ? JSON.parse(props.rows) : NONE;
    if (shown.run !== before.run || shown.steps[0] !== before.steps[0]) open();
    scrub.max = `${Math.max(0, shown.steps.length - 1)}`;
    scrub.disabled = shown.steps.length < 2;
    element.dataset.count = `${shown.steps.length}`;
    if (follows) scrub.value = scrub.max;
    else if (step !== undefined && shown.steps.includes(step)) {
      scrub.value = `${shown.steps.indexOf(step)}`;
    }
    isFailed = false;
    show();
    if (shown.ideal && !hasIdeal) void showIdeal();
  }

  function play() {
    clearInterval(timer);
    if (shown.steps.length < 2) return;
    follows = false;
    scrub.value = "0";
    show();
    void fetchAhead();
    const pace = Math.max(FASTEST, Math.min(SLOWEST, WHOLE / shown.steps.length));
    timer = window.setInterval(() => {
      if (element.dataset.shown !== `${at()}`) return; // its picture is on the way
      if (isNewest()) {
        clearInterval(timer);
        follows = true;
        return;
      }
      scrub.value = `${+scrub.value + 1}`;
      show();
    }, pace);
  }

  scrub.addEventListener("input", () => {
    clearInterval(timer);
    follows = isNewest();
    isFailed = false;
    show();
  });
  for (const kind of ["pointerenter", "focus"]) {
    scrub.addEventListener(kind, () => void (fetchesAhead || fetchAhead()));
  }
  find(element, ".play").addEventListener("click", play);
  signal.addEventListener("abort", () => clearInterval(timer));
  translateIn(element, signal);
  onLanguage(told, signal);
  watch("rows", take);
  take();
}
