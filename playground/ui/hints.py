"""Help on hover for buttons, which Gradio's buttons lack: their titles, by element id."""

import json

HINTS = {
    "new-noise": "Another seed: other noise over the same picture",
    "save-noised": "Save the noised picture as PNG, with its numbers",
    "generate": "Start from noise and denoise step by step",
    "stop": "End it now; the frames made so far stay",
    "save-png": "Save the newest frame as PNG",
    "save-gif": "Save all frames as an animated GIF",
    "new-seed": "Another seed: other pictures",
    "train-start": "Start a new run with these pictures",
    "train-pause": "Save and end the trainer; Resume goes on",
    "train-resume": "Go on where this run was saved",
    "train-stop": "Save and end this run; its model stays",
    "train-delete": "Delete this run with its pictures, for good",
}

# buttons come and go with their tabs, so each gets its title when it is first pointed at or focused
SCRIPT = """() => {
  const hints = %s;
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => {
    const button = event.target.closest?.("button");
    const id = button?.id || button?.closest("[id]")?.id;
    if (button && hints[id]) button.title = hints[id];
  });
}""".replace("%s", json.dumps(HINTS))
