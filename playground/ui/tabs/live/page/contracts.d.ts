// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.live.messages; do not edit.

/** A model to choose, and whether it was made for few calls. */
export interface LiveModel {
  name: string;
  classes: string[];
  few: boolean;
}

/** What to draw. teacher: in its many calls; page and ticket: who asks, and how newly. */
export interface Question {
  model: string;
  class_name: string | null;
  calls: number;
  pictures: number;
  seed: number;
  teacher: boolean;
  page: string;
  ticket: number;
}

/** Pictures as a data address, by whom they were drawn, how, and in how many milliseconds. */
export interface Drawing {
  picture: string;
  ms: number;
  calls: number;
  steps: number;
  by: string;
  how: import("../../../page/kit/words.js").Text;
}

/** What the tab opens with: the same noise in few calls and in many, and its settings. */
export interface Opening {
  question: Question;
  few: Drawing;
  many: Drawing | null;
  made: import("../../../page/kit/words.js").Text;
}
