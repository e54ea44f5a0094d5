// Plays and scrubs the frames that arrive; each message holds only frames that are new.
const $ = (name) => element.querySelector(name);
const scrub = $(".scrub");
let run = null, frames = [], following = true, timer = 0;

function paint(canvas, text, w, h) {
  if (!text) { canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height); return; }
  const rgb = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const image = new ImageData(w, h);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    image.data[j] = rgb[i]; image.data[j + 1] = rgb[i + 1]; image.data[j + 2] = rgb[i + 2]; image.data[j + 3] = 255;
  }
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function show(place) {
  const f = frames[place];
  if (!f) return;
  paint($(".x"), f.x, f.w, f.h);
  paint($(".x0"), f.x0, f.w, f.h);
  scrub.value = place;
  $(".text").textContent = f.text;
  scrub.setAttribute("aria-valuetext", f.text);
  element.dataset.shown = f.index;
}

function take() {
  if (!props.frames) return;
  const message = JSON.parse(props.frames);
  if (message.run !== run) {
    run = message.run; frames = []; following = true; clearInterval(timer);
    $(".note").textContent = "";
  }
  for (const f of message.frames) if (!frames.some((g) => g.index === f.index)) frames.push(f);
  frames.sort((a, b) => a.index - b.index);
  scrub.max = Math.max(0, frames.length - 1);
  if (message.note) $(".note").textContent = message.note;
  element.dataset.count = frames.length;
  element.dataset.run = run;
  if (following) show(frames.length - 1);
}

scrub.addEventListener("input", () => { following = +scrub.value === frames.length - 1; clearInterval(timer); show(+scrub.value); });
$(".play").addEventListener("click", () => {
  clearInterval(timer);
  following = false;
  let place = 0;
  const pace = Math.max(30, Math.min(200, 3000 / Math.max(1, frames.length)));
  timer = setInterval(() => { show(place); if (++place >= frames.length) clearInterval(timer); }, pace);
});
watch("frames", take);
take();
