// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.plane.messages; do not edit.

/** What can be chosen. */
export interface PlaneFacts {
  controls: import("../../../tabs/plane/page/contracts.js").Control[];
  clouds: [string, string][];
  schedules: [string, string][];
  samplers: [string, string][];
  guidance: [string, string][];
  stochastic: string[];
  classed: string[];
  racers: string[];
  targets: string[];
  knobs: Record<string, any>;
}

/** A denoiser's guesses of x0 on a grid, at even angles from clean to noise. */
export interface FieldMessage {
  x0: string;
  cells: number;
  turns: number;
  reach: number;
  errors: number[] | null;
}

/** How a point of a latent cloud decodes: picture = mean + x * axes[0] + y * axes[1]. */
export interface DecoderMessage {
  mean: string;
  axes: string;
  side: number;
  share: number;
}

/** A cloud, the noise that dissolves it, and its exact density at all levels. */
export interface CloudMessage {
  name: string;
  count: number;
  x0: string;
  eps: string;
  labels: string;
  class_names: string[];
  density: string;
  cells: number;
  turns: number;
  reach: number;
  trained_on: number;
  held_out: number;
  models: string[];
  levels: string;
  field: FieldMessage;
  bands_floor: number[];
  decoder: DecoderMessage | null;
}

/** A schedule's alpha, then its sigma, at even t. */
export interface LevelsMessage {
  levels: string;
}

/** The plane over t as Plotly's traces and layout. */
export interface SpaceTimeMessage {
  traces: Record<string, any>[];
  layout: Record<string, any>;
}

/** The paths of particles, and how far their ends are from held-out points. */
export interface PathMessage {
  levels: [number, number][];
  u: string;
  x0: string;
  labels: string;
  count: number;
  nfe: number;
  distance: number;
  floor: number;
  band: [number, number];
  longer: number;
  field: FieldMessage | null;
  space_time: SpaceTimeMessage | null;
  milliseconds: number | null;
}

/** One look at a network while it trains. */
export interface CurvePoint {
  step: number;
  seconds: number;
  loss: number;
  distance: number;
}

/** A go of training, and where the network now takes its noise. */
export interface TrainMessage {
  levels: [number, number][];
  u: string;
  x0: string;
  labels: string;
  count: number;
  nfe: number;
  distance: number;
  floor: number;
  band: [number, number];
  longer: number;
  field: FieldMessage | null;
  space_time: SpaceTimeMessage | null;
  milliseconds: number | null;
  new: boolean;
  step: number;
  seconds: number;
  loss: number;
  points_per_second: number;
  parameters: number;
  bands: number[] | null;
  bands_floor: number[] | null;
  curve: CurvePoint[];
}

/** One rung of a race: a sampler at so many network calls. */
export interface LanePoint {
  calls: number;
  distance: number;
  floor: number;
  band: [number, number];
}

/** One sampler's curve so far. */
export interface LaneMessage {
  points: LanePoint[];
}

/** A file to keep, in base64. */
export interface SavedMessage {
  name: string;
  data: string;
  said: import("../../../page/kit/words.js").Text;
}

/** What a film's page showed: its controls by name, and a cloud of one's own or none. */
export interface RestoredMessage {
  state: Record<string, any>;
  own: Record<string, any> | null;
  said: import("../../../page/kit/words.js").Text;
  lacks: boolean;
}

/** The name under which a network was kept, and all that may draw. */
export interface KeptMessage {
  kept: string;
  models: string[];
}

// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.plane.request; do not edit.

/** A control of the page: its name there and in links, and the field of a request it sets. */
export interface Control {
  name: string;
  field: string;
  kind: "word" | "number" | "flag";
  first: string | boolean;
  changes: "cloud" | "samples" | "run" | "picture";
  view: boolean;
}

/** How the pictures show it. */
export interface PlaneView {
  heat: string;
  arrows: string;
  lines: string;
  beside: string;
  space: string;
  t: number;
}

/** One question to the tab: what is drawn and trained, and what is to be done. */
export interface PlaneRequest {
  cloud: string | Record<string, any>;
  classes: boolean;
  schedule: string;
  schedule_knobs: Record<string, any>;
  who: string;
  sampler: string;
  sampler_knobs: Record<string, any>;
  steps: number;
  count: number;
  seed: number;
  class_name: string;
  guidance_kind: string;
  guidance: number;
  guidance_knobs: Record<string, any>;
  target: string;
  width: number;
  depth: number;
  rate: number;
  view: PlaneView;
  action: string;
  milliseconds: number;
  seconds: number;
  samplers: string[];
  file: string;
  name: string;
  data: any;
  points: any;
  pictures: any;
  page: string;
  on: boolean;
}
