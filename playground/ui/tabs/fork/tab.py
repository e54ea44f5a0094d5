"""The Fork tab: stop a sampling anywhere, change something, and go on from there."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from playground import export
from playground.diffusion.registry import Knob
from playground.spaces.strokes import strokes
from playground.ui.i18n.text import Text
from playground.ui.media.downloads import download_path
from playground.ui.page.joined import joined_part
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.queueing import in_turn
from playground.ui.shell import Shell, Starts, Tab
from playground.ui.tabs.fork.halfway import HALF, halfway
from playground.ui.tabs.fork.messages import facts, stream
from playground.ui.tabs.fork.tree import MOST_STEPS, REST, Film, Tree
from playground.ui.widgets.knobs import knob_slider, unread
from playground.ui.widgets.painted import painted_again
from playground.ui.widgets.request import Request, SamplingForm
from playground.ui.widgets.sampling_controls import SamplingControls

# Where the page stands: the film, its step, what is painted. Other programs send their own.
SHOWN = """(tree, ...sent) => {
  const at = document.querySelector("#fork[data-film], #fork [data-film]")?.dataset;
  return at ? [tree, +at.film, +at.step, at.paint ?? "", ...sent.slice(3)] : [tree, ...sent];
}"""


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; other tabs may send it settings."""
    context, page = shell.context, shell.page
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=340, elem_classes="below-on-phone"):
            controls = SamplingControls(context, page, "fork", pictures=1)
            rest = knob_slider("Steps from here", REST)
        with gr.Column(scale=1, min_width=320):
            with gr.Row():
                start = gr.Button(
                    "Start", variant="primary", elem_id="fork-start", scale=2, min_width=100
                )
                go_on = gr.Button(
                    "Go on from here",
                    variant="primary",
                    elem_id="fork-continue",
                    scale=3,
                    min_width=160,
                )
                stop = gr.Button("Stop", variant="stop", elem_id="fork-stop", scale=1, min_width=80)
                clear = gr.Button("Clear", elem_id="fork-clear", scale=1, min_width=70)
                half = gr.Button(
                    f"Step {HALF} of {2 * HALF} is not a {HALF}-step run",
                    elem_id="fork-halfway",
                    scale=3,
                )
            shared = ("kept_run", "paint_board", "film_tree")
            part = joined_part("fork", shared=shared, value="{}", given="", message="")
    painted_again(part, "paint", message="")
    tree = gr.State(Tree())
    number = unread(gr.Number(0, visible=False, label="film"))
    step = unread(gr.Number(0, visible=False, label="step"))
    paint = gr.Textbox("", visible=False, label="paint")
    told, end = gr.JSON(visible=False), gr.Image(visible=False, type="filepath")
    outputs = [tree, part, told, end]

    def begin(form: SamplingForm, films: Tree) -> Iterator[tuple[Any, ...]]:
        film = films.root(_one(form.request(context)))
        yield from _shown(films, film, stream(film))

    def go(
        form: SamplingForm, films: Tree, number: Any, step: Any, paint: Any, rest: Any
    ) -> Iterator[tuple[Any, ...]]:
        request = _one(form.request(context))
        at = films.film(_whole("film", number))
        shape = at.request.denoiser.shape
        begun = films.branch(
            request,
            at.number,
            _whole("step", step),
            strokes(paint, shape),
            REST.check("steps from here", rest),
        )
        yield from _shown(films, begun[0], stream(*begun))

    def demonstrate(form: SamplingForm, films: Tree) -> Iterator[tuple[Any, ...]]:
        for message in halfway(films, _one(form.request(context))):
            yield films, gr.HTML(message=message), gr.skip(), gr.skip()

    def waiting(place: Text | None) -> tuple[Any, ...]:
        told = gr.HTML(message=json.dumps({"waiting": str(place or "")}))
        return gr.skip(), told, gr.skip(), gr.skip()

    def handled(handler: Callable[..., Any], own: Sequence[str]) -> Callable[..., Any]:
        return in_turn(controls.handled(handler, own), waiting)

    # "multiple": a branch may begin while its parent still runs
    settings: dict[str, Any] = {"show_progress": "hidden", "trigger_mode": "multiple"}
    settings["concurrency_limit"] = None  # turns are taken by in_turn
    begun = start.click(
        handled(begin, ["tree"]),
        [tree, *controls.components],
        outputs,
        api_name="fork_start",
        **settings,
    )
    gone = go_on.click(
        handled(go, ["tree", "film", "step", "paint", "rest"]),
        [tree, number, step, paint, rest, *controls.components],
        outputs,
        api_name="fork_continue",
        js=SHOWN,
        **settings,
    )
    shown = half.click(
        handled(demonstrate, ["tree"]),
        [tree, *controls.components],
        outputs,
        api_name="fork_halfway",
        **settings,
    )
    stop.click(None, None, None, cancels=[begun, gone, shown], api_visibility="private")
    clear.click(
        for_all(lambda: (Tree(), gr.HTML(message='{"clear": true}'))),
        None,
        [tree, part],
        cancels=[begun, gone, shown],
        api_name="fork_clear",
        show_progress="hidden",
    )
    shell.ports.recipes["fork"] = controls


def _shown(films: Tree, film: Film, messages: Iterator[str]) -> Iterator[tuple[Any, ...]]:
    """What a film sends as it runs: the tree, a message, facts, and at its end the picture."""
    for message in messages:
        path = gr.skip()
        if film.ended:
            path = download_path(f"film-{film.number + 1}.png")
            export.save(path, [film.xs[-1]])
        yield films, gr.HTML(message=message), facts(film), path


def _one(request: Request) -> Request:
    """The request for its first picture only."""
    cond = None if request.cond is None else request.cond[:1]
    return replace(request, seeds=request.seeds[:1], cond=cond)


def _whole(name: str, value: Any) -> int:
    return int(Knob(0, 0, MOST_STEPS, 1).check(name, value))


TAB = Tab(
    "fork",
    "Fork",
    build,
    group="Experiment",
    stage=("fork",),
    starts=Starts("fork", "fork-start", "fork-stop"),
    hints={
        "fork-new-seed": "Another seed: another film, or other fresh noise in a branch",
        "fork-start": "A new film from noise, with the settings at the left",
        "fork-continue": "A branch: begin at the step shown, with the settings and strokes of now",
        "fork-stop": "Pause: the steps made so far stay, and any of them can be gone on from",
        "fork-halfway": "Both from the same noise, side by side, and why they differ",
        "fork-clear": "Forget all films of this page",
    },
)
