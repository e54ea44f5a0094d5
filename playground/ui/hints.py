"""What Gradio's buttons lack: help on hover, by element id, and names of those with a picture."""

import json

from playground.export import FORMATS

HINTS = {
    "new-noise": "Another seed: other noise over the same picture",
    "save-noised": "Save the noised picture as PNG, with its numbers",
    "generate": "Start from noise and denoise step by step",
    "stop": "End it now; the frames made so far stay",
    **{f"save-{kind}": f"{about}, with its settings" for kind, about in FORMATS.items()},
    "restore": "Take the settings out of a PNG, GIF, MP4, NPZ or JSON made here; or drop it here",
    "denoise-new-seed": "Another seed: other pictures",
    "sweep": "Sample one class at many scales, and measure what that does",
    "sweep-stop": "End the sweep; the columns made so far stay",
    "live-other-seeds": "Put the slider over 30 other seeds",
    "live-play": "Move the slider by itself, to and fro",
    "race-new-seed": "Another seed: other noise for all lanes and cells",
    "race-go": "Start all lanes from the same noise",
    "race-stop": "End it now; what the lanes made so far stays",
    "grid-go": "Sample every cell, one after the other",
    "grid-stop": "End it now; the cells made so far stay",
    "grid-save-png": "Save the cells made so far as one picture with its labels",
    "grid-save-csv": "Save settings, calls, seconds and distance of each cell as a table",
    "grid-save-json": "Save settings, calls, seconds and distance of each cell as JSON",
    "fork-new-seed": "Another seed: another film, or other fresh noise in a branch",
    "fork-start": "A new film from noise, with the settings at the left",
    "fork-continue": "A branch: begin at the step shown, with the settings and strokes of now",
    "fork-stop": "Pause: the steps made so far stay, and any of them can be gone on from",
    "fork-halfway": "Both from the same noise, side by side, and why they differ",
    "fork-clear": "Forget all films of this page",
    "edit-new-seed": "Another seed: other noise",
    "edit-bundled": "Another bundled picture that has the model's size",
    "edit-sample": "A picture that the model draws, to be edited",
    "edit-sdedit": "Noise the picture to this level and come back (SDEdit)",
    "edit-strip": "The same noise at rising strengths, side by side",
    "edit-inpaint": "Draw the painted part anew; the rest stays exactly",
    "edit-invert": "To the noise that makes this picture, back, and back otherwise",
    "edit-interpolate": "All pictures between two seeds or classes, as a film",
    "edit-variations": "Pictures near this seed's: a little of other noise",
    "edit-stop": "End it now; what is there stays",
    "edit-png": "Save the result as PNG",
    "edit-gif": "Save the film as an animated GIF",
    "train-start": "Start a new run with these pictures",
    "train-pause": "Save and end the trainer; Resume goes on",
    "train-resume": "Go on where this run was saved",
    "train-stop": "Save and end this run; its model stays",
    "open-snapshot": "Sample from the model as it was at this step",
    "train-rename": "Give this run and its model another name",
    "train-rename-yes": "Take this name",
    "train-rename-no": "Keep the name as it is",
    "train-duplicate": "Fill in the settings and pictures of this run, to change some and start",
    "train-continue": "A new run that begins with this model, on its pictures and those chosen now",
    "train-delete": "Delete this run with its pictures, for good",
    "train-delete-yes": "It cannot be undone",
    "train-delete-no": "Keep this run",
    "like-forget": "Take the ordinary settings again",
}

# buttons come and go with their tabs, so each gets its title when it is first pointed at or focused
SCRIPT = """() => {
  const hints = %s;
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => {
    const button = event.target.closest?.("button");
    const id = button?.id || button?.closest("[id]")?.id;
    if (button && hints[id]) button.title = hints[id];
  });
  // examples are named by their files, for who cannot see them
  const named = () => {
    for (const button of document.querySelectorAll("button.gallery-item:not([aria-label])")) {
      const stem = decodeURI(button.querySelector("img")?.src ?? "").match(/([^/]+)\\.\\w+$/);
      if (stem) button.setAttribute("aria-label", stem[1]);
    }
  };
  named();
  document.addEventListener("load", ({ target }) => target.matches?.("img") && named(), true);
}""".replace("%s", json.dumps(HINTS))
