// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.train.messages; do not edit.

/** The loss of each update; points: step, loss, smoothed loss. */
export interface TrainingLoss {
  run: string;
  points: [number, number, number][];
}

/** A band of noise levels, and the sigma at which its loss is measured. */
export interface Band {
  name: import("../../../page/kit/words.js").Text;
  sigma: number;
}

/** The losses at one step, a number a band; held_out is null where no picture is. */
export interface BandLoss {
  step: number;
  train: number[];
  held_out: number[] | null;
}

/** The loss by noise band over steps, and what it says. */
export interface BandLosses {
  run: string;
  bands: Band[];
  losses: BandLoss[];
  says: import("../../../page/kit/words.js").Text[];
}

/** How often training draws which log-SNR, from +12 to -12; even: the same, even in angle. */
export interface LevelDraws {
  even: number[];
  density: number[];
  shares: number[];
  says: (import("../../../page/kit/words.js").Text | string)[];
}

/** One of the runs compared; points: step or seconds, smoothed loss; row: its newest samples. */
export interface ComparedRun {
  name: string;
  state: string;
  step: number;
  points: [number, number][];
  row: string;
  row_step: number;
}

/** Runs beside each other, over "steps" or "seconds". */
export interface Comparison {
  over: string;
  runs: ComparedRun[];
}

/** How near a sample is to a training picture, and that to its own nearest neighbour. */
export interface Verdict {
  distance: number;
  neighbour: number | null;
  copy: boolean | null;
}

/** Samples beside their nearest training pictures; shares: step, share of copies so far. */
export interface Copies {
  run: string;
  step: number;
  headline: import("../../../page/kit/words.js").Text;
  base: import("../../../page/kit/words.js").Text;
  warning: import("../../../page/kit/words.js").Text | null;
  rule: import("../../../page/kit/words.js").Text;
  matches: Verdict[];
  samples: string;
  nearest: string;
  shares: ([number, number | null])[];
}

/** The steps of a run's rows of samples and of its kept models. */
export interface RowList {
  run: string;
  steps: number[];
  kept: number[];
  ideal: boolean;
}

/** Which row of samples? step: a number, or "ideal". */
export interface RowQuestion {
  run: string;
  step: number | string;
}

/** Samples side by side as a PNG in base64, and what to say of them. */
export interface Row {
  png: string;
  says: import("../../../page/kit/words.js").Text[];
}

/** What a card tells of a run; began: seconds since 1970, 0 where unknown. */
export interface RunCard {
  name: string;
  state: string;
  message: import("../../../page/kit/words.js").Text;
  facts: import("../../../page/kit/words.js").Text[];
  began: number;
}
