// Whole pixels painted over a picture: what is transparent is not painted.
function pixels(canvas, text, w, h) {
  // RGB bytes in base64 onto a canvas; nothing clears it
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const pen = canvas.getContext("2d");
  if (!text) {
    pen.clearRect(0, 0, w, h);
    return;
  }
  const rgb = Uint8Array.from(atob(text), (c) => c.charCodeAt(0)),
    image = new ImageData(w, h);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    image.data[j] = rgb[i];
    image.data[j + 1] = rgb[i + 1];
    image.data[j + 2] = rgb[i + 2];
    image.data[j + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
}

async function painting(text) {
  // what a board's data() told, to be laid on it
  const image = new Image();
  image.src = text;
  await image.decode();
  return image;
}

function paintBoard(over, changed) {
  const pen = over.getContext("2d", { willReadFrequently: true }),
    past = [];
  const spot = Object.assign(document.createElement("div"), { className: "spot", hidden: true });
  over.after(spot);
  const tools = { colour: "#e03131", width: 2, erase: false };
  let at = null,
    key = [0, 0];
  const size = () => [over.width, over.height];
  const whole = () => pen.getImageData(0, 0, ...size());
  function dab([x, y]) {
    const back = (tools.width - 1) >> 1,
      where = [x - back, y - back, tools.width, tools.width];
    if (tools.erase) return pen.clearRect(...where);
    pen.fillStyle = tools.colour;
    pen.fillRect(...where);
  }
  function stroke(from, to) {
    // every pixel between two places, however fast the hand was
    const steps = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]), 1);
    for (let i = 0; i <= steps; i++)
      dab(from.map((v, k) => Math.round(v + ((to[k] - v) * i) / steps)));
  }
  function keep() {
    past.push(whole());
    if (past.length > 50) past.shift();
  }
  const board = {
    tools,
    isEmpty: () => !whole().data.some((v, i) => i % 4 === 3 && v),
    data: () => (board.isEmpty() ? "" : over.toDataURL("image/png")),
    canUndo: () => past.length > 0,
    undo() {
      const image = past.pop();
      if (image && image.width === over.width) pen.putImageData(image, 0, 0);
      changed();
    },
    clear() {
      keep();
      pen.clearRect(0, 0, ...size());
      changed();
    },
    fill() {
      keep();
      pen.fillStyle = tools.colour;
      pen.fillRect(0, 0, ...size());
      changed();
    },
    block(x, y, w, h) {
      pen.fillStyle = tools.colour;
      pen.fillRect(x, y, w, h);
      changed();
    },
    lay(image) {
      board.size(image.width, image.height);
      pen.clearRect(0, 0, ...size());
      pen.drawImage(image, 0, 0);
      changed();
    },
    size(w, h) {
      if (over.width === w && over.height === h) return;
      over.width = w;
      over.height = h;
      past.length = 0;
      key = [w >> 1, h >> 1];
      changed();
    },
  };
  const place = (event) => {
    const box = over.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * over.width,
      ((event.clientY - box.top) / box.height) * over.height,
    ].map(Math.floor);
  };
  over.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    over.focus({ preventScroll: true });
    spot.hidden = true;
    over.setPointerCapture(event.pointerId);
    keep();
    dab((at = place(event)));
  });
  over.addEventListener("pointermove", (event) => {
    if (at)
      for (const one of [...(event.getCoalescedEvents?.() ?? []), event]) {
        const to = place(one);
        stroke(at, to);
        at = to;
      }
  });
  for (const kind of ["pointerup", "pointercancel"])
    over.addEventListener(kind, () => {
      if (at) {
        at = null;
        changed();
      }
    });
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  over.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") board.undo();
    else if (move) key = key.map((v, i) => Math.min(size()[i] - 1, Math.max(0, v + move[i])));
    else if (event.key === " ") {
      keep();
      dab(key);
      changed();
    } else return;
    event.preventDefault();
    spot.hidden = false;
    const cell = size().map((n) => 100 / n);
    Object.assign(spot.style, {
      left: `${key[0] * cell[0]}%`,
      top: `${key[1] * cell[1]}%`,
      width: `${cell[0]}%`,
      height: `${cell[1]}%`,
    });
  });
  over.addEventListener("blur", () => {
    spot.hidden = true;
  });
  return board;
}

function palette(box, colours, board) {
  // swatches and one colour of one's own
  const press = (chosen) => {
    for (const one of swatches) one.setAttribute("aria-pressed", one === chosen);
    own.classList.toggle("pressed", own === chosen); // an input of colour has no pressed state
  };
  const swatches = Object.entries(colours).map(([name, value]) => {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      title: name,
      ariaLabel: name,
    });
    button.style.background = value;
    button.addEventListener("click", () => {
      Object.assign(board.tools, { colour: value, erase: false });
      press(button);
    });
    return button;
  });
  const own = Object.assign(document.createElement("input"), {
    type: "color",
    value: "#ff8787",
    title: "Another colour",
    ariaLabel: "Another colour",
  });
  own.addEventListener("input", () => {
    Object.assign(board.tools, { colour: own.value, erase: false });
    press(own);
  });
  box.append(...swatches, own);
  swatches[0].click();
}
