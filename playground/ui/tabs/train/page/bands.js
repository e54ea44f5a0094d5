// @ts-check
// The noise bands of training: five of equal width in the angle, one colour each in every plot.

/** Okabe & Ito: apart for the colour-blind as well, from clean to pure noise. */
export const BAND_COLOURS = ["#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00"];

/** @param {number} band @returns {number} the log-SNR at which it begins; infinite at either end */
export const edge = (band) => -2 * Math.log(Math.tan(((band / BAND_COLOURS.length) * Math.PI) / 2));
