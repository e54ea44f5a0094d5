// @ts-check
// The pictures of the plane at one t: the cloud as noise dissolves it, and the samples, one picture
// or several side by side. What follows the finger asks nothing.
import { find, findAll, isSeen, make } from "../../../page/kit/dom.js";
import { pageColour, whenLooksChange } from "../../../page/kit/looks.js";
import { t } from "../../../page/kit/words.js";
import { board, dots, heat, note } from "./board.js";
import { errorAt } from "./fields.js";
import { drawDecoded, nameDigits, rings } from "./latent.js";
import { angleOf, EASE, levelAt, levelText, radiusOf, REACH, scaleOf } from "./levels.js";
import { drawField, drawPaths } from "./paths_picture.js";
import { drawer } from "./sampling.js";
import { MOST_POINTS, time, word } from "./state.js";

/**
 * @typedef {object} Drawing one picture, by name and how it is drawn
 * @property {string} name
 * @property {string} about
 * @property {HTMLCanvasElement} canvas
 * @property {(canvas: HTMLCanvasElement, t: number) => void} draw
 * @typedef {{ u: ArrayLike<number>, count: number, scale: number, radius: number }} Shown
 */

/** @param {import("./contracts.js").PathMessage} about */
export function aboutPaths({ distance, floor, nfe, longer }) {
  const over = distance / floor;
  const values = { distance: distance.toFixed(3), floor: floor.toFixed(3), over: over.toFixed(2) };
  return [
    over < 1.1
      ? t("distance {distance}, at the floor {floor}", values)
      : t("distance {distance}, {over} × the floor {floor}", values),
    nfe === 1 ? t("1 call") : t("{nfe} calls", { nfe }),
    t("paths {longer} × straight", { longer: longer.toFixed(2) }),
  ].join(" · ");
}

