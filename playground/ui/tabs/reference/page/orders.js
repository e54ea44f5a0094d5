// @ts-check
// How fast each sampler's error falls: measured by Python when it is first looked at.
import { figure } from "../../../page/chart/figure.js";
import { series } from "../../../page/chart/theme.js";
import { find, findAll, make } from "../../../page/kit/dom.js";
import { t } from "../../../page/kit/words.js";
import { options } from "./options.js";

/**
 * @typedef {import("./contracts.js").Catalogue} Catalogue
 * @typedef {import("./contracts.js").Order} Order
 */

/** @param {import("../../../page/kit/host.js").Host} host */
export function orders({ element, server, signal }) {
  /** @type {Catalogue["samplers"]} */
  let samplers = [];
  /** @type {string[]} samplers that are shown */
  let chosen = [];
  /** @type {Map<string, Order>} by sampler, under the schedule and spacing of now */
  const found = new Map();
  const path = find(element, ".path", HTMLSelectElement);
  const spacing = find(element, ".spacing", HTMLSelectElement);
  const chips = find(element, ".samplers");

  const plot = figure(
    find(element, ".orders"),
    () => ({
      traces: samplers.flatMap(({ name, title }, i) => {
        const order = chosen.includes(name) ? found.get(name) : undefined;
        if (!order) return [];
        const slope = order.slope === null ? "" : ` (${order.slope.toFixed(2)})`;
        const mode = "lines+markers";
        const [x, y] = [order.calls, order.errors];
        return [{ type: "scatter", mode, name: t(title) + slope, x, y, line: series(i) }];
      }),
      layout: {
        xaxis: { type: "log", dtick: 1, title: { text: t("network calls (NFE)") } },
        yaxis: { type: "log", dtick: 1, exponentformat: "power", title: { text: t("error") } },
      },
    }),
    {
      signal,
      label: () => t("The error of each sampler by network calls"),
      file: "order",
      empty: () => t("Choose samplers below."),
    },
  );

  async function measure() {
    const under = { schedule: path.value, spacing: spacing.value };
    for (const name of chosen) {
      if (found.has(name)) continue;
      const answer = await server.order(JSON.stringify({ sampler: name, ...under }));
      const isOld = path.value !== under.schedule || spacing.value !== under.spacing;
      if (signal.aborted || isOld) return;
      if (!("error" in answer)) found.set(name, answer);
      plot.update();
    }
  }

  function again() {
    found.clear();
    plot.update();
    void measure();
  }

  /** @param {string} name */
  function press(name) {
    chosen = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
    for (const chip of findAll(chips, "button")) {
      chip.setAttribute("aria-pressed", `${chosen.includes(chip.dataset.sampler ?? "")}`);
    }
    plot.update();
    void measure();
  }

  for (const one of [path, spacing]) one.addEventListener("change", again);
  return {
    /** @param {Catalogue} known */
    take(known) {
      ({ samplers, chosen } = known);
      options(path, known.curves, "cosine");
      options(spacing, known.spacings, "angle");
      chips.replaceChildren(
        ...samplers.map(({ name, title }) => {
          const chip = make("button", { type: "button", textContent: t(title) });
          chip.dataset.sampler = name;
          chip.setAttribute("aria-pressed", `${chosen.includes(name)}`);
          chip.addEventListener("click", () => press(name));
          return chip;
        }),
      );
      again();
    },
  };
}
