// @ts-check
// A race as it came so far: the frames of every lane, where each stands, and its words.
import { t } from "../../../page/kit/words.js";

/**
 * @typedef {import("./contracts.js").RaceNews} RaceNews
 * @typedef {import("./contracts.js").LaneFrame} LaneFrame
 * @typedef {import("./contracts.js").LaneStanding} LaneStanding
 * @typedef {import("./contracts.js").ReferenceStanding} ReferenceStanding
 *
 * @typedef {object} RaceRun
 * @property {string | null} run
 * @property {LaneStanding[]} lanes
 * @property {LaneFrame[][]} frames by lane
 * @property {(RaceNews & { halted?: boolean }) | null} last the newest news, without its frames
 */

/** @returns {RaceRun} one of which nothing has come yet */
export const nothing = () => ({ run: null, lanes: [], frames: [], last: null });

/**
 * Return the run with what is new of it; news of another run begin that one.
 * @param {RaceRun} before
 * @param {RaceNews} news
 * @param {boolean} halted Stop was pressed
 * @returns {RaceRun}
 */
export function grown(before, news, halted) {
  const frames = news.run === before.run ? before.frames : news.lanes.map(() => []);
  for (const frame of news.frames) {
    if (!frames[frame.lane].some((one) => one.index === frame.index)) {
      frames[frame.lane].push(frame);
    }
  }
  for (const lane of frames) lane.sort((a, b) => a.index - b.index); // an opening's came late
  return { run: news.run, lanes: news.lanes, frames, last: { ...news, frames: [], halted } };
}

/**
 * The share of their calls that all lanes have made.
 * @param {RaceRun} run
 */
export const reached = ({ frames }) =>
  Math.min(1, ...frames.map((lane) => lane.at(-1)?.share ?? 0));

/**
 * Return a lane's frame once it has made this share of its calls.
 * @param {RaceRun} run
 * @param {number} lane
 * @param {number} share
 */
export function frameAt({ frames }, lane, share) {
  const mine = frames[lane] ?? [];
  return mine.findLast((one) => one.share <= share + 1e-9) ?? mine[0];
}

/**
 * How far the lane is from the reference at this frame; null where that is not known.
 * @param {LaneStanding} lane
 * @param {LaneFrame} frame
 */
export const distanceAt = (lane, frame) =>
  frame.index === 0 ? null : (lane.points.findLast(([calls]) => calls <= frame.nfe)?.[1] ?? null);

/** Whether anything is still to come, as far as can be told. */
export function stands(/** @type {RaceRun} */ { last }) {
  if (!last) return { busy: false, done: "" };
  const whole = last.reference.final && last.lanes_done;
  return {
    busy: !(last.halted || whole || last.made),
    done: whole ? "all" : last.lanes_done ? "lanes" : "",
  };
}

/** @param {number} n */
export const told = (n) => n.toLocaleString("en");

/**
 * What the reference has cost so far, and what it will.
 * @param {ReferenceStanding} reference
 * @param {{ halted?: boolean, resting?: boolean }} how halted: Stop was pressed; resting: the race
 *   is one of which no more will come
 */
export function costOf(reference, { halted, resting }) {
  const calls = told(reference.calls);
  const rough = told(reference.rough);
  if (reference.final) return t("{n} calls", { n: calls });
  if (resting) return t("a rough one of {n} calls", { n: rough });
  if (!reference.done) {
    if (reference.known) return t("so far a rough one of {n} calls", { n: rough });
    return t("{n} calls, after the lanes", { n: calls });
  }
  const [done, total] = [told(reference.done), told(reference.total)];
  if (halted)
    return t("stopped at {done} of {total} calls; Race goes on from there", { done, total });
  const left = reference.left.toFixed(0);
  if (!reference.known) return t("{done} of {total} calls, {left} s left", { done, total, left });
  return t("so far a rough one of {rough} calls; {done} of {total} calls, {left} s left", {
    rough,
    done,
    total,
    left,
  });
}

/**
 * A distance as people read it; one to a rough reference is marked.
 * @param {number} distance
 * @param {boolean} isFinal
 */
export const distanceSaid = (distance, isFinal) =>
  (isFinal ? "" : "≈ ") + distance.toFixed(distance < 0.01 ? 4 : 3);

/** @param {LaneFrame} frame @param {LaneStanding} lane */
export const spentSaid = (frame, lane) => [
  t("{n} of {calls} calls, step {k} of {steps}", {
    n: told(frame.nfe),
    calls: told(lane.calls),
    k: frame.index,
    steps: frame.total,
  }),
  t("network {own} s, in all {all} s", {
    own: frame.network.toFixed(2),
    all: frame.seconds.toFixed(2),
  }),
];
