// @ts-check
// The article's claims, run on the lab's picture: what is shown of each, asked of the server, said.
import { GREEN, ORANGE } from "../../../page/chart/canvas_plot.js";
import { t } from "../../../page/kit/words.js";
import { SHRINKS, STEPS, WALK, codeForward, codeInverse, randomWalk } from "./article_formulas.js";
import { distances, gaussian, spread, uniform } from "./distributions.js";
import { readyIn } from "./lab.js";
import { levelAt } from "./levels.js";
import { VALUES, error, mixed, smallNoise, smallPicture } from "./small_pictures.js";
import { normalStream } from "./torch_noise.js";

export const BACK = 0.7; // t from which the ways back begin

/**
 * @typedef {import("../../../page/kit/words.js").Value} Value
 * @typedef {import("./article_panels.js").Drawn} Drawn
 * @typedef {{ x: Float32Array, caption: Value, laws?: Drawn[] }} Picture
 */
/**
 * What the server is asked for a panel, and what its answer is called there.
 * @typedef {object} Asked
 * @property {"reverse" | "one_pass"} what
 * @property {Record<string, any>} more
 * @property {number} panel
 * @property {(answer: any) => Value} caption
 */
/** @typedef {{ pictures: Picture[], asks: Asked[], said: string }} Outcome */
/** @typedef {NonNullable<ReturnType<typeof taken>>} Now */

/**
 * The lab's picture and noise at a quarter of their pixels; null until they are there.
 * @param {import("./lab.js").Lab} lab
 */
export function taken(lab) {
  const ready = readyIn(lab);
  const { scene } = lab.get();
  if (!ready || !scene) return null;
  const x0 = smallPicture(ready.source.x);
  const eps = smallNoise(ready.source.eps);
  return {
    scene,
    x0,
    eps,
    walked: randomWalk(x0, normalStream(ready.seed + 1)),
    level: (/** @type {number} */ time) => levelAt(ready.levels, time),
    /** @param {number} time t */
    noised(time) {
      const [alpha, sigma] = levelAt(ready.levels, time);
      return mixed(x0, eps, alpha, sigma);
    },
    /** @type {ReturnType<typeof import("./article_formulas.js").errorsOverSteps> | null} */
    errors: null,
    /** @type {number | null} the error of the field's way back, which the server computes */
    field: null,
  };
}

/** The error of plain grey. @param {Float32Array} x0 */
export const greyError = (x0) => error(new Float32Array(VALUES), x0);

/** @param {import("./distributions.js").Spread} about @returns {Drawn} */
const bellOf = (about) => ({ ...gaussian(about), ink: ORANGE });
/** @param {import("./distributions.js").Spread} about @returns {Drawn} */
const flatOf = (about) => ({ ...uniform(about), ink: GREEN, dash: [7, 4] });

/**
 * Run a claim with its slider at n.
 * @param {keyof typeof import("./article_claims.js").CLAIMS} name
 * @param {number} n
 * @param {Now} now
 * @returns {Outcome}
 */
export const run = (name, n, now) => ({ walk, end, code, once })[name](n, now);

/** @param {number} n @param {Now} now @returns {Outcome} */
function walk(n, { walked, noised, level, scene }) {
  const [alpha, sigma] = level(n / STEPS);
  const steps = walked(n);
  const field = noised(n / STEPS);
  const title = scene.schedule.title;
  const [one, other] = [spread(steps), spread(field)];
  const about = { n, sigma: (WALK * Math.sqrt(n)).toFixed(2) };
  const here = { title, alpha: alpha.toFixed(2), sigma: sigma.toFixed(2) };
  return {
    pictures: [
      {
        x: steps,
        caption: { key: "the article: {n} steps, alpha 1, sigma {sigma}", values: about },
        laws: [bellOf(one)],
      },
      {
        x: field,
        caption: { key: "{title}: alpha {alpha}, sigma {sigma}", values: here },
        laws: [bellOf(other)],
      },
    ],
    asks: [],
    said: t(
      "After {n} steps the walk's values have a standard deviation of <b>{sd}</b>, and it goes " +
        "on growing; {title} has <b>{other}</b>. A network fed with the walk has to be told to " +
        "divide by it.",
      { n, sd: one.sd.toFixed(2), title, other: other.sd.toFixed(2) },
    ),
  };
}

