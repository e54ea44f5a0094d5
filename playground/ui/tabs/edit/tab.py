"""The Edit tab: start from a picture, fill in a part, invert it, go between two, vary one."""

from typing import Any

import gradio as gr

from playground.classes import ANY
from playground.ui.i18n.text import Text
from playground.ui.media.downloads import DOWNLOAD
from playground.ui.media.pictures import EXAMPLES
from playground.ui.page.part import page_part, started
from playground.ui.permalinks.restorable import picture_again
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.queueing import in_turn
from playground.ui.shell import Shell, Starts, Tab
from playground.ui.tabs.edit.controls import MODES, edit_acts, other_class
from playground.ui.tabs.edit.messages import waiting_message
from playground.ui.tabs.edit.service import FIRST, PICTURES, SAME, Edits, first_edit
from playground.ui.tabs.edit.source import reduced
from playground.ui.tabs.edit.stream import Result
from playground.ui.widgets.bundled import bundled
from playground.ui.widgets.painted import painted_again
from playground.ui.widgets.picture_input import picture_input
from playground.ui.widgets.sampling_controls import SamplingControls

DICE = "(number, ...rest) => [Math.floor(Math.random() * 1e6), ...rest]"
QUIET: dict[str, Any] = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; other tabs may send it a picture."""
    context, page = shell.context, shell.page
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=340, elem_classes="below-on-phone"):
            picture = picture_input(
                value=str(EXAMPLES[FIRST]),
                sources=["upload", "clipboard", "webcam"],
                label="Your picture",
                height=180,
                elem_classes="pixelated",
            )
            with gr.Row():
                trained = gr.Button("🎲 Bundled", min_width=90, elem_id="edit-bundled")
                drawn = gr.Button("🎲 A sample", min_width=90, elem_id="edit-sample")
            bundled(list(EXAMPLES.values()), picture, "Bundled photos")
            controls = SamplingControls(context, page, "edit", kind=ANY)
            controls.count.value = PICTURES
        edits = Edits(context, controls)
        with gr.Column(scale=1, min_width=320):
            with gr.Row(elem_classes="edit-buttons"):
                small: dict[str, Any] = {"scale": 0, "min_width": 76}
                stop = gr.Button("Stop", variant="stop", elem_id="edit-stop", **small)
                png = gr.Button("PNG", elem_id="edit-png", **small)
                gif = gr.Button("GIF", elem_id="edit-gif", **small)
            acts, classes = edit_acts(edits, picture)
            none = {"message": "", "source": ""}
            seen = {"value": "{}", "given": "", **none}
            part = page_part(
                "tabs/edit/page/edit",
                styles=(
                    "page/kit/runs",
                    "page/kit/made",
                    "page/kit/play",
                    "page/kit/paint_board",
                ),
                server_functions=[first_edit(context).asked_by_page()],
                **seen,
            )
    folding = started("page/kit/folding.js", [controls.more])
    tab.select(None, None, None, js=folding, api_visibility="private")
    painted_again(part, "mask", {"mode": MODES}, **none)
    picture_again(picture, reduced)
    last = gr.State(Result())
    outputs = [last, part, gr.JSON(visible=False)]

    def waiting(place: Text | None) -> tuple[Any, ...]:
        return gr.skip(), gr.HTML(message=waiting_message(place)), gr.skip()

    running: list[Any] = [
        button.click(
            in_turn(controls.handled(handler, [*own]), waiting),
            [*own.values(), *controls.components],
            outputs,
            api_name=str(button.elem_id).replace("-", "_"),
            js=started("tabs/edit/page/painted_mask.js") if "mask" in own else None,
            show_progress="hidden",
            concurrency_limit=None,  # turns are taken by in_turn,
        )
        for button, handler, own in acts
    ]
    stop.click(None, None, None, cancels=running, api_visibility="private")
    for button, suffix in ((png, "png"), (gif, "gif")):
        file = gr.File(visible=False)
        saved = button.click(
            for_all(lambda last, s=suffix: edits.save(last, s)),
            last,
            file,
            api_name=f"edit_{suffix}",
            show_progress="hidden",
        )
        saved.success(None, file, None, js=DOWNLOAD, api_visibility="private")
    for button, handler in ((trained, edits.bundled), (drawn, edits.sample)):
        button.click(
            controls.handled(handler, ["number"]),
            [gr.Number(visible=False), *controls.components],
            picture,
            api_name=str(button.elem_id).replace("-", "_"),
            js=DICE,
            show_progress="hidden",
        )
    controls.model.change(for_all(edits.suited), [picture, controls.model], picture, **QUIET)
    changes = [picture.change, controls.model.change, tab.select]
    known = [picture, controls.model]
    gr.on(
        changes,
        for_all(edits.shown),
        known,
        part,
        js=started("tabs/edit/page/once_there.js"),
        **QUIET,
    )

    def offered(name: str) -> list[gr.Dropdown]:
        found = edits.classes(name)
        return [gr.Dropdown(found, value=value) for value in (other_class(found), SAME)]

    controls.model.change(for_all(offered), controls.model, classes, **QUIET)
    shell.ports.pictures["edit"] = picture


TAB = Tab(
    "edit",
    "Edit",
    build,
    group="Experiment",
    stage=("edit",),
    starts=Starts("edit", "edit-sdedit", "edit-stop"),
    first=first_edit,
    hints={
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
    },
)
