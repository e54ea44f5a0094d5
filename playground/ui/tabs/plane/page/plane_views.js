// What the two pictures and the charts of the Plane tab show now; what it is lies in plane_answers.js.
function levelAt(t, of = levels) {
  const n = of.length / 2, place = t * (n - 1), k = Math.min(n - 2, Math.floor(place)), part = place - k;
  const at = (i) => (1 - part) * of[i + k] + part * of[i + k + 1];
  return { alpha: at(0), sigma: at(n) };
}
const angleOf = (level) => Math.atan2(level.sigma, level.alpha);
const scaleOf = (level) => Math.min(1, Math.hypot(level.alpha, level.sigma)); // wider ones are shrunk to the picture

// All pictures side by side, each as it is named and drawn at t on a canvas.
const pictures = () => [
  { name: $(".truth-title").textContent, about: $(".truth-about").textContent, canvas: $(".truth"), draw: drawTruth },
  ...(beside ?? [{ name: $(".made-title").textContent, about: $(".made-about").textContent, canvas: $(".made"), draw: drawMade }]),
];
let frame = 0;
function draw() {
  frame = 0;
  if (!cloud || !levels) return;
  const t = +slider.value;
  for (const picture of pictures()) picture.draw(picture.canvas, t);
  if (!beside) drawDecoded(angleOf(levelAt(t)));
  $(".level").textContent = levelText(t);
  element.dataset.drawn = (+(element.dataset.drawn ?? 0) + 1);
  if (performance.now() - (made?.at ?? 0) < EASE) again();
}
function again() { if (!frame) frame = requestAnimationFrame(draw); }
function levelText(t) {
  const { alpha, sigma } = levelAt(t);
  return `${t.toFixed(3)} · alpha ${alpha.toFixed(3)} · sigma ${sigma < 10 ? sigma.toFixed(3) : sigma.toFixed(1)}`;
}

const u = new Float32Array(10000);
function drawTruth(canvas, t) {
  const b = board(canvas, REACH), level = levelAt(t), phi = angleOf(level), scale = scaleOf(level);
  if (!b) return;
  if (pad.on) { dots(b, pad.points.flatMap((p) => [p[0], p[1]]), pad.points.length, 1, pad.points.map((p) => p[2]), 3); return; }
  if ($(".heat").value !== "none") heat(b, cloud.density, phi, scale, inks()[0]);
  const cos = Math.cos(phi), sin = Math.sin(phi);
  for (let i = 0; i < 2 * cloud.count; i++) u[i] = cos * cloud.x0[i] + sin * cloud.eps[i];
  seen.truth = { u, count: cloud.count, scale, radius: Math.hypot(level.alpha, level.sigma) };
  dots(b, u, cloud.count, scale, cloud.labels, 2, 0.75);
  nameDigits(b, cos * scale);
  drawField(b, cloud.field, phi, scale);
}
function drawField(b, field, phi, scale) {
  const [what, how] = $(".arrows").value.split("-");
  if (what !== "none" && field) (how === "lines" ? streams : arrows)(b, field, phi, scale, what);
}
const shownField = () => $(".heat").value === "error" || $(".arrows").value !== "none";
function drawMade(canvas, t) {
  const b = board(canvas, REACH), level = levelAt(t), phi = angleOf(level), field = made?.field;
  if (!b) return;
  if (!canvas.dataset.side) $(".made-field").textContent = field?.errors && shownField() ? `the guess of x0 misses the exact one by ${errorAt(field, phi).toFixed(3)} at this level` : "";
  drawPaths(b, made, phi, scaleOf(level), Math.hypot(level.alpha, level.sigma));
}
function errorAt(field, phi) {
  const place = phi / (Math.PI / 2) * (field.turns - 1), k = Math.min(field.turns - 2, Math.floor(place));
  return (1 - place + k) * field.errors[k] + (place - k) * field.errors[k + 1];
}
function note(b, text) {
  b.g.fillStyle = getComputedStyle(element).color; b.g.globalAlpha = 0.75;
  b.g.font = "17px system-ui, sans-serif"; b.g.textAlign = "center";
  b.g.fillText(text, b.half, b.half, b.side - 30);
  b.g.globalAlpha = 1; b.g.textAlign = "left";
}
function charts() {
  bandBars($(".bands"), curve.findLast((p) => p.bands)?.bands, cloud?.bands_floor, LINE[0]);
  chart($(".curve"), { lines: [{ points: curve.map((p) => [p.seconds, p.distance]), colour: LINE[0] }], floor: curve.at(-1)?.floor, band: curve.at(-1)?.band, title: "distance of samples to held-out points", across: "s of training", waiting: "Train to see it fall to its floor." });
  chart($(".race"), { lines: lanes.filter(Boolean), floor: lanes[0]?.floor, band: lanes[0]?.band, title: "distance against network calls", across: "calls", waiting: "Race samplers, from the same noise." });
}
