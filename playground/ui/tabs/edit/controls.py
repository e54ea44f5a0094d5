"""The edits of the tab, a sub-tab each: what is set for it, and the button that does it."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.diffusion.editing import STRENGTH
from playground.diffusion.inpainting import ROUNDS, STRETCH
from playground.ui.page.part import started
from playground.ui.tabs.edit import back, between
from playground.ui.tabs.edit.service import SAME, Edits
from playground.ui.widgets.knobs import knob_slider, seed_input
from playground.ui.widgets.request import GUIDANCE

MODES = ("image-to-image", "inpaint", "invert", "interpolate", "variations")
Act = tuple[gr.Button, Callable[..., Any], dict[str, Any]]


def edit_acts(edits: Edits, picture: gr.Image) -> tuple[list[Act], list[gr.Dropdown]]:
    """Lay the edits out; return each button, its handler and inputs, and the class dropdowns."""

    def go(label: str, elem_id: str) -> gr.Button:
        return gr.Button(label, variant="primary", elem_id=elem_id, min_width=150)

    known = edits.classes(edits.controls.model.value)

    def target(label: str, value: str) -> gr.Dropdown:
        info = "Where it goes."
        return gr.Dropdown(known, value=value, label=label, info=info, allow_custom_value=True)

    given = {"picture": picture}
    acts: list[Act] = []
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
            own = {"to_class": target("Return as class", other_class(known))}
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


def other_class(classes: list[str]) -> str:
    """Return the class to come back as: the same would show less."""
    return (classes[2:] or [SAME])[0]


def _tab(label: str, mode: str) -> gr.Tab:
    """Return a tab that tells the part which edit is meant: the mask is for inpainting only."""
    tab = gr.Tab(label, id=mode)
    js = started("tabs/edit/page/mode.js", mode)
    tab.select(None, None, None, js=js, api_visibility="private")
    return tab
