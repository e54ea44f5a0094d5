// @ts-check
// One lane on the page: what it is set to, its pictures, and where it stands.
import { COLOURS } from "../../../page/chart/theme.js";
import { button, make } from "../../../page/kit/dom.js";
import { say, t } from "../../../page/kit/words.js";
import { fillKnobs, movedKnobs } from "./lane_knobs.js";
import { told } from "./race_run.js";

/**
 * @typedef {import("./lane_knobs.js").Lane} Lane
 * @typedef {import("./lane_knobs.js").Registry} Registry
 * @typedef {import("./contracts.js").LanePlan} LanePlan
 *
 * @typedef {object} Acts
 * @property {() => void} edited its settings are others
 * @property {(() => void) | null} removed null where it must stay
 * @property {() => void} opened its knobs are shown
 */

/**
 * Return the card of a lane, which edits it in place.
 * @param {Lane} lane
 * @param {number} index from 0
 * @param {Registry} registry
 * @param {Acts} acts
 */
export function laneCard(lane, index, registry, { edited, removed, opened }) {
  const k = index + 1;
  const box = make("section", { className: "lane" });
  box.style.setProperty("--colour", COLOURS[index % COLOURS.length]);
  box.setAttribute("aria-label", t("Lane {k}", { k }));
  const knobs = make("div", { className: "knobs", hidden: true });
  const badge = make("div", { className: "badge" });
  const canvas = make("canvas", { width: 8, height: 8 });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", t("Pictures of lane {k}", { k }));
  const far = make("div", { className: "far" });
  const spent = make("div", { className: "spent" });
  const badges = () => {
    badge.textContent = movedKnobs(registry, lane);
  };
  const tell = () => {
    badges();
    edited();
  };

  /** @param {"sampler" | "schedule"} key @param {string} label */
  function choice(key, label) {
    const entries = registry[`${key}s`];
    const select = make("select", { className: key });
    select.setAttribute("aria-label", label);
    for (const [value, { title }] of Object.entries(entries)) {
      select.append(make("option", { value, textContent: t(title) }));
    }
    select.value = lane[key] ?? "";
    const help = () => {
      select.title = say(entries[select.value]?.about ?? "");
    };
    select.addEventListener("change", () => {
      lane[key] = select.value;
      delete lane[`${key}_knobs`];
      fillKnobs(knobs, registry, lane, tell);
      help();
      tell();
    });
    help();
    return select;
  }

  const steps = make("input", { type: "number", className: "steps", min: 1, max: 1000 });
  steps.title = t("Steps; empty it for as many as the calls allow");
  steps.setAttribute("aria-label", t("Steps of lane {k}", { k }));
  steps.value = `${lane.steps ?? ""}`;
  steps.addEventListener("change", () => {
    lane.steps = steps.value === "" ? null : +steps.value;
    steps.classList.toggle("hand", steps.value !== "");
    tell();
  });
  const gear = button("⚙", t("Knobs of this sampler and schedule"), () => {
    knobs.hidden = !knobs.hidden;
    if (!knobs.hidden) opened();
  });
  const away = button("✕", t("Remove this lane"), () => removed?.());
  away.disabled = !removed;
  const first = [
    make("b", { className: "no", textContent: `${k}` }),
    choice("sampler", t("Sampler of lane {k}", { k })),
    away,
  ];
  const second = [choice("schedule", t("Schedule of lane {k}", { k })), steps, gear];
  const row = (/** @type {Node[]} */ inside) => make("div", { className: "row" }, ...inside);
  fillKnobs(knobs, registry, lane, tell);
  badges();
  box.append(row(first), row(second), canvas, far, spent, knobs, badge);

  return {
    box,
    canvas,
    /** Hide the knobs. */
    close() {
      knobs.hidden = true;
    },
    /** What the lane is called, in a legend say. */
    name: () => `${k} ${t(registry.samplers[lane.sampler]?.title ?? lane.sampler)}`,
    /** @param {boolean} is whether its pictures are of settings before */
    stale(is) {
      box.classList.toggle("stale", is);
    },
    /** @param {LanePlan} plan */
    steps(plan) {
      steps.classList.toggle("hand", plan.by_hand);
      if (document.activeElement !== steps) steps.value = `${plan.steps}`;
    },
    /** What it will do. @param {LanePlan | undefined} plan */
    foresee(plan) {
      far.replaceChildren();
      const calls = plan && t("{n} calls", { n: told(plan.calls) });
      spent.textContent = !calls
        ? ""
        : plan.stochastic
          ? t("{calls}, draws fresh noise", { calls })
          : calls;
    },
    /**
     * Where it stands.
     * @param {string} distance
     * @param {string} about the distance
     * @param {string[]} cost
     */
    tell(distance, about, cost) {
      far.replaceChildren(distance, make("small", { textContent: ` ${about}` }));
      spent.textContent = cost.join("\n");
    },
  };
}
