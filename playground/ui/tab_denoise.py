"""The Denoise tab: watch a model turn noise into pictures, step by step."""

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground import export
from playground.diffusion import samplers, schedules
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.registry import Knob
from playground.diffusion.sample import Frame, sample
from playground.errors import InputError, unknown
from playground.sources import choices, class_choices, cond_for, denoiser
from playground.ui.components.knobs import (
    SEED,
    KnobControls,
    entry_dropdown,
    knob_slider,
    seed_input,
    with_names,
)
from playground.ui.components.page_part import page_part
from playground.ui.downloads import download_path
from playground.ui.film import Film, messages
from playground.ui.guard import guarded
from playground.ui.house import House

GUIDANCE = Knob(2.0, 0.0, 10.0, 0.1, "1: as learned; above: more of its class.")
STEPS = Knob(20, 1, 1000, 1, "Levels from noise to clean.")
PICTURES = Knob(16, 1, 64, 1, "At a time.")
SCHEDULE, SAMPLER = "cosine", "dpmpp_2m"


@dataclass(frozen=True)
class Request:
    """All settings of one run, checked."""

    denoiser: Denoiser
    schedule: schedules.Schedule
    sampler: samplers.Sampler
    cond: list[int] | None
    guidance: float
    steps: int
    seeds: range

    def frames(self) -> Iterator[Frame]:
        """The frames of this run."""
        return sample(
            self.denoiser,
            self.schedule,
            self.sampler,
            steps=self.steps,
            seeds=self.seeds,
            cond=self.cond,
            guidance=self.guidance,
        )


def build(house: House, page: gr.Blocks) -> None:
    """Lay the tab out in this page."""
    models = choices(house.library)
    chosen = "emoji" if "emoji" in models else models[0]
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=340, elem_classes="below-on-phone"):
            model = gr.Dropdown(
                models,
                value=chosen,
                label="Model",
                info="ideal: remembers its pictures exactly.",
                allow_custom_value=True,
            )
            kind = gr.Dropdown(
                _classes(house, chosen),
                value=_classes(house, chosen)[0],
                label="Class",
                info="What to draw.",
                allow_custom_value=True,
            )
            guidance = knob_slider("Guidance scale", GUIDANCE)
            steps = knob_slider("Steps", STEPS)
            schedule = entry_dropdown(
                "Schedule", schedules, SCHEDULE, "Any: the model sees levels, not t."
            )
            sampler = entry_dropdown("Sampler", samplers, SAMPLER, "How to step between levels.")
            count = knob_slider("Pictures", PICTURES)
            with gr.Row(elem_classes="bottom"):
                seed = seed_input("Of the first.")
                dice = gr.Button("🎲 New seed", min_width=90, elem_id="new-seed")
            with gr.Accordion("Knobs of schedule and sampler", open=False):
                curve = KnobControls(schedules, SCHEDULE)
                stepper = KnobControls(samplers, SAMPLER)
                curve.follow(schedule)
                stepper.follow(sampler)
        with gr.Column(scale=1, min_width=320):
            with gr.Row():
                go = gr.Button("Generate", variant="primary", elem_id="generate", scale=2)
                stop = gr.Button("Stop", variant="stop", elem_id="stop", scale=1)
                png = gr.DownloadButton("PNG", scale=1, min_width=60, elem_id="save-png")
                gif = gr.DownloadButton("GIF", scale=1, min_width=60, elem_id="save-gif")
            player = page_part("player", frames="")
    film = gr.State(Film())
    split = len(curve.components)
    basic = [model, kind, guidance, schedule, sampler, steps, count, seed]
    everything = [*basic, *curve.components, *stepper.components]

    def read(values: tuple[Any, ...]) -> Request:
        name, cls, scale, schedule, sampler, steps, count, seed, *rest = values
        return _request(
            house,
            name,
            cls,
            scale,
            schedules.get(schedule, **curve.settings(schedule, tuple(rest[:split]))),
            samplers.get(sampler, **stepper.settings(sampler, tuple(rest[split:]))),
            steps,
            count,
            seed,
        )

    def generate(*values: Any) -> Iterator[tuple[Film, gr.HTML]]:
        new = Film(f"{values[0]}-{values[7]}".replace(": ", "-"))
        for message in messages(read(values).frames(), new):
            yield new, gr.HTML(frames=message)

    def denoise(*values: Any) -> tuple[str, dict[str, Any]]:
        request = read(values)
        *_, last = request.frames()
        path = download_path("samples.png")
        export.save(path, [last.x])
        about = {"nfe": last.nfe, "seeds": list(request.seeds), "steps": request.steps}
        return path, about | {"schedule": repr(request.schedule), "sampler": repr(request.sampler)}

    names = ["model", "class_name", "guidance", "schedule", "sampler", "steps", "pictures", "seed"]
    names += [*curve.parameters, *stepper.parameters]
    running = go.click(
        guarded(with_names(generate, names)),
        everything,
        [film, player],
        api_name="denoise_stream",
        show_progress="hidden",
        concurrency_limit=4,
    )
    stop.click(None, None, None, cancels=[running], api_visibility="private")
    once = gr.Button(visible=False)
    outputs = [gr.Image(visible=False, type="filepath"), gr.JSON(visible=False)]
    once.click(guarded(with_names(denoise, names)), everything, outputs, api_name="denoise")

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    dice.click(lambda: random.randrange(2**31), None, seed, **quiet)

    def save(film: Film, suffix: str) -> str:
        path = download_path(f"{film.name}.{suffix}")
        export.save(path, film.sheets)
        return path

    for button, suffix in ((png, "png"), (gif, "gif")):
        button.click(
            guarded(lambda film, s=suffix: save(film, s)),
            film,
            button,
            api_name=f"denoise_{suffix}",
            show_progress="hidden",
        )

    def new_classes(name: str) -> gr.Dropdown:
        now = _classes(house, name)
        return gr.Dropdown(now, value=now[0])

    model.change(guarded(new_classes), model, kind, **quiet)

    def refresh(name: str) -> gr.Dropdown:
        now = choices(house.library)
        return gr.Dropdown(now, value=name if name in now else now[0])

    gr.on([model.focus, page.load], guarded(refresh), model, model, **quiet)
    threading.Thread(target=_warm, args=(house, chosen), daemon=True).start()


def _warm(house: House, name: str) -> None:
    """Load the model and run it once, so that the first press is quick."""
    try:
        who, _ = denoiser(name, house.library)
        list(sample(who, SCHEDULE, SAMPLER, steps=1, seeds=range(16)))
    except InputError:
        return  # told when it is asked for


def _classes(house: House, name: str) -> list[str]:
    try:
        names = denoiser(name, house.library)[1] if name in choices(house.library) else ()
    except InputError:
        names = ()  # told when it is asked for
    return class_choices(names)


def _request(
    house: House,
    name: str,
    cls: str,
    guidance: Any,
    schedule: schedules.Schedule,
    sampler: samplers.Sampler,
    steps: Any,
    count: Any,
    seed: Any,
) -> Request:
    if name not in choices(house.library):  # a path is none, or pages could have any file read
        raise unknown("model", name, choices(house.library))
    who, names = denoiser(name, house.library)
    first = SEED.check("seed", seed)
    seeds = range(first, first + PICTURES.check("pictures", count))
    return Request(
        who,
        schedule,
        sampler,
        cond_for(cls, names, seeds),
        GUIDANCE.check("guidance", guidance),
        STEPS.check("steps", steps),
        seeds,
    )
