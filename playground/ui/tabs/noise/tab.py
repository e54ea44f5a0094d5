"""The Noise tab: drag the timestep and watch noise arrive."""

import random
from typing import Any

import gradio as gr

from playground.diffusion import schedules
from playground.errors import InputError, unknown
from playground.sources import PICTURES, choices
from playground.spaces.images import to_pil
from playground.ui.context import Context
from playground.ui.i18n.text import Text
from playground.ui.media.pictures import EXAMPLES, picture
from playground.ui.page.contracts import from_json, plain, to_json
from playground.ui.page.part import page_part, started
from playground.ui.permalinks.restorable import (
    Of,
    as_value,
    given_again,
    picture_again,
    shown_again,
)
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.on_load import at_start
from playground.ui.shell import Shell, Tab
from playground.ui.tabs.noise import endpoints, service
from playground.ui.tabs.noise.guess import guess
from playground.ui.tabs.noise.messages import Choice, GuessRequest, LabState
from playground.ui.tabs.noise.queries import asked_by_page
from playground.ui.tabs.noise.recipes import RECIPES
from playground.ui.widgets.bundled import bundled
from playground.ui.widgets.knobs import (
    SEED,
    KnobPanel,
    entry_dropdown,
    knob_settings,
    seed_input,
    unread,
    with_names,
)
from playground.ui.widgets.picture_input import picture_input

