// Written by `python -m playground.ui.page.contracts` from playground.ui.media.messages; do not edit.

/** The ideal denoiser's sheets of one step, RGB in base64. */
export interface IdealShown {
  x: string;
  x0: string;
}

/** One frame: its sheets, RGB in base64, their spectra and the calls of its step. */
export interface FrameShown {
  index: number;
  total: number;
  w: number;
  h: number;
  x: string;
  x0: string;
  bands_x: number[];
  bands_x0: number[] | null;
  floor: number | null;
  asked: number[][];
  text: import("../../page/kit/words.js").Text;
  ideal: IdealShown | null;
  effective: number[] | null;
  pictures: number | null;
}

/** What is new of a film: frames that the page may not have yet. */
export interface FilmNews {
  run: string;
  frames: FrameShown[];
  count: number;
  data: number[] | null;
  beside: boolean;
  note: import("../../page/kit/words.js").Text | null;
  made: import("../../page/kit/words.js").Text | null;
  waiting: import("../../page/kit/words.js").Text | null;
}

/** The training pictures of one class, where they lie. */
export interface Place {
  name: string;
  points: number[][];
}

/** The ways of a run's samples from noise to their places, on three principal directions. */
export interface JourneyShown {
  run: string;
  steps: number[];
  paths: number[][][];
  labels: string[];
  places: Place[];
  share: number;
  sheet: string;
  side: number;
}
