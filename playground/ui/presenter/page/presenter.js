// @ts-check
// What stands beside the tabs for a talk or a class: the stage, its beats, and the lesson.
import { beatList } from "./beat_list.js";
import { cues } from "./cues.js";
import { lesson } from "./lesson.js";
import { stage as stageOf } from "./stage.js";
import { stageKeys } from "./stage_keys.js";

/** @param {import("../../page/kit/host.d.ts").Host} host */
export function mount({ props, signal }) {
  const { stages, starts } = props;
  lesson(stages, signal);
  const stage = stageOf(stages, signal);
  const beats = cues(stage, starts, signal);
  beatList(stage, beats, signal);
  stageKeys(stage, beats, signal);
  if (stage.opensHere()) stage.present();
}
