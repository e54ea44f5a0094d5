// Where texts stand: of the page by their ranges, on canvases as they were drawn. To be run before
// the page's own scripts; window.overlaps() tells what lies over what.
(() => {
  const drawn = new WeakMap(); // canvas -> texts in its pixels
  const on = (canvas) => drawn.get(canvas) ?? drawn.set(canvas, []).get(canvas);
  const pens = CanvasRenderingContext2D.prototype;
  const { fillText, clearRect, drawImage } = pens;

  pens.fillText = function (text, x, y, ...rest) {
    const m = this.measureText(text);
    const at = this.getTransform();
    const corners = [
      [x - m.actualBoundingBoxLeft, y - m.actualBoundingBoxAscent],
      [x + m.actualBoundingBoxRight, y + m.actualBoundingBoxDescent],
    ].map(([u, v]) => at.transformPoint(new DOMPoint(u, v)));
    const [xs, ys] = [corners.map((c) => c.x), corners.map((c) => c.y)];
    const box = { left: Math.min(...xs), right: Math.max(...xs) };
    Object.assign(box, { top: Math.min(...ys), bottom: Math.max(...ys) });
    const key = JSON.stringify(box) + text; // drawn again at the same place is one text
    if (!on(this.canvas).some((one) => one.key === key)) on(this.canvas).push({ text, key, ...box });
    return fillText.call(this, text, x, y, ...rest);
  };
  pens.clearRect = function (x, y, wide, high) {
    const at = this.getTransform();
    const from = at.transformPoint(new DOMPoint(x, y));
    const to = at.transformPoint(new DOMPoint(x + wide, y + high));
    const isInside = (one) =>
      one.left >= from.x && one.right <= to.x && one.top >= from.y && one.bottom <= to.y;
    const whole = to.x >= this.canvas.width - 1 && to.y >= this.canvas.height - 1;
    drawn.set(
      this.canvas,
      on(this.canvas).filter((one) => !(whole && from.x <= 1 && from.y <= 1) && !isInside(one)),
    );
    return clearRect.call(this, x, y, wide, high);
  };
  pens.drawImage = function (image, ...rest) {
    // axes are drawn once and kept as a picture
    if (image instanceof HTMLCanvasElement && rest.length === 2) on(this.canvas).push(...on(image));
    return drawImage.call(this, image, ...rest);
  };
  for (const side of ["width", "height"]) {
    const own = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side);
    Object.defineProperty(HTMLCanvasElement.prototype, side, {
      ...own,
      set(value) {
        drawn.set(this, []); // all is cleared
        own.set.call(this, value);
      },
    });
  }

  const meet = (a, b) => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const CUTS = /hidden|clip|auto|scroll/;

  // What of a box is seen: what boxes around it do not cut off; null if nothing is.
  function seen(box, element) {
    let left = box;
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.visibility === "hidden" || style.opacity === "0") return null;
      if (style.clipPath !== "none" && style.clipPath.includes("50%")) return null;
      if (CUTS.test(style.overflowX + style.overflowY)) left = meet(left, at.getBoundingClientRect());
    }
    return left.right - left.left > 2 && left.bottom - left.top > 2 ? left : null;
  }

  // What lies above the page on purpose, with a ground of its own: it may cover texts.
  function layer(element) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const { position } = getComputedStyle(at);
      if (position === "fixed" || position === "sticky") return at;
      if (at.matches("dialog, [role=tooltip], [role=listbox]")) return at;
    }
    return null;
  }

  function boxes() {
    const found = [];
    const add = (text, box, element, source) => {
      const shown = seen(box, element);
      if (shown) found.push({ text: text.trim().slice(0, 60), layer: layer(element), source, ...shown });
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !element.getClientRects().length) continue;
      if (!element.checkVisibility()) continue; // folded away in <details>, it has a box
      if (element.closest("script, style, noscript, option, [hidden], svg")) continue;
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const spare = 0.24 * rect.height; // a line's letters are lower than its box
        const { left, right, top, bottom } = rect;
        add(node.data, { left, right, top: top + spare, bottom: bottom - spare }, element, node);
      }
    }
    for (const canvas of document.querySelectorAll("canvas")) {
      const place = canvas.getBoundingClientRect();
      if (!place.width || !canvas.width) continue;
      const [u, v] = [place.width / canvas.width, place.height / canvas.height];
      on(canvas).forEach((one) => {
        const box = {
          left: place.left + u * one.left,
          right: place.left + u * one.right,
          top: place.top + v * one.top,
          bottom: place.top + v * one.bottom,
        };
        add(one.text, meet(box, place), canvas, one);
      });
    }
    return found;
  }

  // Pairs of texts that lie over each other, by more than a pixel.
  window.overlaps = () => {
    const all = boxes().sort((a, b) => a.left - b.left);
    const pairs = [];
    all.forEach((a, i) => {
      for (let k = i + 1; k < all.length && all[k].left < a.right - 1; k++) {
        const b = all[k];
        if (a.source === b.source || a.layer !== b.layer) continue;
        const both = meet(a, b);
        if (both.right - both.left > 1 && both.bottom - both.top > 1) {
          pairs.push(`“${a.text}” and “${b.text}” at ${Math.round(both.left)}, ${Math.round(both.top)}`);
        }
      }
    });
    return { pairs, count: all.length };
  };

  // When the page's layout has been the same for some frames.
  window.laidOut = async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    let before = "";
    let same = 0;
    for (let i = 0; i < 90 && same < 4; i++) {
      await frame();
      const now = `${document.body.scrollHeight} ${document.body.scrollWidth}`;
      same = now === before ? same + 1 : 0;
      before = now;
    }
  };
})();
