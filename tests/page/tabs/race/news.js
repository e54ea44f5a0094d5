// @ts-check
// News of races as Python sends them, small.

/** @typedef {import("../../../../playground/ui/tabs/race/page/contracts.js").RaceNews} RaceNews */

const sheet = { w: 1, h: 1, count: 1, x: btoa("\x00\x80\xff") };

/** @param {number} lane @param {number} index @param {number} total */
export const frame = (lane, index, total) => ({
  ...sheet,
  lane,
  index,
  total,
  share: index / total,
  nfe: index,
  seconds: 0.5 * index,
  network: 0.4 * index,
  x0: index ? sheet.x : "",
});

/** @param {Partial<RaceNews>} more @returns {RaceNews} */
export const news = (more = {}) => ({
  run: "a",
  frames: [frame(0, 0, 2), frame(1, 0, 4)],
  lanes: [
    { calls: 2, stochastic: false, points: [] },
    { calls: 4, stochastic: true, points: [] },
  ],
  lanes_done: false,
  reference: {
    done: 0,
    total: 1000,
    left: 0,
    known: false,
    final: false,
    calls: 1000,
    rough: 100,
    sheet: null,
  },
  apart: null,
  radii: { key: "80 on edm" },
  made: null,
  lineup: null,
  ...more,
});

/** All frames of both lanes, measured. */
export const finished = (more = {}) =>
  news({
    frames: [0, 1, 2].map((k) => frame(0, k, 2)).concat([0, 1, 2, 3, 4].map((k) => frame(1, k, 4))),
    lanes: [
      {
        calls: 2,
        stochastic: false,
        points: [
          [1, 0.5],
          [2, 0.005],
        ],
      },
      {
        calls: 4,
        stochastic: true,
        points: [
          [2, 0.4],
          [4, 0.25],
        ],
      },
    ],
    lanes_done: true,
    reference: { ...news().reference, known: true, final: true, sheet },
    ...more,
  });
