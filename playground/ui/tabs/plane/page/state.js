// @ts-check
// The state of the Plane tab, which views show and actions change; neither imports another.
import { store } from "../../../page/kit/store.js";
import { halves, octets, singles } from "./arrays.js";

/**
 * @typedef {import("./contracts.js").PlaneFacts} PlaneFacts
 * @typedef {import("./contracts.js").CloudMessage} CloudMessage
 * @typedef {import("./contracts.js").PathMessage} PathMessage
 * @typedef {import("./contracts.js").FieldMessage} FieldMessage
 * @typedef {import("./contracts.js").CurvePoint} CurvePoint
 * @typedef {import("./contracts.js").LanePoint} LanePoint
 *
 * @typedef {Record<string, string | boolean>} Controls by name
 * @typedef {Omit<FieldMessage, "x0"> & { x0: Float32Array }} Field
 * @typedef {{ id: number, cells: number, turns: number, reach: number, values: Uint8Array }} Grids
 * @typedef {{ mean: Float32Array, axes: Float32Array, side: number, share: number }} Decoder
 *
 * @typedef {object} Cloud
 * @property {CloudMessage} about
 * @property {Float32Array} x0
 * @property {Float32Array} eps
 * @property {Uint8Array | null} labels
 * @property {Grids} density
 * @property {Field} field of the exact denoiser
 * @property {Decoder | null} decoder
 *
 * @typedef {object} Paths
 * @property {string} who
 * @property {PathMessage} about
 * @property {number} count
 * @property {Float32Array} u
 * @property {Float32Array} x0
 * @property {Uint8Array | null} labels
 * @property {number[]} angles
 * @property {number[]} radii
 * @property {Field | undefined} field
 * @property {Float32Array | undefined} before they are eased from there
 * @property {number} at when they came
 *
 * @typedef {object} Picture one of those side by side
 * @property {Record<string, any>} more what is asked for besides
 * @property {string} name
 * @property {Paths | null} paths
 * @property {Float32Array | null} levels its own, where the schedule is another
 *
 * @typedef {{ name: string, points: LanePoint[] }} Lane
 * @typedef {[x: number, y: number, colour: number]} Dot
 *
 * @typedef {object} PlaneState
 * @property {Controls} controls
 * @property {Record<string, any> | null} own instead of a cloud by name
 * @property {Cloud | null} cloud
 * @property {Float32Array | null} levels
 * @property {Paths | null} made
 * @property {Picture[] | null} beside
 * @property {CurvePoint[]} curve
 * @property {{ floor: number, band: [number, number] } | null} floor
 * @property {number[] | null} bands
 * @property {Lane[]} lanes
 * @property {string[]} racers
 * @property {boolean} training
 * @property {boolean} racing
 * @property {boolean} playing
 * @property {boolean} slow
 * @property {boolean} busy what stands there is of other settings
 * @property {{ text: string, warn: boolean }} said
 * @property {boolean} painting
 * @property {Dot[]} dots
 * @property {number[]} picks particles whose digits are followed
 * @property {[number, number] | null} pointed
 *
 * @typedef {import("../../../page/kit/store.js").Store<PlaneState>} PlaneStore
 *
 * @typedef {object} Scene what views and actions are given
 * @property {HTMLElement} element
 * @property {PlaneFacts} facts
 * @property {PlaneStore} store
 * @property {Record<string, import("../../../page/kit/host.js").Ask>} server
 * @property {AbortSignal} signal
 */

export const KNOBS = "knobs";
export const MOST_POINTS = 5000;

/** @param {PlaneFacts} facts @returns {Controls} the controls as the tab opens */
export const opened = (facts) => ({
  ...Object.fromEntries(facts.controls.map(({ name, first }) => [name, first])),
  [KNOBS]: "",
});

/** @param {PlaneFacts} facts @param {AbortSignal} signal @returns {PlaneStore} */
export function planeStore(facts, signal) {
  /** @type {PlaneState} */
  const first = {
    controls: opened(facts),
    ...{ own: null, cloud: null, levels: null, made: null, beside: null, curve: [], floor: null },
    ...{ bands: null, lanes: [], racers: [...facts.racers], training: false, racing: false },
    ...{ playing: false, slow: false, busy: false, said: { text: "", warn: false } },
    ...{ painting: false, dots: [], picks: [0, 1, 2], pointed: null },
  };
  return store(first, signal);
}

/** A control's word. @param {Pick<PlaneState, "controls">} state @param {string} name */
export const word = ({ controls }, name) => String(controls[name]);
/** @param {Pick<PlaneState, "controls">} state */
export const time = ({ controls }) => Number(controls.t);
/** @param {Pick<PlaneState, "controls">} state @returns {Record<string, any>} what was moved */
export const knobsOf = ({ controls }) => JSON.parse(String(controls[KNOBS]) || "{}");

/** The guidance that has an effect: without classes there is but one. @param {PlaneFacts} facts */
export const guideOf = (facts, /** @type {Pick<PlaneState, "controls">} */ state) =>
  state.controls.classes || !facts.classed.includes(word(state, "guide"))
    ? word(state, "guide")
    : "autoguidance";

/**
 * Return what is asked for, by the fields of a PlaneRequest.
 * @param {PlaneFacts} facts
 * @param {PlaneState} state
 */
export function request(facts, state) {
  /** @type {Record<string, any>} */
  const asked = {};
  /** @type {Record<string, any>} */
  const view = {};
  for (const { name, field, kind, view: seen } of facts.controls) {
    const value = state.controls[name];
    const whole =
      kind === "number" && name === "seed" ? Math.max(0, Math.floor(+value) || 0) : value;
    (seen ? view : asked)[field] = kind === "number" ? +whole : value;
  }
  const moved = knobsOf(state);
  const knobs = ["schedule", "sampler", "guidance"].map((kind) => [`${kind}_knobs`, moved[kind]]);
  return {
    ...asked,
    ...Object.fromEntries(knobs.filter(([, value]) => value)),
    cloud: state.own ?? asked.cloud,
    guidance_kind: guideOf(facts, state),
    view,
  };
}

/** @param {FieldMessage} field @returns {Field} */
const unpacked = (field) => ({ ...field, x0: halves(field.x0) });

let id = 0;
/** @param {CloudMessage} about @returns {Cloud} */
export function cloudOf(about) {
  const { cells, turns, reach, decoder } = about;
  return {
    about,
    x0: halves(about.x0),
    eps: halves(about.eps),
    labels: about.labels ? octets(about.labels) : null,
    density: { id: ++id, cells, turns, reach, values: octets(about.density) },
    field: unpacked(about.field),
    decoder: decoder && { ...decoder, mean: singles(decoder.mean), axes: singles(decoder.axes) },
  };
}

/**
 * @param {PathMessage} about
 * @param {string} who
 * @param {Cloud | null} cloud
 * @param {Paths | null} last
 * @returns {Paths}
 */
export function pathsOf(about, who, cloud, last) {
  const learned = about.field ? unpacked(about.field) : last?.field;
  return {
    ...{ who, about, count: about.count, u: halves(about.u), x0: halves(about.x0) },
    labels: about.labels ? octets(about.labels) : null,
    angles: about.levels.map(([alpha, sigma]) => Math.atan2(sigma, alpha)),
    radii: about.levels.map(([alpha, sigma]) => Math.hypot(alpha, sigma)),
    field: who === "exact" ? cloud?.field : learned,
    before: last?.u,
    at: performance.now(),
  };
}
