// Painting points: a brush of three colours and an eraser, by mouse or finger; density is kept.
function pointPad(canvas, reach, changed) {
  const pad = { on: false, points: [], colour: 0, erase: false, width: 0.14 };
  let last = null;
  const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  function at(event) {
    const box = canvas.getBoundingClientRect(), unit = box.width / 2 / reach;
    return [(event.clientX - box.left) / unit - reach, reach - (event.clientY - box.top) / unit];
  }
  function paint(to) {
    const from = last ?? to, way = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (pad.erase) {
      const far = Math.max(0.1, pad.width);
      pad.points = pad.points.filter((p) => Math.hypot(p[0] - to[0], p[1] - to[1]) > far);
    } else {
      const count = Math.max(2, Math.round(way * 70));
      for (let i = 0; i < count && pad.points.length < 5000; i++) {
        const part = Math.random();
        pad.points.push([from[0] + part * (to[0] - from[0]) + normal() * pad.width / 2, from[1] + part * (to[1] - from[1]) + normal() * pad.width / 2, pad.colour].map((v) => +v.toFixed(3)));
      }
    }
    last = to;
    changed(false);
  }
  canvas.addEventListener("pointerdown", (event) => { if (!pad.on) return; canvas.setPointerCapture(event.pointerId); last = null; paint(at(event)); event.preventDefault(); });
  canvas.addEventListener("pointermove", (event) => { if (pad.on && last && event.buttons) for (const one of event.getCoalescedEvents?.() ?? [event]) paint(at(one)); });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { if (pad.on && last) { last = null; changed(true); } });
  return pad;
}
