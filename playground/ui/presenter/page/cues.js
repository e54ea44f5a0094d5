// @ts-check
// Going from beat to beat; showing one may start what its tab computes.
import { currentTab, press, showPage } from "../../permalinks/page/page_state.js";
import { kept } from "./beat_file.js";
import { after, recordedRuns, STALLED } from "./recorded.js";

/**
 * @typedef {import("./beat_file.js").Beat} Beat
 * By tab: the part that shows what is computed, the button that a beat presses, and its end.
 * @typedef {Record<string, [part: string, start: string, stop: string]>} Starts
 * @typedef {ReturnType<typeof cues>} Cues
 */

const SETTLES = 300; // milliseconds until the page's parts have taken what a link tells

/**
 * @param {import("./stage.js").Stage} stage
 * @param {Starts} starts
 * @param {AbortSignal} signal
 */
export function cues(stage, starts, signal) {
  let beats = kept();
  /** @type {Beat | null} */
  let current = null;
  const runs = recordedRuns((beat) => current === beat, signal);

  /** @param {number} number from 0 */
  async function go(number) {
    const beat = beats[number];
    if (!beat) return;
    current = beat;
    runs.forget();
    stage.say(beat.caption);
    const wanted = new URLSearchParams(beat.query).get("tab") ?? "";
    const [shows, , ends] = starts[wanted] ?? [];
    if (beat.start && shows && ends && runs.isRunning(shows)) press(ends); // or a press is lost
    const shown = showPage(stage.toldHere(beat.query)).then(() => true);
    if (!(await Promise.race([shown, after(STALLED)])) && current === beat) {
      const tab = document.querySelector(`[role=tab][data-tab-id="${CSS.escape(wanted)}"]`);
      if (tab instanceof HTMLElement) tab.click();
      if (beat.start && shows) void runs.play(beat, shows);
      await shown;
    }
    await after(SETTLES);
    const here = starts[currentTab() ?? ""];
    if (current !== beat || !beat.start || !here || signal.aborted) return;
    runs.expect(beat, here[0]);
    press(here[1]);
  }

  return {
    go,
    /** @param {number} by */
    step: (by) => go(beats.findIndex((beat) => beat === current) + by),
    beats: () => beats,
    /** @param {Beat[]} those */
    take: (those) => {
      beats = those;
    },
  };
}
