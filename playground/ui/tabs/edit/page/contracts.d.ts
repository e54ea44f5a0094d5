// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.edit.messages; do not edit.

/** One moment of one panel: a sheet of pictures, RGB in base64, and words below it. */
export interface Panel {
  key: string;
  index: number;
  caption: import("../../../page/kit/words.js").Text | string;
  text: import("../../../page/kit/words.js").Text | string;
  w: number;
  h: number;
  x: string;
}

/** What is new of an edit. words: what is to be said at its end; loop: it plays on and on. */
export interface EditNews {
  run: string;
  panels: Panel[];
  loop: boolean;
  words: import("../../../page/kit/words.js").Text[] | null;
  made: import("../../../page/kit/words.js").Text | null;
}

/** Where a request stands in the queue; nothing where its turn has come. */
export interface Waiting {
  waiting: import("../../../page/kit/words.js").Text | string;
}
