// @ts-check
// What Gradio's buttons lack: help on hover, by element id, and names of those with a picture.

/**
 * Buttons come and go with their tabs, so each gets its title when first pointed at or focused.
 * @param {Record<string, string>} hints by a button's element id
 */
export function start(hints) {
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      if (!(event.target instanceof Element)) return;
      const button = event.target.closest("button");
      const id = button?.id || button?.closest("[id]")?.id;
      if (button && id && hints[id]) button.title = hints[id];
    });
  }
  nameExamples();
  document.addEventListener("load", nameExamples, true);
}

/** Name examples by their files, for who cannot see them. */
function nameExamples() {
  for (const button of document.querySelectorAll("button.gallery-item:not([aria-label])")) {
    const source = decodeURI(button.querySelector("img")?.src ?? "");
    const stem = source.match(/([^/]+)\.\w+$/);
    if (stem) button.setAttribute("aria-label", stem[1]);
  }
}