/** @param {import("./state.js").Scene} scene */
export function pictures({ element, store, signal }) {
  const canvas = (/** @type {string} */ name) => find(element, `canvas.${name}`, HTMLCanvasElement);
  const [truth, made, decoded] = ["truth", "made", "decoded"].map(canvas);
  const boards = find(element, ".boards");
  const text = (/** @type {string} */ name) => find(element, name);
  /** @type {Record<string, Shown>} what each picture shows, to be pointed at */
  const seen = {};
  let u = new Float32Array(2 * MOST_POINTS);
  let frame = 0;

  /** @param {HTMLCanvasElement} on @param {number} at */
  function drawTruth(on, at) {
    const state = store.get();
    const b = board(on, REACH);
    const { cloud, levels } = state;
    if (!b || !cloud || !levels) return;
    if (state.painting) {
      const places = state.dots.flatMap(([x, y]) => [x, y]);
      dots(
        b,
        places,
        state.dots.length,
        1,
        state.dots.map(([, , colour]) => colour),
        3,
      );
      return;
    }
    const level = levelAt(at, levels);
    const phi = angleOf(level);
    const scale = scaleOf(level);
    if (word(state, "heat") !== "none") heat(b, cloud.density, phi, scale);
    const { count } = cloud.about;
    const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
    if (u.length < 2 * count) u = new Float32Array(2 * count);
    for (let i = 0; i < 2 * count; i++) u[i] = cos * cloud.x0[i] + sin * cloud.eps[i];
    seen.truth = { u, count, scale, radius: radiusOf(level) };
    dots(b, u, count, scale, cloud.labels, 2, 0.75);
    nameDigits(b, cloud, cos * scale, pageColour(element));
    drawField(b, state, cloud.field, phi, scale);
  }

  /** @param {HTMLCanvasElement} on @param {number} at */
  function drawMade(on, at) {
    const state = store.get();
    const b = board(on, REACH);
    if (!b || !state.levels) return;
    const level = levelAt(at, state.levels);
    const phi = angleOf(level);
    const scale = scaleOf(level);
    const spots = drawPaths(b, state, state.made, phi, scale);
    if (on.isConnected) missed(state.made?.field, phi);
    if (!spots) return;
    seen.made = { u: spots, count: spots.length / 2, scale, radius: radiusOf(level) };
    rings(b, state, spots, scale);
  }

  /** @param {import("./state.js").Field | undefined} field @param {number} phi */
  function missed(field, phi) {
    const state = store.get();
    const isShown = word(state, "heat") === "error" || word(state, "arrows") !== "none";
    const error = isShown && field?.errors ? errorAt(field, phi).toFixed(3) : "";
    const key = "the guess of x0 misses the exact one by {error} at this level";
    text(".made-field").textContent = error && t(key, { error });
  }

  /** @returns {Drawing[]} */
  function drawings() {
    const { beside } = store.get();
    const named = (/** @type {string} */ of) => text(`.${of}-title`).textContent ?? "";
    const about = (/** @type {string} */ of) => text(`.${of}-about`).textContent ?? "";
    const one = { name: named("made"), about: about("made"), canvas: made, draw: drawMade };
    const others = beside?.map((picture, i) => ({
      name: picture.name,
      about: picture.paths ? aboutPaths(picture.paths.about) : "",
      canvas: findAll(boards, ".one canvas", HTMLCanvasElement)[i],
      draw: (/** @type {HTMLCanvasElement} */ on, /** @type {number} */ at) => drawOther(i, on, at),
    }));
    const first = { name: named("truth"), about: about("truth"), canvas: truth, draw: drawTruth };
    return [first, ...(others ?? [one])];
  }

  /** @param {number} i @param {HTMLCanvasElement} on @param {number} at */
  function drawOther(i, on, at) {
    const state = store.get();
    const picture = state.beside?.[i];
    const levels = picture?.levels ?? state.levels;
    const b = on && board(on, REACH);
    if (!b || !levels || !picture) return;
    const level = levelAt(at, levels);
    if (picture.paths) drawPaths(b, state, picture.paths, angleOf(level), scaleOf(level));
    else note(b, "…");
  }

  /** Lay a figure for each of those side by side. */
  function lay() {
    const { beside } = store.get();
    const isSpace = word(store.get(), "space") === "spacetime" && !beside;
    findAll(boards, ".one").forEach((old) => old.remove());
    for (const name of [".made-figure", ".side"]) find(boards, name).hidden = Boolean(beside);
    boards.classList.toggle("many", Boolean(beside));
    boards.classList.toggle("over-time", isSpace);
    boards.style.setProperty("--many", `${(beside?.length ?? 0) + 1}`);
    for (const { name } of beside ?? []) {
      const on = make("canvas");
      on.setAttribute("role", "img");
      on.setAttribute("aria-label", name);
      const caption = make("figcaption", {}, make("b", { textContent: name }), make("span"));
      boards.insertBefore(make("figure", { className: "one" }, on, caption), find(boards, ".side"));
    }
    caption();
  }

  function caption() {
    const { beside, made: paths, cloud } = store.get();
    const captions = findAll(boards, ".one figcaption span");
    beside?.forEach((picture, i) => {
      captions[i].textContent = picture.paths ? aboutPaths(picture.paths.about) : "";
    });
    const { trained_on: learned, held_out: held } = cloud?.about ?? { trained_on: 0, held_out: 0 };
    const counts = { learned: learned.toLocaleString("en"), held: held.toLocaleString("en") };
    const key = "{learned} points to learn from, {held} held out";
    text(".truth-about").textContent = cloud ? t(key, counts) : "";
    const who = paths?.who ?? word(store.get(), "who");
    text(".made-title").textContent = t("{who}, from noise", { who: drawer(who) });
    text(".made-about").textContent = paths ? aboutPaths(paths.about) : "";
    if (cloud) element.dataset.cloud = cloud.about.name;
    if (paths) element.dataset.distance = `${paths.about.distance}`;
    if (paths) element.dataset.floor = `${paths.about.floor}`;
    element.dataset.beside = `${beside?.filter((picture) => picture.paths).length ?? 0}`;
    boards.classList.toggle("latent", Boolean(cloud?.decoder));
    decoded.hidden = !cloud?.decoder;
  }

  function draw() {
    frame = 0;
    const { cloud, levels, made: paths, beside } = store.get();
    if (!cloud || !levels || !isSeen(element) || signal.aborted) return;
    const at = time(store.get());
    for (const one of drawings()) one.draw(one.canvas, at);
    const level = levelAt(at, levels);
    if (!beside) drawDecoded(decoded, store.get(), angleOf(level));
    text(".level").textContent = levelText(at, level);
    element.dataset.drawn = `${+(element.dataset.drawn ?? 0) + 1}`;
    const newest = Math.max(paths?.at ?? 0, ...(beside ?? []).map((one) => one.paths?.at ?? 0));
    if (performance.now() - newest < EASE) again();
  }
  function again() {
    if (!frame) frame = requestAnimationFrame(draw);
  }

  for (const name of ["truth", "made"]) {
    const on = canvas(name);
    const nearest = (/** @type {PointerEvent} */ event) => {
      const { cloud, painting } = store.get();
      const shown = seen[name];
      if (!cloud?.decoder || !shown || painting) return null;
      const box = on.getBoundingClientRect();
      const place = (/** @type {number} */ part) => (REACH * (2 * part - 1)) / shown.scale;
      const x = place((event.clientX - box.left) / box.width);
      const y = -place((event.clientY - box.top) / box.height);
      let best = 0;
      let far = Infinity;
      for (let i = 0; i < shown.count; i++) {
        const away = (shown.u[2 * i] - x) ** 2 + (shown.u[2 * i + 1] - y) ** 2;
        if (away < far) [far, best] = [away, i];
      }
      const [px, py] = [shown.u[2 * best], shown.u[2 * best + 1]];
      store.set({ pointed: [px * shown.radius, py * shown.radius] });
      return best;
    };
    on.addEventListener("pointermove", nearest);
    on.addEventListener("pointerdown", (event) => {
      const best = nearest(event);
      if (best === null || name !== "made") return;
      const others = store.get().picks.filter((i) => i !== best);
      store.set({ picks: [best, ...others].slice(0, 3) });
    });
  }

  let laid = "";
  store.on(["beside", "controls"], (state) => {
    const named = JSON.stringify([state.beside?.map(({ name }) => name), word(state, "space")]);
    if (named === laid) return;
    laid = named;
    lay();
  });
  store.on(["beside", "made", "cloud"], caption);
  store.on(["busy"], ({ busy }) => boards.classList.toggle("busy", busy));
  store.on(["controls", "cloud", "made", "beside", "dots", "painting", "picks", "pointed"], again);
  whenLooksChange(element, again, signal);
  whenLooksChange(element, caption, signal);
  signal.addEventListener("abort", () => cancelAnimationFrame(frame));
  return { drawings, again };
}
