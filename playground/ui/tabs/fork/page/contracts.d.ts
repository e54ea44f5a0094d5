// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.fork.messages; do not edit.

/** One step of a film: x as it is shown and the guess, RGB in base64; x0 may be empty. */
export interface ForkFrame {
  index: number;
  w: number;
  h: number;
  x: string;
  x0: string;
  text: import("../../../page/kit/words.js").Text | string;
}

/** How a film came about, for the tree. step: of its parent, where it begins. */
export interface FilmTold {
  number: number;
  parent: number | null;
  step: number;
  total: number;
  title: import("../../../page/kit/words.js").Text | string;
  painted: boolean;
  note: import("../../../page/kit/words.js").Text | string;
}

/** Films whose pictures at a step stand beside each other, and the words below. */
export interface Comparison {
  long: number;
  short: number;
  step: number;
  words: import("../../../page/kit/words.js").Text[];
}

/** What is new of one film. */
export interface ForkNews {
  frames: ForkFrame[];
  film: FilmTold;
  compare: Comparison | null;
}

/** The films that the tab opens with, whole. film, step: where they fork; made: settings. */
export interface ForkOpening {
  films: ForkNews[];
  film: number;
  step: number;
  made: import("../../../page/kit/words.js").Text;
}

/** All films are forgotten. */
export interface Cleared {
  clear: true;
}

/** Where a request stands in the queue; nothing where its turn has come. */
export interface Waiting {
  waiting: import("../../../page/kit/words.js").Text | string;
}
