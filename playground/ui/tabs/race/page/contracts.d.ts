// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.race.messages; do not edit.

/** Pictures one below the other; x is their RGB in base64, h the height of all together. */
export interface Sheet {
  w: number;
  h: number;
  count: number;
  x: string;
}

/** One step of one lane. x0: the sheet of the guess, empty where there is none yet. */
export interface LaneFrame {
  w: number;
  h: number;
  count: number;
  x: string;
  lane: number;
  index: number;
  total: number;
  share: number;
  nfe: number;
  seconds: number;
  network: number;
  x0: string;
}

/** A lane so far. points: (network calls, distance to the reference). */
export interface LaneStanding {
  calls: number;
  stochastic: boolean;
  points: [number, number][];
}

/** How far the reference is. calls: of the fine one, rough: of the rough one; left: seconds. */
export interface ReferenceStanding {
  done: number;
  total: number;
  left: number;
  known: boolean;
  final: boolean;
  calls: number;
  rough: number;
  sheet: Sheet | null;
}

/** What is new of a race. apart: between two of its pictures, at the reference. */
export interface RaceNews {
  run: string;
  frames: LaneFrame[];
  lanes: LaneStanding[];
  lanes_done: boolean;
  reference: ReferenceStanding;
  apart: number | null;
  radii: import("../../../page/kit/words.js").Text;
  made: import("../../../page/kit/words.js").Text | null;
  lineup: string | null;
}

/** What a lane will do. by_hand: its steps were given, not computed. */
export interface LanePlan {
  steps: number;
  calls: number;
  stochastic: boolean;
  by_hand: boolean;
}

/** What all lanes will do, or why they cannot be run. */
export interface Plan {
  lanes: LanePlan[];
  error: string;
}

/** What changes along an axis, and its values as people call them. */
export interface GridAxis {
  title: string;
  labels: string[];
}

/** The cell that is being filled in, and the share of its steps that is made. */
export interface CellNow {
  row: number;
  column: number;
  share: number;
}

/** How far what the cells are held against is. left: seconds. */
export interface GridProgress {
  done: number;
  total: number;
  left: number;
}

/** What is new of a grid: pictures of the cells from `first` on, and facts of all so far. */
export interface GridNews {
  run: string;
  rows: GridAxis;
  columns: GridAxis;
  first: number;
  new: Sheet[];
  cells: Record<string, any>[];
  total: number;
  now: CellNow | null;
  reference: GridProgress | null;
  done: boolean;
}

/** Where a request stands in the queue; nothing where its turn has come. */
export interface Waiting {
  waiting: import("../../../page/kit/words.js").Text | string;
}