START = "cosine"
FOLDED = "noise-more"  # the accordion's elem_id
PAGE = "tabs/noise/page/"
VIEWS = ("one", "steps", "duel", "quiz", "article")
STYLES = ("one_timestep", "terms", "step_by_step", "schedule_duel", "find_level", "article_tried")
PARAMETERS = ["picture", "schedule", "t", "seed", "knobs"]
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
# the slider is in the page; other programs name t, or a step
HERE = """(picture, schedule, t, ...rest) => {
  const slider = document.querySelector("#noise-t");
  return [picture, schedule, slider ? slider.value / slider.max : t, ...rest];
}"""


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; other tabs may send it a picture."""
    context = shell.context
    first = str(next(iter(EXAMPLES.values())))
    names = [PICTURES, *choices(context.library)]
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=300, elem_classes="below-on-phone"):
            given = picture_input(
                value=first,
                sources=["upload", "clipboard", "webcam"],
                label="Your picture",
                height=170,
            )
            with gr.Column(min_width=100, elem_classes="five-small"):
                bundled(list(EXAMPLES.values()), given, "Bundled pictures")
            with gr.Row(elem_classes="bottom"):
                seed = seed_input("Decides the noise.")
                dice = gr.Button("🎲 New noise", min_width=90, elem_id="new-noise")
            schedule = entry_dropdown("Schedule", schedules, START, "How alpha and sigma move.")
            guesser = gr.Dropdown(
                names,
                value=PICTURES,
                label="Guessed by",
                info="Who guesses the original from the noisy picture.",
                allow_custom_value=True,
            )
            with gr.Accordion("Schedule's own knobs", open=False, elem_id=FOLDED):
                knobs = KnobPanel(schedules, START, "noise-knobs", without=["spacing"])
                knobs.follow(schedule)
            t = unread(gr.Number(LabState.t, visible=False, label="t"))
            step = unread(gr.Number(None, visible=False, label="step"))
            save = gr.Button("Save noised picture", elem_id="save-noised")
            saved = gr.File(label="Noised picture", visible=False)
            facts = gr.JSON(visible=False, label="Level")
        with gr.Column(scale=1, min_width=320):
            lab = page_part(
                f"{PAGE}noise_canvas",
                styles=[PAGE + name for name in STYLES],
                value=as_value(plain(LabState())),
                given="",
                recipes=to_json(RECIPES),
                schedules=to_json(_schedules()),
                picture=service.picture_address(first),
                noise=to_json(service.noise_message(SEED.default)),
                scene=to_json(service.scene(first, START, {}, SEED.default, PICTURES)),
                server_functions=asked_by_page(context),
            )
    folding = started("page/kit/folding.js", [FOLDED])
    gr.on(  # as the page opens it may be in sight already
        [shell.page.load, tab.select], None, None, None, js=folding, api_visibility="private"
    )
    shown_again(lab, _view_again)
    picture_again(given, lambda path: to_pil(picture(str(path))[0]))
    _follow(lab, given, schedule, seed, guesser, knobs)
    dice.click(open_to_all(lambda: random.randrange(2**31)), None, seed, **QUIET)
    _offer_new_models(shell, guesser, names)

    inputs = [given, schedule, t, seed, knobs.component, step]
    save.click(
        for_all(with_names(endpoints.noised, PARAMETERS, optional=["step"])),
        inputs,
        [saved, facts],
        api_name="noise",
        js=HERE,
    ).success(open_to_all(lambda: gr.File(visible=True)), None, saved, **QUIET)
    asked = gr.Button(visible=False)  # the page asks by its canvas, other programs by this
    asked.click(
        for_all(with_names(endpoints.guessed(context.library), [*PARAMETERS[:4], "by", "knobs"])),
        [given, schedule, t, seed, guesser, knobs.component],
        [gr.Image(visible=False, type="filepath"), gr.JSON(visible=False)],
        api_name="guess",
    )
    endpoints.offer(context)
    shell.ports.pictures["noise"] = given


def _follow(
    lab: gr.HTML,
    given: gr.Image,
    schedule: gr.Dropdown,
    seed: gr.Number,
    guesser: gr.Dropdown,
    knobs: KnobPanel,
) -> None:
    """Send the lab what is chosen at its left."""

    def send_picture(path: str | None) -> gr.HTML:
        return gr.HTML(picture=service.picture_address(path))

    def send_noise(seed: Any) -> gr.HTML:
        return gr.HTML(noise=to_json(service.noise_message(int(SEED.check("seed", seed)))))

    def send_scene(path: str | None, name: str, seed: Any, by: str, moved: Any) -> gr.HTML:
        number = int(SEED.check("seed", seed))
        scene = service.scene(path, name, knob_settings(name, moved), number, by)
        return gr.HTML(scene=to_json(scene))

    inputs = [given, schedule, seed, guesser, knobs.component]
    given.change(for_all(send_picture), given, lab, **QUIET)
    seed.change(for_all(send_noise), seed, lab, **QUIET)
    changes = [c.change for c in inputs]  # type: ignore[attr-defined]
    gr.on(changes, for_all(send_scene), inputs, lab, trigger_mode="always_last", **QUIET)


def _offer_new_models(shell: Shell, guesser: gr.Dropdown, names: list[str]) -> None:
    """Keep the list of who guesses as new as the library, at each visit and focus."""
    offered = gr.State(names)

    def refresh(by: str, before: list[str]) -> tuple[Any, Any]:
        now = [PICTURES, *choices(shell.context.library)]
        if now == before:  # else the open list would be built anew under the pointer
            return gr.skip(), gr.skip()
        return gr.Dropdown(now, value=by if by in now else PICTURES), now

    known = [guesser, offered]
    guesser.focus(for_all(refresh), known, known, **QUIET)
    at_start(shell.page, for_all(refresh), known, known)


def _schedules() -> list[Choice]:
    return [Choice(name, Text(schedules.entry(name).title)) for name in schedules.names()]


def _view_again(value: str, _: Of) -> gr.HTML:
    """Return the lab with this view and t, {view, t} as JSON."""
    try:
        state = from_json(LabState, value)
    except InputError as error:
        raise InputError('Say what the lab shows as {"view": "one", "t": 0.3}.') from error
    if state.view not in VIEWS:
        raise unknown("view", state.view, VIEWS)
    endpoints.T.check("t", state.t)
    return given_again(plain(state))


def warm(context: Context) -> None:
    """Decode the bundled pictures and make a first guess of each."""
    for path in EXAMPLES.values():
        guess(context.library, GuessRequest(str(path), START, {}, SEED.default, PICTURES, 0.5))


TAB = Tab(
    "noise",
    "Noise",
    build,
    group="See first",
    stage=("noise_canvas",),
    warm=warm,
    hints={
        "new-noise": "Another seed: other noise over the same picture",
        "save-noised": "Save the noised picture as PNG, with its numbers",
    },
)
