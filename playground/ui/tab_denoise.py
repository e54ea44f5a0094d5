"""The Denoise tab: watch a model turn noise into pictures, step by step."""

import json
from collections.abc import Iterator
from typing import Any

import gradio as gr

from playground import export
from playground.ui import guidance_sweep
from playground.ui.beside_ideal import beside, some_pictures
from playground.ui.components.knobs import with_names
from playground.ui.components.page_part import page_part
from playground.ui.downloads import download_path
from playground.ui.film import messages, waiting_message
from playground.ui.film_looks import look
from playground.ui.film_shots import Film
from playground.ui.guard import guarded
from playground.ui.house import House
from playground.ui.in_turn import in_turn
from playground.ui.made.restore import restore_button
from playground.ui.made.strip import Strip
from playground.ui.sampling_controls import SamplingControls
from playground.ui.saving import SaveButtons


def build(house: House, page: gr.Blocks) -> tuple[gr.Dropdown, Strip]:
    """Lay the tab out in this page; the dropdown that names the model, and what was made."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=340, elem_classes="below-on-phone"):
            controls = SamplingControls(house, page, "denoise")
        with gr.Column(scale=1, min_width=320):
            with gr.Row(elem_classes="act-row"):
                go = gr.Button(
                    "Generate", variant="primary", elem_id="generate", scale=2, min_width=110
                )
                stop = gr.Button("Stop", variant="stop", elem_id="stop", scale=1, min_width=70)
                save = SaveButtons()
                restore = restore_button()
                ideal = gr.Checkbox(
                    label="Beside the ideal denoiser",
                    elem_id="beside-ideal",
                    container=False,
                    scale=0,
                    min_width=230,
                )
            player = page_part(
                "player",
                shared=("kept_run", "frame_plots"),
                frames="",
                guided="null",
                server_functions=[look],
            )
            strip = Strip(controls)
            guidance_sweep.build(house, controls)
    film = gr.State(Film())

    def generate(*values: Any) -> Iterator[tuple[Film, gr.HTML]]:
        *settings, beside_it = values
        request = controls.read(settings)
        name = f"{request.model}-{request.seeds[0]}".replace(": ", "-")
        new = Film(name, request.note, recipe=request.recipe, labels=request.labels)
        guided = json.dumps(request.guided)
        other = beside(house, request) if beside_it else None
        pictures = some_pictures(house, request.model, cost=other is not None)
        for message in messages(request.frames(), new, other, pictures):
            yield new, gr.HTML(frames=message, guided=guided)

    def waiting(place: str) -> tuple[Any, gr.HTML]:
        return gr.skip(), gr.HTML(frames=waiting_message(place))

    def denoise(*values: Any) -> tuple[str, dict[str, Any]]:
        request = controls.read(values)
        take = export.Take(settings=request.recipe.to_json())
        for last in request.frames():
            take.add(last, last_only=True)
        path = download_path("samples.png")
        export.written(path, take, "png")
        about: dict[str, Any] = {
            "guidance": repr(request.guidance),
            "nfe": last.nfe,
            "seeds": list(request.seeds),
            "steps": request.steps,
        }
        return path, about | {"schedule": repr(request.schedule), "sampler": repr(request.sampler)}

    running = go.click(
        in_turn(guarded(with_names(generate, (*controls.parameters, "beside_ideal"))), waiting),
        [*controls.components, ideal],
        [film, player],
        api_name="denoise_stream",
        show_progress="hidden",
        concurrency_limit=None,  # turns are taken by in_turn
    )
    stop.click(None, None, None, cancels=[running], api_visibility="private")
    once = gr.Button(visible=False)
    outputs = [gr.Image(visible=False, type="filepath"), gr.JSON(visible=False)]
    handler = in_turn(guarded(with_names(denoise, controls.parameters)), waiting)
    once.click(handler, controls.components, outputs, api_name="denoise", concurrency_limit=None)

    save.follow(film)
    strip.remembers(running.success, film, api_name="made_remember")
    strip.remembers(stop.click, film, api_visibility="private")
    strip.restores(restore)
    strip.makes_alone(player, film)
    return controls.model, strip
