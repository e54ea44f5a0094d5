"""The Edit tab: start from a picture, fill in a part, invert it, go between two, vary one."""

import json
from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.classes import ANY
from playground.diffusion.editing import STRENGTH
from playground.diffusion.inpainting import ROUNDS, STRETCH
from playground.ui.i18n.text import Text
from playground.ui.media.downloads import DOWNLOAD
from playground.ui.media.pictures import EXAMPLES
from playground.ui.page.joined import joined_part
from playground.ui.permalinks.restorable import picture_again
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.queueing import in_turn
from playground.ui.shell import Shell, Starts, Tab
from playground.ui.tabs.edit import back, between
from playground.ui.tabs.edit.handlers import FIRST, SAME, Edits
from playground.ui.tabs.edit.messages import Made
from playground.ui.tabs.edit.source import reduced
from playground.ui.widgets.bundled import bundled
from playground.ui.widgets.knobs import knob_slider, seed_input
from playground.ui.widgets.painted import painted_again
from playground.ui.widgets.picture_input import picture_input
from playground.ui.widgets.request import GUIDANCE
from playground.ui.widgets.sampling_controls import SamplingControls

# The mask that is painted in the page; other programs send their own.
MASKED = """(picture, mask, ...rest) => {
  const at = document.querySelector("#edit[data-mask], #edit [data-mask]")?.dataset;
  return [picture, at?.mask || mask, ...rest];
}"""
# A part whose tab was never opened has but what it was given last: not what a link told before.
ONCE_THERE = """async (...values) => {
  const there = () => document.querySelector("#edit[data-mask], #edit [data-mask]");
  while (!there()) await new Promise((on) => setTimeout(on, 100));
  return values;
}"""
MODES = ("image-to-image", "inpaint", "invert", "interpolate", "variations")
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
            controls.count.value = 4
        edits = Edits(context, controls)
        with gr.Column(scale=1, min_width=320):
            acts, classes = _acts(edits, picture)
            with gr.Row():
                small: dict[str, Any] = {"scale": 0, "min_width": 84}
                stop = gr.Button("Stop", variant="stop", elem_id="edit-stop", **small)
                png = gr.Button("PNG", elem_id="edit-png", **small)
                gif = gr.Button("GIF", elem_id="edit-gif", **small)
            none = {"message": "", "source": ""}
            seen = {"value": "{}", "given": "", **none}
            part = joined_part("edit", shared=("kept_run", "paint_board"), **seen)
    painted_again(part, "mask", {"mode": MODES}, **none)
    picture_again(picture, reduced)
    made = gr.State(Made())
    outputs = [made, part, gr.JSON(visible=False)]
    started: list[Any] = [
        button.click(
            in_turn(controls.handled(handler, [*own]), _waiting),
            [*own.values(), *controls.components],
            outputs,
            api_name=str(button.elem_id).replace("-", "_"),
            js=MASKED if "mask" in own else None,
            show_progress="hidden",
            concurrency_limit=None,  # turns are taken by in_turn,
        )
        for button, handler, own in acts
    ]
    stop.click(None, None, None, cancels=started, api_visibility="private")
    for button, suffix in ((png, "png"), (gif, "gif")):
        file = gr.File(visible=False)
        saved = button.click(
            for_all(lambda made, s=suffix: edits.save(made, s)),
            made,
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
    gr.on(changes, for_all(edits.shown), known, part, js=ONCE_THERE, **QUIET)

    def offered(name: str) -> list[gr.Dropdown]:
        found = edits.classes(name)
        return [gr.Dropdown(found, value=value) for value in (_other(found), SAME)]

    controls.model.change(for_all(offered), controls.model, classes, **QUIET)
    shell.ports.pictures["edit"] = picture


def _acts(
    edits: Edits, picture: gr.Image
) -> tuple[list[tuple[gr.Button, Callable[..., Any], dict[str, Any]]], list[gr.Dropdown]]:
    """The tabs of the edits: each button with its handler and inputs; and the class dropdowns."""

    def go(label: str, elem_id: str) -> gr.Button:
        return gr.Button(label, variant="primary", elem_id=elem_id, min_width=150)

    known = edits.classes(edits.controls.model.value)

    def target(label: str, value: str) -> gr.Dropdown:
        info = "Where it goes."
        return gr.Dropdown(known, value=value, label=label, info=info, allow_custom_value=True)

    given = {"picture": picture}
    acts: list[tuple[gr.Button, Callable[..., Any], dict[str, Any]]] = []
    with gr.Tabs(overflow_behavior="wrap", elem_id="edit-acts"):
        with _tab("Image to image", "image-to-image"), gr.Row(elem_classes="bottom"):
            strength = knob_slider("Strength", STRENGTH)
            strength.min_width = 280  # what it says has room on a telephone, too
            button = go("From this strength", "edit-sdedit")
            acts.append((button, edits.sdedit, given | {"strength": strength}))
            acts.append((go("Several strengths", "edit-strip"), edits.strip, given))
        with _tab("Inpaint", "inpaint"), gr.Row(elem_classes="bottom"):
            mask = gr.Textbox("", visible=False, label="mask")
            own = {"mask": mask, "rounds": knob_slider("Rounds", ROUNDS)}
            own |= {"jump": knob_slider("Jump", STRETCH)}
            acts.append((go("Fill in", "edit-inpaint"), edits.inpaint, given | own))
        with _tab("Invert", "invert"), gr.Row(elem_classes="bottom"):
            own = {"to_class": target("Return as class", _other(known))}
            own |= {"to_guidance": knob_slider("Return with guidance", GUIDANCE)}
            own |= {"rounds": knob_slider("Rounds", back.ROUNDS)}
            acts.append((go("Invert and return", "edit-invert"), edits.invert, given | own))
        with _tab("Interpolate", "interpolate"), gr.Row(elem_classes="bottom"):
            seed = seed_input("The other end.", label="To seed", value=1)
            own = {"to_seed": seed, "to_class": target("To class", SAME)}
            own |= {"count": knob_slider("Pictures", between.PICTURES)}
            button = go("Film between", "edit-interpolate")
            acts.append((button, edits.interpolate, own))
        with _tab("Variations", "variations"), gr.Row(elem_classes="bottom"):
            own = {"share": knob_slider("Share of other noise", between.SHARE)}
            acts.append((go("Vary this seed", "edit-variations"), edits.vary, own))
    return acts, [own["to_class"] for *_, own in acts if "to_class" in own]


def _other(classes: list[str]) -> str:
    """The class to come back as: the same would show less."""
    return (classes[2:] or [SAME])[0]


def _waiting(place: Text | None) -> tuple[Any, ...]:
    return gr.skip(), gr.HTML(message=json.dumps({"waiting": str(place or "")})), gr.skip()


def _tab(label: str, mode: str) -> gr.Tab:
    """A tab that tells the part below which edit is meant: the mask shows for inpainting only."""
    tab = gr.Tab(label, id=mode)
    told = f"() => {{ document.querySelector('#edit .edit').dataset.mode = '{mode}'; }}"
    tab.select(None, None, None, js=told, api_visibility="private")
    return tab


TAB = Tab(
    "edit",
    "Edit",
    build,
    stage=("edit",),
    starts=Starts("edit", "edit-sdedit", "edit-stop"),
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
