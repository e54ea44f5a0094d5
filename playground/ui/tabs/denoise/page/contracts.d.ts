// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.denoise.messages; do not edit.

/** Pictures as one sheet, RGB in base64. */
export interface Sheet {
  w: number;
  h: number;
  rgb: string;
}

/** What a guidance scale gains and loses, or what real pictures have. */
export interface Gain {
  fidelity: number;
  diversity: number;
}

/** One scale of a sweep: some of its pictures, and its two numbers. */
export interface Column {
  place: number;
  scale: number;
  gain: Gain;
  nfe: number;
  sheet: Sheet;
}

/** A sweep so far: of messages that follow each other fast some get lost, so each tells all. */
export interface SweepNews {
  run: string;
  text: import("../../../page/kit/words.js").Text;
  real: Gain | null;
  columns: Column[];
}

/** One sampling that the page made: what it says of itself. */
export interface CardShown {
  key: string;
  line: import("../../../page/kit/words.js").Text;
  model: string;
  short: import("../../../page/kit/words.js").Text[];
  count: number;
  starred: boolean;
  stopped: number | null;
}
