// A part's run is told to whoever keeps runs, and a kept one is shown, marked, until the live one goes on.
// read() gives all that the part shows; write(that, again) has it shown and, if again, played from its start.
function keptRun(part, read, write) {
  const mark = Object.assign(document.createElement("p"), { className: "recorded", hidden: true });
  const tell = (kind, about) => document.dispatchEvent(new CustomEvent(kind, { detail: { part, ...about } }));
  let live = null;
  mark.setAttribute("role", "status");
  element.append(mark);
  document.addEventListener("run-again", ({ detail }) => {
    if (detail.part !== part) return;
    live ??= read();
    mark.replaceChildren(...detail.mark.map((text) => Object.assign(document.createElement("span"), { textContent: text })));
    mark.hidden = false;
    write(detail.shown, true);
  });
  return {
    isLive: () => live === null,
    goOn() { // before anything is drawn that came from a live run
      if (!live) return;
      write(live, false);
      live = null;
      mark.hidden = true;
    },
    heard: (run, begins) => tell("run-heard", { run, begins }),
    whole: (run, shown = read()) => { if (!live) tell("run-whole", { run, shown }); },
  };
}
