"""The Fork tab: stop a sampling anywhere, change something, and go on from there."""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from playground.ui.i18n.text import Text
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part, started
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.queueing import in_turn
from playground.ui.shell import Shell, Starts, Tab
from playground.ui.tabs.fork.halfway import HALF
from playground.ui.tabs.fork.messages import Cleared, waiting_message
from playground.ui.tabs.fork.opening import first_fork
from playground.ui.tabs.fork.service import Forks
from playground.ui.tabs.fork.tree import REST, Tree
from playground.ui.widgets.knobs import knob_slider, unread
from playground.ui.widgets.painted import painted_again
from playground.ui.widgets.sampling_controls import SamplingControls


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; other tabs may send it settings."""
    context, page = shell.context, shell.page
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=340, elem_classes="below-on-phone"):
            controls = SamplingControls(context, page, "fork", pictures=1)
            rest = knob_slider("Steps from here", REST)
        with gr.Column(scale=1, min_width=320):
            start, go_on, stop, clear, half = _buttons()
            part = page_part(
                "tabs/fork/page/fork",
                styles=(
                    "page/kit/runs",
                    "page/kit/made",
                    "page/kit/play",
                    "page/kit/paint_board",
                    "tabs/fork/page/film_tree",
                ),
                server_functions=[first_fork(context).asked_by_page()],
                value="{}",
                given="",
                message="",
            )
    folding = started("page/kit/folding.js", [controls.more])
    tab.select(None, None, None, js=folding, api_visibility="private")
    painted_again(part, "paint", message="")
    forks = Forks(context)
    tree = gr.State(Tree())
    number = unread(gr.Number(0, visible=False, label="film"))
    step = unread(gr.Number(0, visible=False, label="step"))
    paint = gr.Textbox("", visible=False, label="paint")
    opened = gr.Checkbox(False, visible=False, label="opening")
    told, end = gr.JSON(visible=False), gr.Image(visible=False, type="filepath")
    outputs = [tree, part, told, end]

    def waiting(place: Text | None) -> tuple[Any, ...]:
        return gr.skip(), gr.HTML(message=waiting_message(place)), gr.skip(), gr.skip()

    def handled(
        handler: Callable[..., Any], own: Sequence[str], after: Sequence[str] = ()
    ) -> Callable[..., Any]:
        return in_turn(controls.handled(handler, own, after), waiting)

    # "multiple": a branch may begin while its parent still runs
    settings: dict[str, Any] = {"show_progress": "hidden", "trigger_mode": "multiple"}
    settings["concurrency_limit"] = None  # turns are taken by in_turn
    begun = start.click(
        handled(forks.begin, ["tree"]),
        [tree, *controls.components],
        outputs,
        api_name="fork_start",
        **settings,
    )
    gone = go_on.click(
        handled(forks.go, ["tree", "film", "step", "paint", "rest"], ["opening"]),
        [tree, number, step, paint, rest, *controls.components, opened],
        outputs,
        api_name="fork_continue",
        js=started("tabs/fork/page/place.js"),
        **settings,
    )
    compared = half.click(
        handled(forks.demonstrate, ["tree"]),
        [tree, *controls.components],
        outputs,
        api_name="fork_halfway",
        **settings,
    )
    running: list[Any] = [begun, gone, compared]
    stop.click(None, None, None, cancels=running, api_visibility="private")
    clear.click(
        for_all(lambda: (Tree(), gr.HTML(message=to_json(Cleared())))),
        None,
        [tree, part],
        cancels=running,
        api_name="fork_clear",
        show_progress="hidden",
    )
    shell.ports.recipes["fork"] = controls


def _buttons() -> list[gr.Button]:
    """Lay the buttons out: start, go on, stop, clear, and two films compared."""
    with gr.Row(elem_classes="fork-buttons"):
        return [
            gr.Button("Start", variant="primary", elem_id="fork-start", scale=2, min_width=100),
            gr.Button(
                "Go on from here",
                variant="primary",
                elem_id="fork-continue",
                scale=3,
                min_width=160,
            ),
            gr.Button("Stop", variant="stop", elem_id="fork-stop", scale=1, min_width=80),
            gr.Button("Clear", elem_id="fork-clear", scale=1, min_width=70),
            gr.Button(
                f"Step {HALF} of {2 * HALF} is not a {HALF}-step run",
                elem_id="fork-halfway",
                scale=3,
                min_width=330,  # in one line
            ),
        ]


TAB = Tab(
    "fork",
    "Fork",
    build,
    group="Experiment",
    stage=("fork",),
    starts=Starts("fork", "fork-start", "fork-stop"),
    first=first_fork,
    hints={
        "fork-new-seed": "Another seed: another film, or other fresh noise in a branch",
        "fork-start": "A new film from noise, with the settings at the left",
        "fork-continue": "A branch: begin at the step shown, with the settings and strokes of now",
        "fork-stop": "Pause: the steps made so far stay, and any of them can be gone on from",
        "fork-halfway": "Both from the same noise, side by side, and why they differ",
        "fork-clear": "Forget all films of this page",
    },
)
