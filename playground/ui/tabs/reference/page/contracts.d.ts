// Written by `python -m playground.ui.page.contracts` from playground.ui.tabs.reference.messages; do not edit.

/** A schedule at evenly spaced t; null where a value is beyond what is drawn. */
export interface Curve {
  name: string;
  title: string;
  log_snr: (number | null)[];
  alpha: number[];
  sigma: number[];
}

/** A deterministic sampler and the order of convergence that it claims. */
export interface Sampler {
  name: string;
  title: string;
  order: number;
}

/** An entry of a registry. */
export interface Named {
  name: string;
  title: string;
}

/** What can be looked at. */
export interface Catalogue {
  curves: Curve[];
  samplers: Sampler[];
  spacings: Named[];
  chosen: string[];
}

/** Where do the levels of a grid lie? */
export interface SpacingQuestion {
  schedule: string;
  steps: number;
}

/** One spacing's grid: log-SNR at each step, null where it is infinite. */
export interface Spacing {
  name: string;
  title: string;
  log_snr: (number | null)[];
}

/** How fast does this sampler's error fall under this schedule? */
export interface OrderQuestion {
  sampler: string;
  schedule: string;
  spacing: string;
}

/** Errors on Gaussian data by network calls; slope: the order measured, null where unknown. */
export interface Order {
  sampler: string;
  calls: number[];
  errors: number[];
  slope: number | null;
}
