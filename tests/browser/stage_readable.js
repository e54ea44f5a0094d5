// What on the stage a hall could not read: words under 28 pixels or 7:1, or beyond the screen's edge.
// All figures at once in light and in dark, and each alone in light: sizes are the same in both, and a
// figure's colours do not know whether it stands alone. Words on canvases are heard as they are drawn.
async () => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (colour) => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((value, i) => a * value + (1 - a) * below[i]);
  const luminance = (colour) => colour
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (...two) => {
    const [dark, light] = two.map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const colours = new Map(); // a look costs thousands of equal readings of one pixel
  const colour = (text) => {
    if (!colours.has(text)) colours.set(text, read(text));
    return colours.get(text);
  };
  let kept = new Map(); // of one look: [what is below, opacity] of an element
  const below = (one) => {
    if (!one) return [[1, 1, 1], 1];
    if (!kept.has(one)) {
      const { backgroundColor, opacity } = getComputedStyle(one);
      const own = colour(backgroundColor), [ground, through] = below(one.parentElement);
      kept.set(one, [own[3] === 1 ? own.slice(0, 3) : over(own, ground), +opacity * through]);
    }
    return kept.get(one);
  };
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const written = (one) => (["INPUT", "SELECT"].includes(one.tagName) ? one.value : [...one.childNodes].map((n) => (n.nodeType === 3 ? n.data : "")).join("")).trim();
  const wordless = ["range", "checkbox", "radio", "file", "color"];

  const drawn = new Map(), proto = CanvasRenderingContext2D.prototype, { fillText, drawImage } = proto;
  proto.fillText = function (text, ...at) {
    const size = parseFloat(/([\d.]+)px/.exec(this.font)[1]) * this.getTransform().a;
    drawn.set(this.canvas, [...(drawn.get(this.canvas) ?? []), { text, size, ink: this.fillStyle }]);
    return fillText.call(this, text, ...at);
  };
  proto.drawImage = function (source, ...at) {
    if (drawn.has(source)) drawn.set(this.canvas, [...(drawn.get(this.canvas) ?? []), ...drawn.get(source)]);
    return drawImage.call(this, source, ...at);
  };

  const found = new Set();
  function look(where) {
    const stage = document.querySelector(".stage");
    kept = new Map();
    const say = (text, size, ink, ground) => {
      const ratio = contrast(over(ink, ground), ground);
      if (size < 27.9 || ratio < 7) found.add(`${where}: "${text.slice(0, 30)}" has ${size.toFixed(1)} px and ${ratio.toFixed(1)}:1`);
    };
    for (const one of stage.querySelectorAll("*")) {
      const words = written(one);
      if (!words || !seen(one) || one.disabled || one.closest("sub, sup, tspan[dy], option, style") || wordless.includes(one.type)) continue;
      const { color, fontSize } = getComputedStyle(one);
      const [r, g, b, a] = colour(color), [ground, through] = below(one);
      say(words, parseFloat(fontSize) * one.currentCSSZoom, [r, g, b, a * through], ground);
    }
    for (const [canvas, texts] of drawn) {
      if (!stage.contains(canvas) || !seen(canvas)) continue;
      const scale = canvas.getBoundingClientRect().width / canvas.width;
      for (const { text, size, ink } of texts) say(`drawn ${text}`, size * scale, colour(ink), below(canvas)[0]);
    }
    for (const one of stage.querySelectorAll("figure, input[type=range]")) {
      const lower = one.getBoundingClientRect().bottom - caption.getBoundingClientRect().top;
      if (seen(one) && lower > 1) found.add(`${where}: ${one.tagName} ends ${lower.toFixed(0)} px below what is seen`);
    }
  }

  const key = (name) => window.dispatchEvent(new KeyboardEvent("keydown", { key: name }));
  const rest = () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 60));
  const caption = document.getElementById("talk-caption");
  for (const theme of ["light", "dark"]) {
    const said = caption.textContent;
    key("Escape");
    caption.textContent = said;
    document.body.classList.toggle("dark", theme === "dark");
    await rest();
    drawn.clear();
    key("p"); // drawn anew, since it is enlarged
    await rest();
    look(`${theme}, all`);
    for (let i = 1; theme === "light" && i < 12; i++) {
      drawn.clear();
      key("ArrowDown");
      await rest();
      if (!document.querySelector(".stage.alone")) break;
      look(`${theme}, ${i} alone`);
    }
  }
  document.body.classList.remove("dark");
  Object.assign(proto, { fillText, drawImage });
  return [...found];
}
