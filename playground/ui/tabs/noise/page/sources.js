// @ts-check
// What Python sends, taken into the lab: the picture's file, the seed of the noise, the scene.
import { fromRoot } from "../../../page/kit/address.js";
import { make } from "../../../page/kit/dom.js";
import { SIDE, wholeNoise, wholePicture } from "./blend.js";
import { bytesOf, levelsOf } from "./levels.js";
import { normalStream } from "./torch_noise.js";

const NEAR = 1e-4; // as two torches may differ

/**
 * Keep the lab as Python's props say.
 * @param {Pick<import("../../../page/kit/host.js").Host, "props" | "server" | "watch">} host
 * @param {import("./lab.js").Lab} lab
 */
export function sources({ props, server, watch }, lab) {
  let address = "";
  let seed = -1;

  function takePicture() {
    if (!props.picture || props.picture === address) return;
    const mine = (address = props.picture);
    const image = new Image();
    image.onload = () => {
      // one turn of the page's busy start; bitmaps and fetches take several
      if (mine !== address) return; // another one was chosen meanwhile
      const canvas = make("canvas", { width: SIDE, height: SIDE });
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      if (!pen) return;
      pen.drawImage(image, 0, 0);
      lab.set({ x: wholePicture(pen.getImageData(0, 0, SIDE, SIDE).data) });
    };
    image.src = fromRoot(mine);
  }

  async function takeNoise() {
    if (!props.noise) return;
    /** @type {import("./contracts.js").Noise} */
    const told = JSON.parse(props.noise);
    if (told.seed === seed) return;
    seed = told.seed;
    let eps = drawn(told.seed);
    if (!isSame(eps, told)) {
      const sent = await server.noise(JSON.stringify({ seed: told.seed }));
      if (typeof sent !== "string" || seed !== told.seed) return;
      eps = new Float32Array(bytesOf(sent).buffer);
    }
    lab.set({ eps, e: wholeNoise(eps), seed: told.seed });
  }

  function takeScene() {
    if (!props.scene) return;
    /** @type {import("./contracts.js").Scene} */
    const scene = JSON.parse(props.scene);
    lab.set({ scene, levels: levelsOf(scene.schedule.levels) });
  }

  watch("picture", takePicture);
  watch("noise", takeNoise);
  watch("scene", takeScene);
  takeScene();
  takePicture();
  takeNoise();
}

/** The noise of this seed, as the page draws it. @param {number} seed */
const drawn = (seed) => normalStream(seed).normals(new Float32Array(3 * SIDE * SIDE));

/**
 * Whether the page drew what this machine's torch draws.
 * @param {Float32Array} eps
 * @param {import("./contracts.js").Noise} told
 */
export function isSame(eps, { first, last }) {
  const near = (/** @type {number[]} */ values, /** @type {number} */ from) =>
    values.every((v, i) => Math.abs(v - eps[from + i]) < NEAR);
  return near(first, 0) && near(last, eps.length - last.length);
}
