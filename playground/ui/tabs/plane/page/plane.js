// @ts-check
// The Plane tab. Both pictures show one level: the left what noise makes of the cloud, the right
// where the samples are at that level.
import { find, findAll, isSeen, make } from "../../../page/kit/dom.js";
import { whenLooksChange } from "../../../page/kit/looks.js";
import { translateIn } from "../../../page/kit/translated.js";
import { onLanguage, t } from "../../../page/kit/words.js";
import { asking } from "./asking.js";
import { controls } from "./controls.js";
import { films } from "./films.js";
import { folding } from "./folding.js";
import { knobs } from "./knobs.js";
import { link } from "./link.js";
import { ownCloud } from "./own_cloud.js";
import { pictures } from "./pictures.js";
import { player } from "./player.js";
import { plots } from "./plots.js";
import { pointPad } from "./point_pad.js";
import { racing } from "./racing.js";
import { sampling } from "./sampling.js";
import { spaceTime } from "./space_time.js";
import { planeStore, word } from "./state.js";
import { training } from "./training.js";

/** @param {import("../../../page/kit/host.js").Host} host */
export function mount(host) {
  const { element, props, server, signal } = host;
  /** @type {import("./state.js").PlaneFacts} */
  const facts = JSON.parse(props.facts);
  const store = planeStore(facts, signal);
  /** @type {import("./state.js").Scene} */
  const scene = { element, facts, store, server, signal };

  const questions = asking(scene);
  const samples = sampling(scene, questions);
  const learning = training(scene, questions, samples);
  const { race, end } = racing(scene, questions, learning.pause);

  /** @param {Record<string, any>} own */
  function take(own) {
    store.set({ own });
    linked.tell();
    void samples.refreshCloud();
  }
  const linked = link(host, scene, async () => {
    await learning.pause();
    if (store.get().cloud) await samples.refreshCloud();
  });

  pointPad(scene, take);
  ownCloud(scene, questions, { take, show: linked.show });
  const { drawings } = pictures(scene);
  const { halt } = player(scene);
  controls(scene, {
    turned: halt,
    changed(name, what) {
      linked.tell();
      const isBack = name === "who" && word(store.get(), "who") !== "student";
      if (what === "cloud" || (isBack && learning.afterStudent())) void samples.refreshCloud();
      else if (name !== "t" && what !== "run") void samples.sample();
      if (name === "beside") samples.layBeside();
    },
  });
  knobs(scene, (what) => {
    linked.tell();
    void (what === "cloud" ? samples.refreshCloud() : samples.sample());
  });
  plots(scene);
  spaceTime(scene);
  films(scene, questions, {
    drawings,
    async pause() {
      halt();
      await learning.pause();
    },
  });
  folding(element);

  /** @param {string} name @param {() => void} press */
  const pressed = (name, press) => find(element, name).addEventListener("click", press);
  pressed(".train", () => void (store.get().training ? learning.pause() : learning.train()));
  pressed(".step", () => void learning.step());
  pressed(".anew", () => void learning.anew("new"));
  pressed(".reflow", () => void learning.anew("reflow"));
  pressed(".distill", () => void learning.distil());
  pressed(".go-sample", () => void learning.pause().then(samples.sample));
  pressed(".dice", () => {
    const seed = `${Math.floor(Math.random() * 1e6)}`;
    store.set({ controls: { ...store.get().controls, seed } });
    linked.tell();
    void samples.refreshCloud();
  });
  pressed(".go-race", () => void (store.get().racing ? end() : race()));
  const speed = find(element, ".speed", HTMLSelectElement);
  speed.addEventListener("change", () => store.set({ slow: speed.value === "slow" }));

  function layRacers() {
    const boxes = facts.samplers.map(([value, title]) => {
      const checked = store.get().racers.includes(value);
      return make("label", {}, make("input", { type: "checkbox", value, checked }), t(title));
    });
    find(element, ".racers").replaceChildren(...boxes);
  }
  find(element, ".racers").addEventListener("change", () => {
    const every = findAll(element, ".racers input", HTMLInputElement);
    store.set({ racers: every.filter((box) => box.checked).map((box) => box.value) });
  });
  function show() {
    const { training: isOn, racing: isRacing, curve, said } = store.get();
    const begins = curve.length ? t("Go on") : t("Train");
    find(element, ".train").textContent = isOn ? t("Pause") : begins;
    find(element, ".go-race").textContent = isRacing ? t("Stop") : t("Race these samplers");
    find(element, ".said").textContent = said.text;
    find(element, ".said").classList.toggle("warn", said.warn);
    const last = curve.at(-1);
    if (last) Object.assign(element.dataset, { step: last.step, seconds: last.seconds });
  }
  store.on(["training", "racing", "curve", "said"], show);
  const words = () => {
    layRacers();
    show();
  };
  onLanguage(words, signal);
  translateIn(element, signal);
  words();

  let isAsked = false;
  const looks = () => {
    if (!isSeen(element)) {
      store.set({ training: false });
      end();
    } else if (!isAsked) {
      isAsked = true;
      void samples.refreshCloud();
    }
  };
  linked.restore();
  whenLooksChange(element, looks, signal);
  looks();
}
