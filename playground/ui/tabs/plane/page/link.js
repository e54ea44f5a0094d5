// @ts-check
// The tab's state, for links: whatever differs from how it opens.
import { KNOBS, opened } from "./state.js";

/**
 * @param {import("./state.js").PlaneFacts} facts
 * @param {Pick<import("./state.js").PlaneState, "controls" | "own">} state
 */
export function linked(facts, { controls, own }) {
  const first = opened(facts);
  const moved = Object.entries(controls).filter(([name, value]) => value !== first[name]);
  const state = /** @type {Record<string, any>} */ (Object.fromEntries(moved));
  if (!controls.classes) {
    delete state.guide; // there is but one
    delete state.kind;
  }
  if (!own) return state;
  delete state.cloud;
  return { ...state, own };
}

/**
 * @param {import("../../../page/kit/host.js").Host} host
 * @param {import("./state.js").Scene} scene
 * @param {() => Promise<void>} shown what is to be done once other controls are shown
 */
export function link({ props, trigger, watch }, { facts, store }, shown) {
  function tell() {
    props.value = JSON.stringify(linked(facts, store.get()));
    trigger("change");
  }
  /** @param {Record<string, any>} state */
  async function show({ own = null, ...state }) {
    const first = opened(facts);
    const known = Object.entries(state).filter(([name]) => name in first || name === KNOBS);
    store.set({
      controls: { ...first, ...Object.fromEntries(known) },
      ...{ own, dots: own?.points ?? [], painting: false, playing: false },
    });
    await shown();
    tell();
  }
  function restore() {
    if (props.given) void show(JSON.parse(props.given).state);
  }
  watch("given", restore);
  return { tell, show, restore };
}
