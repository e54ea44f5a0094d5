"""The Noise tab: drag the timestep and watch noise arrive."""

import json
import math
import random
from typing import Any

import gradio as gr

from playground.diffusion import schedules
from playground.diffusion.registry import Knob
from playground.diffusion.sample import noise
from playground.errors import InputError, unknown
from playground.files import write_atomically
from playground.sources import PICTURES, choices
from playground.spaces.images import to_pil
from playground.ui.context import Context
from playground.ui.media.downloads import download_path
from playground.ui.media.pictures import EXAMPLES
from playground.ui.media.pictures import picture as picture_of
from playground.ui.page.joined import found, joined_part
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
from playground.ui.tabs.noise import service as scene
from playground.ui.tabs.noise.queries import asked_by_page, offer
from playground.ui.tabs.noise.recipes import recipes
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
SCRIPTS = ("torch_noise", "blend", "lab_plots", "spectra", "one_timestep")
VIEWS = ("small", "steps", "duel", "quiz", "article")  # read when they are first opened
T = Knob(0.3, 0.0, 1.0)  # 0 is the clean picture
STATE = {"view": "one", "t": T.default}  # of the lab, as the page opens


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; other tabs may send it a picture."""
    context, page = shell.context, shell.page
    gr.set_static_paths([str(found(f"lab_{view}.js")) for view in VIEWS])
    first = str(next(iter(EXAMPLES.values())))
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=300, elem_classes="below-on-phone"):
            picture = picture_input(
                value=first,
                sources=["upload", "clipboard", "webcam"],
                label="Your picture",
                height=200,
            )
            bundled(list(EXAMPLES.values()), picture, "Bundled pictures")
            schedule = entry_dropdown("Schedule", schedules, START, "How alpha and sigma move.")
            with gr.Accordion("Schedule's own knobs", open=False):
                knobs = KnobPanel(schedules, START, "noise-knobs", without=["spacing"])
                knobs.follow(schedule)
            with gr.Row(elem_classes="bottom"):
                seed = seed_input("Decides the noise.")
                dice = gr.Button("🎲 New noise", min_width=90, elem_id="new-noise")
            names = [PICTURES, *choices(context.library)]
            offered = gr.State(names)
            guesser = gr.Dropdown(
                names,
                value=PICTURES,
                label="Guessed by",
                info="Who guesses the original from the noisy picture.",
                allow_custom_value=True,
            )
            t = unread(gr.Number(T.default, visible=False, label="t"))
            step = unread(gr.Number(None, visible=False, label="step"))
            save = gr.Button("Save noised picture", elem_id="save-noised")
            saved = gr.File(label="Noised picture", visible=False)
            facts = gr.JSON(visible=False, label="Level")
        with gr.Column(scale=1, min_width=320):
            lab = joined_part(
                "noise_canvas",
                shared=SCRIPTS,
                value=as_value(STATE),
                given="",
                scripts=f"/gradio_api/file={found('lab_quiz.js').parent.as_posix()}",
                recipes=json.dumps(recipes()),
                schedules=json.dumps([(n, schedules.entry(n).title) for n in schedules.names()]),
                picture=scene.picture_prop(first),
                noise=scene.noise_prop(SEED.default),
                scene=scene.scene_prop(first, START, {}, SEED.default, PICTURES),
                server_functions=asked_by_page(context),
            )
    shown_again(lab, _view_again)
    picture_again(picture, lambda path: to_pil(picture_of(str(path))[0]))

    def send_picture(path: str | None) -> gr.HTML:
        return gr.HTML(picture=scene.picture_prop(path))

    def send_noise(seed: Any) -> gr.HTML:
        return gr.HTML(noise=scene.noise_prop(SEED.check("seed", seed)))

    def send_scene(path: str | None, name: str, seed: Any, by: str, given: Any) -> gr.HTML:
        about = path, name, knob_settings(name, given), SEED.check("seed", seed), by
        return gr.HTML(scene=scene.scene_prop(*about))

    def refresh(by: str, before: list[str]) -> tuple[Any, Any]:
        now = [PICTURES, *choices(context.library)]
        if now == before:  # else the open list would be built anew under the pointer
            return gr.skip(), gr.skip()
        return gr.Dropdown(now, value=by if by in now else PICTURES), now

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    inputs = [picture, schedule, seed, guesser, knobs.component]
    picture.change(for_all(send_picture), picture, lab, **quiet)
    seed.change(for_all(send_noise), seed, lab, **quiet)
    changes = [c.change for c in inputs]  # type: ignore[attr-defined]
    gr.on(changes, for_all(send_scene), inputs, lab, trigger_mode="always_last", **quiet)
    dice.click(open_to_all(lambda: random.randrange(2**31)), None, seed, **quiet)
    known = [guesser, offered]
    guesser.focus(for_all(refresh), known, known, **quiet)
    at_start(page, for_all(refresh), known, known)

    def noised(
        given: str | None, name: str, t: Any, seed: Any, set_knobs: Any, step: Any
    ) -> tuple[str, dict[str, Any]]:
        chosen = schedules.get(name, **knob_settings(name, set_knobs))
        time = _time(t, step, scene.last_step(chosen.knobs))
        number = SEED.check("seed", seed)
        x = noise(picture_of(given)[0], chosen, time, number)
        target = download_path(f"noised-{name}-{time:.3f}-{number}.png")
        write_atomically(target, lambda p: to_pil(x).save(p, "PNG"))
        level = chosen.level(time)
        finite = math.isfinite(level.log_snr)  # JSON knows no infinity: at both ends it is null
        return target, {
            "alpha": level.alpha,
            "sigma": level.sigma,
            "alpha_bar": level.alpha**2,
            "snr_db": 10 * level.log_snr / math.log(10) if finite else None,
            "t": time,
            "schedule": repr(chosen),
            "seed": number,
        }

    def guessed(
        given: str | None, name: str, t: Any, seed: Any, by: str, set_knobs: Any
    ) -> tuple[str, dict[str, str]]:
        ask = {"path": given, "schedule": name, "knobs": knob_settings(name, set_knobs), "by": by}
        ask |= {"t": T.check("t", t), "seed": SEED.check("seed", seed)}
        x, caption = scene.guess(context.library, ask)
        target = download_path("guess.png")
        write_atomically(target, lambda p: to_pil(x).save(p, "PNG"))
        return target, {"caption": caption}

    parameters = ["picture", "schedule", "t", "seed", "knobs"]
    save.click(
        for_all(with_names(noised, parameters, optional=["step"])),
        [picture, schedule, t, seed, knobs.component, step],
        [saved, facts],
        api_name="noise",
        js="(p, n, t, ...rest) => { const s = document.querySelector('#noise-t');"
        " return [p, n, s ? s.value / s.max : t, ...rest]; }",
    ).success(open_to_all(lambda: gr.File(visible=True)), None, saved, **quiet)
    asked = gr.Button(visible=False)  # the page asks by its canvas, other programs by this
    asked.click(
        for_all(with_names(guessed, [*parameters[:4], "by", "knobs"])),
        [picture, schedule, t, seed, guesser, knobs.component],
        [gr.Image(visible=False, type="filepath"), gr.JSON(visible=False)],
        api_name="guess",
    )
    offer(context)
    shell.ports.pictures["noise"] = picture


def warm(context: Context) -> None:
    """Decode the bundled pictures and make a first guess of each."""
    for path in EXAMPLES.values():
        about = {"schedule": START, "knobs": {}, "t": 0.5, "seed": SEED.default, "by": PICTURES}
        scene.guess(context.library, {"path": str(path), **about})


def _view_again(value: str, _: Of) -> gr.HTML:
    """The lab with this view and t, {view, t} as JSON."""
    try:
        told = json.loads(value)
        view, t = told["view"], told["t"]
    except (ValueError, TypeError, KeyError) as error:
        raise InputError('Say what the lab shows as {"view": "one", "t": 0.3}.') from error
    if view not in ("one", *VIEWS):
        raise unknown("view", str(view), ("one", *VIEWS))
    state = {"view": view, "t": T.check("t", t)}
    return given_again(state)


def _time(t: Any, step: Any, last: int) -> float:
    """T in [0, 1] as given, or of the step k/T where a step is given."""
    if step is not None:
        return float(Knob(0, 0, last).check("step", step)) / last
    return float(T.check("t", t))


TAB = Tab(
    "noise",
    "Noise",
    build,
    stage=("noise_canvas",),
    warm=warm,
    hints={
        "new-noise": "Another seed: other noise over the same picture",
        "save-noised": "Save the noised picture as PNG, with its numbers",
    },
)