/** @param {number} n @param {Now} now @returns {Outcome} */
function end(n, { walked, noised, scene }) {
  /** @type {{ x: Float32Array, name: Value }[]} */
  const both = [
    { x: walked(n), name: { key: "the article's walk" } },
    { x: noised(n / STEPS), name: scene.schedule.title },
  ];
  const found = both.map(({ x, name }) => {
    const about = spread(x);
    const laws = [bellOf(about), flatOf(about)];
    const values = { name, n, of: STEPS };
    const caption = { key: "{name} after {n} of {of} steps", values };
    return { x, caption, laws, name, ...distances(x, about) };
  });
  const [one, other] = found.map(({ name, bell, flat }) =>
    t("{name}: <b>{bell}%</b> from a Gaussian, <b>{flat}%</b> from a uniform distribution", {
      name,
      bell: (100 * bell).toFixed(1),
      flat: (100 * flat).toFixed(1),
    }),
  );
  const holds = found.every(({ bell, flat }) => bell < flat)
    ? t("Gaussian, not uniform.")
    : t("Not yet at the end: the picture's own values show.");
  return {
    pictures: found,
    asks: [],
    said: t("{one}; {other} (largest gap of cumulative shares, same mean and spread). {holds}", {
      one,
      other,
      holds,
    }),
  };
}

/** @param {number} n @param {Now} now @returns {Outcome} */
function code(n, { x0, eps, noised }) {
  const forward = codeForward(x0, eps, n);
  const back = codeInverse(forward, n);
  const x = noised(BACK);
  const shrunk = codeInverse(x, n);
  const off = (/** @type {Float32Array} */ y) => error(y, x0).toFixed(0);
  /** @param {Float32Array} y @param {string} key @param {Record<string, Value>} values */
  const picture = (y, key, values) => ({ x: y, caption: { key, values } });
  return {
    pictures: [
      picture(forward, "its forward, {n} times", { n }),
      picture(back, "its inverse of that: error {error} of 255", { error: off(back) }),
      picture(x, "the field's x, t = {t}: error {error}", { t: BACK, error: off(x) }),
      picture(shrunk, "its inverse of that: error {error}", { error: off(shrunk) }),
    ],
    asks: [
      {
        what: "reverse",
        more: { t: BACK },
        panel: 4,
        caption: (/** @type {import("./contracts.js").Reversed} */ answer) => ({
          key: "the field's reverse: error {error}",
          values: { error: answer.error.toFixed(1) },
        }),
      },
    ],
    said: t(
      "Each inverse step multiplies everything by {factor}, noise and picture alike: it ends in " +
        "plain grey, whose error is <b>{grey}</b> of 255. Its forward makes the picture itself " +
        "stronger: by 1.316 at first, and by more each time, always with the same noise.",
      { factor: SHRINKS.toFixed(3), grey: greyError(x0).toFixed(0) },
    ),
  };
}

/** @param {number} n @param {Now} now @returns {Outcome} */
function once(n, { eps, scene }) {
  /** @param {number} calls @param {number} panel @returns {Asked} */
  const drawn = (calls, panel) => ({
    what: "one_pass",
    more: { calls, by: scene.by },
    panel,
    caption: (/** @type {import("./contracts.js").Drawn} */ answer) => answer.caption,
  });
  return {
    pictures: [{ x: eps, caption: { key: "pure noise" } }],
    asks: [drawn(1, 1), drawn(n, 2)],
    said:
      n === 1
        ? t(
            "One pass gives the mean of everything the model knows. Ask more often: drag the " +
              "slider.",
          )
        : t(
            "The same noise, {n} calls: every call may choose a little more of what the picture " +
              "shall be.",
            { n },
          ),
  };
}
