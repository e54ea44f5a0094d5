// Pictures that came one below the other as raw RGB, laid out as a square sheet; gaps stay clear.
function paint(canvas, { x, w, h, count }) {
  const rgb = Uint8Array.from(atob(x), (c) => c.charCodeAt(0)),
    high = h / count;
  const columns = Math.ceil(Math.sqrt(count)),
    rows = Math.ceil(count / columns),
    gap = 1;
  canvas.width = columns * (w + gap) - gap;
  canvas.height = rows * (high + gap) - gap;
  const g = canvas.getContext("2d");
  for (let n = 0, i = 0; n < count; n++) {
    const image = new ImageData(w, high);
    for (let j = 0; j < image.data.length; i += 3, j += 4) {
      image.data[j] = rgb[i];
      image.data[j + 1] = rgb[i + 1];
      image.data[j + 2] = rgb[i + 2];
      image.data[j + 3] = 255;
    }
    g.putImageData(image, (n % columns) * (w + gap), Math.floor(n / columns) * (high + gap));
  }
}
