"""The Denoise tab: watch a model turn noise into pictures, step by step."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from playground.export import FORMATS
from playground.ui.media.downloads import DOWNLOAD
from playground.ui.media.film_cache import Film
from playground.ui.media.frame_queries import look
from playground.ui.page.part import page_part, started
from playground.ui.permalinks.restorable import given_again, shown_again
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import answering, for_all
from playground.ui.runtime.queueing import in_turn
from playground.ui.shell import Shell, Starts, Tab
from playground.ui.tabs.denoise import guidance_sweep
from playground.ui.tabs.denoise.opening import FirstFilm, first_film
from playground.ui.tabs.denoise.restore import restore_button
from playground.ui.tabs.denoise.service import Denoising, view_of, waiting
from playground.ui.tabs.denoise.strip import Strip
from playground.ui.tabs.denoise.warming import warm
from playground.ui.widgets.sampling_controls import SamplingControls
from playground.ui.widgets.save_buttons import SaveButtons


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; other tabs may open a model in it, and it sends them what was made."""
    context = shell.context
    service, opening = Denoising(context), first_film(context)
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=340, elem_classes="below-on-phone settings"):
            controls = SamplingControls(context, shell.page, "denoise")
        with gr.Column(scale=1, min_width=320):
            with gr.Row(elem_classes="act-row"):
                go = gr.Button(
                    "Generate", variant="primary", elem_id="generate", scale=2, min_width=110
                )
                stop = gr.Button("Stop", variant="stop", elem_id="stop", scale=1, min_width=70)
                save = SaveButtons()
                with save.row:
                    journey = gr.Button("HTML", min_width=46, elem_id="save-journey")
                restore = restore_button()
                ideal = gr.Checkbox(
                    label="Beside the ideal denoiser",
                    elem_id="beside-ideal",
                    container=False,
                    scale=0,
                    min_width=230,
                )
            player = _player(service, opening)
            strip = Strip(controls)
            guidance_sweep.build(context, controls)
    folding = started("page/kit/folding.js", [controls.more, guidance_sweep.FOLDED])
    tab.select(None, None, None, js=folding, api_visibility="private")
    film = gr.State(None)  # until a run of its own a page shows the one that everybody sees
    running = go.click(
        in_turn(controls.handled(service.generate, after=["beside_ideal"]), waiting),
        [*controls.components, ideal],
        [film, player],
        api_name="denoise_stream",
        show_progress="hidden",
        concurrency_limit=None,  # turns are taken by in_turn
    )
    stop.click(None, None, None, cancels=[running], api_visibility="private")
    gr.Button(visible=False).click(
        in_turn(controls.handled(service.denoise), waiting),
        controls.components,
        [gr.Image(visible=False, type="filepath"), gr.JSON(visible=False)],
        api_name="denoise",
        concurrency_limit=None,
    )
    save.follow(film, opening.film)
    saved = journey.click(
        for_all(_journey(service, opening)),
        film,
        [save.file, gr.JSON(visible=False)],
        api_name="journey",
        show_progress="hidden",
    )
    saved.success(None, save.file, None, js=DOWNLOAD, api_visibility="private")
    strip.remembers(running.success, film, api_name="made_remember")
    strip.remembers(stop.click, film, api_visibility="private")
    strip.restores(restore)
    strip.makes_alone(player, film, opening.film)
    shell.ports.models["denoise"] = controls.model
    shell.when_built(lambda: strip.sends_to(shell))


def _player(service: Denoising, opening: FirstFilm) -> gr.HTML:
    player = page_part(
        "widgets/player/page/player",
        styles=("page/kit/runs", "page/kit/made", "page/kit/play", "page/chart/figure"),
        frames="",
        guided="null",
        value="{}",
        given="",
        server_functions=[
            open_to_all(answering(look)),
            opening.asked_by_page(),
            open_to_all(answering(service.journey_of)),
        ],
    )
    shown_again(player, lambda value, _: given_again(view_of(value)))
    return player


def _journey(service: Denoising, opening: FirstFilm) -> Callable[[Film | None], Any]:
    def save(film: Film | None) -> tuple[str, dict[str, Any]]:
        return service.save_journey(film or opening.film)

    return save


TAB = Tab(
    "denoise",
    "Denoise",
    build,
    group="See first",
    stage=("player",),
    starts=Starts("player", "generate", "stop"),
    warm=warm,
    first=first_film,
    hints={
        "generate": "Start from noise and denoise step by step",
        "stop": "End it now; the frames made so far stay",
        "restore": "Take the settings out of a PNG, GIF, MP4, NPZ or JSON made here;"
        " or drop it here",
        "denoise-new-seed": "Another seed: other pictures",
        "sweep": "Sample one class at many scales, and measure what that does",
        "sweep-stop": "End the sweep; the columns made so far stay",
        "save-journey": "The journey of these pictures in three dimensions, as one file that needs"
        " nothing else",
        **{f"save-{kind}": f"{about}, with its settings" for kind, about in FORMATS.items()},
    },
)
