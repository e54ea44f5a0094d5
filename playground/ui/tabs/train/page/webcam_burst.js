// @ts-check
// The camera in the page: a burst of pictures, four a second; the set of them is picture_set.js.
import { find, isSeen, make } from "../../../page/kit/dom.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { pictureSet } from "./picture_set.js";

const LONGEST = 320; // pixels of the longer side
const PACE = 250; // milliseconds from picture to picture
const MOST = 100; // a burst

/** @param {any} error as getUserMedia fails @returns {string} */
function why({ name, message }) {
  if (name === "NotAllowedError") return t("The browser was not allowed to use the camera.");
  if (name === "NotFoundError") return t("There is no camera.");
  if (name === "NotReadableError") return t("Another program uses the camera.");
  return message;
}

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount(host) {
  const { element, signal } = host;
  const made = pictureSet(host);
  const video = find(element, ".live", HTMLVideoElement);
  const camera = find(element, ".camera");
  const burst = find(element, ".burst", HTMLButtonElement);
  const many = find(element, ".many", HTMLInputElement);
  const isOff = () => t("The camera is off; its pictures stay on this computer.");
  /** @type {MediaStream | null} */
  let stream = null;
  let isTaking = false;
  let hint = isOff; // what stands where the camera's picture is not

  const wanted = () => Math.min(MOST, Math.max(1, Math.round(+many.value) || 20));
  function label() {
    const count = wanted();
    const take = count === 1 ? t("Take 1 picture") : t("Take {count} pictures", { count });
    burst.textContent = isTaking ? t("Stop") : take;
    burst.disabled = !stream;
    camera.textContent = stream ? t("Stop camera") : t("Start camera");
    find(element, ".screen").classList.toggle("taking", isTaking);
    find(element, ".hint").textContent = stream ? "" : hint();
  }

  function off(reason = isOff) {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = video.srcObject = null;
    isTaking = false;
    hint = reason;
    label();
  }

  async function on() {
    try {
      if (!navigator.mediaDevices) {
        throw new Error(t("This browser gives cameras to https and localhost only."));
      }
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
    } catch (error) {
      return off(() => `${why(error)} ${t("Allow it or plug one in, then start again.")}`);
    }
    if (signal.aborted) return off();
    video.srcObject = stream;
    stream.getVideoTracks()[0].addEventListener("ended", () => off(), { signal });
    await video.play();
    label();
  }

  function picture() {
    const scale = LONGEST / Math.max(video.videoWidth, video.videoHeight);
    const [width, height] = [video.videoWidth * scale, video.videoHeight * scale];
    const canvas = make("canvas", { width, height });
    canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.9);
  }

  async function take() {
    const taken = [];
    const count = wanted();
    isTaking = true;
    label();
    while (isTaking && taken.length < count) {
      taken.push(picture());
      const told = t("Taking {number} of {count} …", { number: taken.length, count });
      find(element, ".told").textContent = told;
      await new Promise((done) => setTimeout(done, PACE));
    }
    isTaking = false;
    label();
    if (!signal.aborted) made.add(...taken); // once: each change is read by the server
  }

  camera.addEventListener("click", () => (stream ? off() : void on()));
  burst.addEventListener("click", () => {
    if (isTaking) isTaking = false;
    else void take();
  });
  many.addEventListener("input", label);
  // a camera that nobody sees is off: another tab, another source
  const seen = new ResizeObserver(() => stream && !isSeen(element) && off());
  seen.observe(element);
  signal.addEventListener("abort", () => {
    seen.disconnect();
    off();
  });
  translateIn(element, signal);
  onLanguage(label, signal);
  label();
}
