// The camera in the page: a burst of pictures, four a second; the set of them is picture_set's.
const $ = (name) => element.querySelector(name);
const video = $(".live"), hint = $(".hint"), burst = $(".burst");
const LONGEST = 320, PACE = 250; // pixels of the longer side; ms from picture to picture
const OFF = "The camera is off; its pictures stay on this computer.";
let stream = null, taking = false;

const many = () => Math.min(100, Math.max(1, Math.round(+$(".many").value) || 20));
function label() {
  const count = many();
  burst.textContent = taking ? "Stop" : `Take ${count} picture${count === 1 ? "" : "s"}`;
  burst.disabled = !stream;
  $(".camera").textContent = stream ? "Stop camera" : "Start camera";
  $(".screen").classList.toggle("taking", taking);
}

function off(why = OFF) {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = video.srcObject = null;
  taking = false;
  hint.textContent = why;
  label();
}

async function on() {
  try {
    if (!navigator.mediaDevices) throw new Error("This browser gives cameras to https and localhost only.");
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
  } catch (error) {
    const why = { NotAllowedError: "The browser was not allowed to use the camera.", NotFoundError: "There is no camera.", NotReadableError: "Another program uses the camera." };
    return off(`${why[error.name] ?? error.message} Allow it or plug one in, then start again.`);
  }
  video.srcObject = stream;
  await video.play();
  hint.textContent = "";
  stream.getVideoTracks()[0].addEventListener("ended", () => off());
  label();
}

function shot() {
  const scale = LONGEST / Math.max(video.videoWidth, video.videoHeight), canvas = document.createElement("canvas");
  canvas.width = video.videoWidth * scale; canvas.height = video.videoHeight * scale;
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.9);
}

async function take() {
  const made = [], count = many();
  taking = true;
  label();
  while (taking && made.length < count) {
    made.push(shot());
    $(".told").textContent = `Taking ${made.length} of ${count} …`;
    await new Promise((done) => setTimeout(done, PACE));
  }
  taking = false;
  label();
  set.add(...made); // once: each change is read by the server
}

$(".camera").addEventListener("click", () => (stream ? off() : on()));
burst.addEventListener("click", () => { if (taking) taking = false; else take(); });
$(".many").addEventListener("input", label);
// a camera that nobody sees is off: another tab, another source
new ResizeObserver(() => { if (stream && !element.offsetParent) off(); }).observe(element);
label();
