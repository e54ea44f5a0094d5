// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.noise.messages; do not edit.

/** A seed, and some values of its noise, by which the page knows that it draws the same. */
export interface Noise {
  seed: number;
  first: number[];
  last: number[];
}

/** A schedule: its alpha and then its sigma at every step, as base64 of float64. */
export interface LevelsMessage {
  schedule: string;
  knobs: Record<string, any>;
  moved: Record<string, any>;
  title: import("../../../page/kit/words.js").Text;
  summary: import("../../../page/kit/words.js").Text;
  source: string;
  levels: string;
}

/** All that a guess depends on, besides t. */
export interface Scene {
  path: string | null;
  schedule: LevelsMessage;
  seed: number;
  by: string;
  bundled: string | null;
}

/** A guess at one position of the slider, t in [0, 1]. */
export interface GuessRequest {
  path: string | null;
  schedule: string;
  knobs: Record<string, any>;
  seed: number;
  by: string;
  t: number;
}

/** A picture as an address, who guessed it, and what its memory has to do with that. */
export interface Guess {
  picture: string;
  caption: import("../../../page/kit/words.js").Text;
  note: import("../../../page/kit/words.js").Text | null;
}

/** The levels of a schedule. */
export interface LevelsRequest {
  schedule: string;
  knobs: Record<string, any> | null;
}

/** The field's way back from x_t, t in (0, 1]. */
export interface ReverseRequest {
  path: string | null;
  schedule: string;
  knobs: Record<string, any>;
  seed: number;
  t: number;
}

/** A picture as an address, and its error in 255ths. */
export interface Reversed {
  picture: string;
  error: number;
}

/** A picture from pure noise in so many calls. */
export interface OnePassRequest {
  path: string | null;
  schedule: string;
  knobs: Record<string, any>;
  seed: number;
  calls: number;
  by: string;
}

/** A picture as an address, and who drew it. */
export interface Drawn {
  picture: string;
  caption: import("../../../page/kit/words.js").Text;
}

/** All values of a seed's noise. */
export interface NoiseRequest {
  seed: number;
}

/** One term: what it is called, what it means in a sentence or two, how it is computed. */
export interface Recipe {
  title: import("../../../page/kit/words.js").Text;
  about: import("../../../page/kit/words.js").Text;
  code: string;
}

/** A schedule to choose. */
export interface Choice {
  name: string;
  title: import("../../../page/kit/words.js").Text;
}

/** Which view is open, and where its slider stands: t in [0, 1]. */
export interface LabState {
  view: string;
  t: number;
}
