// @ts-check
// The lanes of a race, edited card by card; what is sent is {budget, lanes}.
import { button, find } from "../../../page/kit/dom.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { laneCard } from "./lane_card.js";

const MOST = 6;
const FEWEST = 2;

/**
 * @typedef {import("./lane_knobs.js").Lane} Lane
 * @typedef {{ name?: string, about?: string, budget: number, lanes: Lane[] }} Line
 * @typedef {import("./contracts.js").Plan} Plan
 * @typedef {import("../../../page/kit/host.js").Host} Host
 */

/**
 * Keep the cards of the lanes.
 * @param {Host} host
 * @param {() => void} replaced the lanes are others: what was run is not theirs
 * @param {() => void} drawn the cards are new and empty, the lanes the same
 */
export function lineup({ element, props, trigger, watch, signal }, replaced, drawn) {
  const registry = JSON.parse(props.registry);
  const box = find(element, ".lanes");
  const budget = find(element, ".budget", HTMLInputElement);
  const add = find(element, ".add", HTMLButtonElement);
  const says = find(element, ".says");
  let race = complete(JSON.parse(props.value));
  /** @type {ReturnType<typeof laneCard>[]} */
  let cards = [];
  /** Lanes that have not run as they are set now. @type {Set<number>} */
  let stale = new Set();
  /** @type {Plan} */
  let plan = { lanes: [], error: "" };

  /** Every lane has a schedule. @param {Line} line @returns {Line} */
  function complete(line) {
    for (const lane of line.lanes) lane.schedule ??= props.schedule;
    return line;
  }

  function tell() {
    props.value = JSON.stringify(race);
    trigger("change");
  }

  /** @param {number} index */
  function edited(index) {
    stale.add(index);
    cards[index].stale(true);
    cards[index].foresee(plan.lanes[index]);
    tell();
  }

  function draw() {
    cards = race.lanes.map((lane, index) =>
      laneCard(lane, index, registry, {
        edited: () => edited(index),
        removed:
          race.lanes.length > FEWEST
            ? () => set({ ...race, lanes: race.lanes.filter((one) => one !== lane) })
            : null,
        opened: () => cards.forEach((card, i) => i !== index && card.close()),
      }),
    );
    box.replaceChildren(...cards.map((card) => card.box));
    box.style.setProperty("--count", `${cards.length}`);
    budget.value = `${race.budget}`;
    add.disabled = race.lanes.length >= MOST;
    cards.forEach((card, i) => card.stale(stale.has(i)));
    foresee();
  }

  /** @param {Line} line */
  function set(line, isTold = true) {
    race = complete(line);
    stale = new Set();
    replaced();
    draw();
    if (isTold) tell();
  }

  // what Python foresees: the steps and calls of each lane, or why it is none
  function foresee() {
    plan = props.plan ? JSON.parse(props.plan) : plan;
    says.textContent = plan.error;
    if (plan.lanes.length === cards.length) {
      cards.forEach((card, i) => card.steps(plan.lanes[i]));
    }
    drawn();
  }

  function presets() {
    /** @type {Line[]} */
    const offered = JSON.parse(props.presets);
    find(element, ".presets").replaceChildren(
      ...offered.map((line) => {
        const about = t(line.about ?? "Fill in these lanes");
        return button(t(line.name ?? ""), about, () => set(structuredClone(line)));
      }),
    );
  }

  budget.addEventListener("change", () => {
    race.budget = +budget.value || 1;
    race.lanes.forEach((_, i) => stale.add(i));
    cards.forEach((card) => card.stale(true));
    tell();
  });
  add.addEventListener("click", () => {
    const { sampler, schedule } = /** @type {Lane} */ (race.lanes.at(-1));
    set({ ...race, lanes: [...race.lanes, { sampler, schedule }] });
  });
  watch("lane", () => {
    // settings from another tab take the place of the first lane
    set({ ...race, lanes: [JSON.parse(props.lane).lane, ...race.lanes.slice(1)] });
  });
  watch("value", () => {
    // what Python sends back may be older than what was edited meanwhile
    const now = JSON.stringify(race);
    if (props.value !== now) props.value = now;
  });
  watch("given", () => {
    // a link was followed
    const { state } = JSON.parse(props.given);
    if (JSON.stringify(complete(state)) !== JSON.stringify(race)) set(state);
  });
  watch("plan", foresee);
  function begin() {
    presets();
    draw();
  }
  onLanguage(begin, signal);
  return {
    /** Draw the cards; call it once all is there. */
    begin,
    cards: () => cards,
    /** @returns {Line} */
    read: () => race,
    set,
    /** Whether these are the lanes. @param {Line} line */
    is: (line) => JSON.stringify(complete(line)) === JSON.stringify(race),
    /** Whether a lane is set otherwise than it ran. @param {number} index */
    isStale: (index) => stale.has(index),
    /** What a lane will do. @param {number} index */
    plan: (index) => plan.lanes[index],
    /** All lanes run as they are set. */
    fresh() {
      stale = new Set();
      cards.forEach((card) => card.stale(false));
    },
  };
}
