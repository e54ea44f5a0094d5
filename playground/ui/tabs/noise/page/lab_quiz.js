// Nine questions on a noised picture: predict, then reveal. Which step, which schedule, which first.
const KINDS = ["level", "schedule", "first"], ROUND = 9, MOST = 10;
const OFFERED = ["linear", "cosine", "sqrt", "exponential", "laplace", "ve"], HARD = 0.2; // of t, from which a guess has no points

export function build(part, kit) {
  const { state, changed, server, screen, make_plot, log_snr, SIDE, inks: { BLUE, ORANGE } } = kit;
  part.innerHTML = `
    <div class="choices"><b class="progress"></b><span class="score" role="status"></span><button class="push again">Start over</button></div>
    <p class="asked"></p>
    <div class="panels quiz">${"<figure><canvas role=\"img\"></canvas><figcaption></figcaption></figure>".repeat(3)}</div>
    <div class="bar"><label for="quiz-t">your guess of <i>t</i></label><input id="quiz-t" type="range" min="0" max="1000" step="1" value="500"><output for="quiz-t"></output></div>
    <div class="choices answers" role="group" aria-label="Answers"></div>
    <div class="choices"><button class="push go"></button></div>
    <p class="said" role="status"></p>
    <figure class="plot small"><figcaption><span>log-SNR over <i>t</i></span></figcaption><canvas role="img" aria-label="log-SNR of the schedules over t"></canvas></figure>`;
  const $ = (name) => part.querySelector(name), slider = $("#quiz-t");
  const panels = [...part.querySelectorAll(".quiz figure")].map((figure) => ({ figure, screen: screen(figure.querySelector("canvas"), SIDE), caption: figure.querySelector("figcaption") }));
  const plot = make_plot($(".plot canvas"), { x: [0, 1], y: [-12, 12] }), paths = {};
  let asked = 0, score = 0, right = 0, question = null, revealed = false, chosen = null;

  const random = (low, high) => low + Math.random() * (high - low);
  const pick = (list) => list[Math.floor(Math.random() * list.length)];
  const title = (name) => kit.schedules.find(([n]) => n === name)[1];
  const level = (path, t) => { const k = Math.round(t * (path.alpha.length - 1)), a = path.alpha[k], s = path.sigma[k], r = Math.max(1, Math.hypot(a, s)); return [a / r, s / r]; };
  const snr_line = (path) => Array.from({ length: 201 }, (_, i) => { const k = Math.round(i / 200 * (path.alpha.length - 1)); return [i / 200, log_snr(path.alpha[k], path.sigma[k])]; }).filter((p) => Number.isFinite(p[1]));

  async function path_of(name) {
    if (!paths[name]) {
      const answer = await server.levels(JSON.stringify({ schedule: name }));
      if (answer.error) throw new Error(answer.error);
      paths[name] = kit.take_levels(answer);
    }
    return paths[name];
  }

  async function ask() {
    if (!state.x || !state.e) return;
    const kind = KINDS[asked % KINDS.length], t = random(0.08, 0.9);
    let made;
    try {
      if (kind === "level") made = { truth: t, name: state.title, path: { alpha: state.alpha, sigma: state.sigma } };
      if (kind === "schedule") {
        const names = [...OFFERED].sort(() => Math.random() - 0.5).slice(0, 3);
        for (const name of names) await path_of(name);
        made = { truth: pick(names), names };
      }
      if (kind === "first") {
        const away = random(0.04, 0.15) * (Math.random() < 0.5 ? -1 : 1), other = Math.min(0.95, Math.max(0.03, t + away));
        made = { truth: t < other ? 0 : 1, times: [t, other], path: { alpha: state.alpha, sigma: state.sigma } };
      }
    } catch { $(".said").textContent = "No answer from the server; press Start over."; return; }
    question = part.lab = { kind, ...made };
    revealed = false;
    chosen = null;
    show();
  }

  const ways = {
    level: {
      words: () => `This is your picture noised by the schedule “${question.name}”. At which t?`,
      panels: () => [[question.path, question.truth, "t = ?"]],
      answers: [],
      points: () => MOST * Math.max(0, 1 - Math.abs(slider.value / 1000 - question.truth) / HARD),
      told: () => `It was t = ${question.truth.toFixed(3)}; you said ${(slider.value / 1000).toFixed(3)}.`,
      after: () => [[question.path, question.truth, `t = ${question.truth.toFixed(3)}`], [question.path, slider.value / 1000, `your guess, t = ${(slider.value / 1000).toFixed(3)}`]],
    },
    schedule: {
      words: () => "One schedule at t = 0.15, 0.4 and 0.7. Which schedule is it?",
      panels: () => [0.15, 0.4, 0.7].map((t) => [paths[question.truth], t, `t = ${t}`]),
      answers: () => question.names.map(title),
      points: () => (question.names[chosen] === question.truth ? MOST : 0),
      told: () => `It was ${title(question.truth)}, the solid line.`,
    },
    first: {
      words: () => "The same noise, two timesteps. Which came first, that is, which has the smaller t?",
      panels: () => question.times.map((t, i) => [question.path, t, `${"AB"[i]}`]),
      answers: () => ["A came first", "B came first"],
      points: () => (chosen === question.truth ? MOST : 0),
      told: () => `A is t = ${question.times[0].toFixed(3)}, B is t = ${question.times[1].toFixed(3)}.`,
      after: () => question.times.map((t, i) => [question.path, t, `${"AB"[i]}, t = ${t.toFixed(3)}`]),
    },
  };

  function paint(list) {
    panels.forEach((panel, i) => {
      panel.figure.hidden = i >= list.length;
      if (i >= list.length) return;
      const [path, t, caption] = list[i];
      panel.screen.blend(state, ...level(path, t));
      panel.caption.textContent = caption;
      panel.figure.querySelector("canvas").setAttribute("aria-label", `Noised picture, ${caption}`);
    });
    $(".quiz").style.setProperty("--count", list.length);
  }

  function show() {
    const way = ways[question.kind], answers = typeof way.answers === "function" ? way.answers() : [];
    $(".progress").textContent = `Question ${asked + 1} of ${ROUND}`;
    $(".asked").textContent = way.words();
    paint(way.panels());
    $(".bar").hidden = question.kind !== "level";
    $(".answers").replaceChildren(...answers.map((text, i) => {
      const button = Object.assign(document.createElement("button"), { className: "push answer", textContent: `${i + 1}. ${text}` });
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => choose(i));
      return button;
    }));
    $(".go").textContent = "Reveal";
    $(".go").disabled = answers.length > 0;
    $(".said").textContent = answers.length ? "Choose with the keys 1 to 3 or a click, then reveal with Enter." : "Drag the slider, then reveal with Enter.";
    $(".plot").style.visibility = "hidden";
    total();
    $("output").textContent = (slider.value / 1000).toFixed(3);
    part.dataset.question = asked;
    delete part.dataset.points;
  }
  const total = () => ($(".score").textContent = `${score.toFixed(0)} points${asked ? `, ${right} of ${asked} right` : ""}`);

  function choose(i) {
    if (revealed) return;
    chosen = i;
    [...$(".answers").children].forEach((button, j) => button.setAttribute("aria-pressed", i === j));
    $(".go").disabled = false;
  }

  function reveal() {
    const way = ways[question.kind], points = way.points();
    revealed = true;
    asked++;
    score += points;
    right += points >= MOST / 2;
    if (way.after) paint(way.after());
    [...$(".answers").children].forEach((button, i) => {
      const good = question.kind === "schedule" ? question.names[i] === question.truth : i === question.truth;
      button.classList.toggle("good", good);
      button.classList.toggle("bad", i === chosen && !good);
      if (good) button.textContent += " ✓"; else if (i === chosen) button.textContent += " ✗";
    });
    const end = asked >= ROUND ? ` That was the last: ${score.toFixed(0)} of ${ROUND * MOST} points.` : "";
    $(".said").textContent = `${points >= MOST / 2 ? "Right" : "Not quite"}: ${points.toFixed(0)} points. ${way.told()}${end}`;
    part.dataset.points = points;
    draw_curves();
    total();
    $(".go").textContent = asked >= ROUND ? "Play again" : "Next question";
    $(".go").disabled = false;
  }

  function draw_curves() {
    $(".plot").style.visibility = "visible";
    if (question.kind === "schedule") {
      plot.draw((p) => { for (const name of question.names) p.curve(snr_line(paths[name]), name === question.truth ? BLUE : "rgba(128,128,128,.7)", name === question.truth ? [] : [5, 4]); });
    } else {
      const times = question.kind === "level" ? [question.truth, slider.value / 1000] : question.times, path = question.path;
      plot.draw((p) => {
        p.curve(snr_line(path), BLUE);
        times.forEach((t, i) => { const [a, s] = level(path, t); if (Number.isFinite(log_snr(a, s))) p.dot(t, log_snr(a, s), i ? ORANGE : BLUE, 7); });
      });
    }
  }

  function go() {
    if ($(".go").disabled || !question) return;
    if (!revealed) reveal();
    else if (asked >= ROUND) again();
    else ask();
  }
  function again() { asked = score = right = 0; ask(); }
  $(".go").addEventListener("click", go);
  $(".again").addEventListener("click", again);
  slider.addEventListener("input", () => { $("output").textContent = (slider.value / 1000).toFixed(3); });
  part.addEventListener("keydown", (event) => {
    if (event.key >= "1" && event.key <= "3" && $(".answers").children[event.key - 1]) choose(event.key - 1);
    else if (event.key === "Enter" && event.target.tagName !== "BUTTON") go();
    else return;
    event.preventDefault();
  });
  part.tabIndex = -1;
  changed.addEventListener("change", () => { if (!part.hidden && question && !revealed) ask(); });
  return { show: (enter) => { if (!question) ask(); if (enter) part.focus({ preventScroll: true }); } };
}
