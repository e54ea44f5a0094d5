"""The Denoise tab: watch a model turn noise into pictures, step by step."""

import json
from collections.abc import Iterator
from typing import Any

import gradio as gr

from playground import export
from playground.errors import InputError, unknown
from playground.export import FORMATS
from playground.sources import find
from playground.ui.context import Context
from playground.ui.i18n.text import Text
from playground.ui.media.downloads import DOWNLOAD, download_path
from playground.ui.media.film import messages, waiting_message
from playground.ui.media.film_cache import Film
from playground.ui.media.frame_queries import film_of, look
from playground.ui.media.messages import JourneyShown
from playground.ui.page.contracts import plain
from playground.ui.page.part import page_part, started
from playground.ui.permalinks.restorable import given_again, shown_again
from playground.ui.runtime.access import open_to_all
from playground.ui.runtime.guard import answering, for_all
from playground.ui.runtime.queueing import in_turn
from playground.ui.shell import Shell, Starts, Tab
from playground.ui.tabs.denoise import guidance_sweep
from playground.ui.tabs.denoise.beside_ideal import beside, some_pictures
from playground.ui.tabs.denoise.first_run import first_run
from playground.ui.tabs.denoise.journey import shown, standalone
from playground.ui.tabs.denoise.restore import restore_button
from playground.ui.tabs.denoise.strip import Strip
from playground.ui.tabs.denoise.warming import warm
from playground.ui.widgets.request import SamplingForm
from playground.ui.widgets.sampling_controls import SamplingControls
from playground.ui.widgets.save_buttons import SaveButtons

VIEWS = ("x", "x0", "eps", "change", "journey")  # of the player


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; other tabs may open a model in it, and it sends them what was made."""
    context, page = shell.context, shell.page
    opening = first_run(context)

    def first(_: Any = None) -> str:
        return opening.news()

    def journey_of(question: dict[str, Any]) -> Any:
        run = str(question.get("run"))
        return plain(_journey(context, run, film_of(run)))

    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=340, elem_classes="below-on-phone settings"):
            controls = SamplingControls(context, page, "denoise")
        with gr.Column(scale=1, min_width=320):
            with gr.Row(elem_classes="act-row"):
                go = gr.Button(
                    "Generate", variant="primary", elem_id="generate", scale=2, min_width=110
                )
                stop = gr.Button("Stop", variant="stop", elem_id="stop", scale=1, min_width=70)
                save = SaveButtons()
                with save.row:
                    ways = gr.Button("HTML", min_width=46, elem_id="save-journey")
                restore = restore_button()
                ideal = gr.Checkbox(
                    label="Beside the ideal denoiser",
                    elem_id="beside-ideal",
                    container=False,
                    scale=0,
                    min_width=230,
                )
            player = page_part(
                "widgets/player/page/player",
                styles=("page/kit/runs", "page/chart/figure"),
                frames="",
                guided="null",
                value="{}",
                given="",
                server_functions=[
                    open_to_all(look),
                    open_to_all(first),
                    open_to_all(answering(journey_of)),
                ],
            )
            strip = Strip(controls)
            guidance_sweep.build(context, controls)
    folding = started("page/kit/folding.js", [controls.more, guidance_sweep.FOLDED])
    tab.select(None, None, None, js=folding, api_visibility="private")
    film = gr.State(None)  # until a run of its own a page shows the one that everybody sees

    def generate(form: SamplingForm, beside_it: bool) -> Iterator[tuple[Film, gr.HTML]]:
        request = form.request(context)
        name = f"{request.model}-{request.seeds[0]}".replace(": ", "-")
        new = Film(name, request.note, recipe=request.recipe, labels=request.labels)
        guided = json.dumps(request.guided)
        other = beside(request) if beside_it else None
        pictures = some_pictures(request.source, cost=other is not None)
        for message in messages(request.frames(), new, other, pictures):
            yield new, gr.HTML(frames=message, guided=guided)

    def waiting(place: Text | None) -> tuple[Any, gr.HTML]:
        return gr.skip(), gr.HTML(frames=waiting_message(place))

    def denoise(form: SamplingForm) -> tuple[str, dict[str, Any]]:
        request = form.request(context)
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
        in_turn(controls.handled(generate, after=["beside_ideal"]), waiting),
        [*controls.components, ideal],
        [film, player],
        api_name="denoise_stream",
        show_progress="hidden",
        concurrency_limit=None,  # turns are taken by in_turn
    )
    stop.click(None, None, None, cancels=[running], api_visibility="private")
    once = gr.Button(visible=False)
    outputs = [gr.Image(visible=False, type="filepath"), gr.JSON(visible=False)]
    handler = in_turn(controls.handled(denoise), waiting)
    once.click(handler, controls.components, outputs, api_name="denoise", concurrency_limit=None)

    save.follow(film, opening.film)
    shown_again(player, lambda value, _: given_again(_view(value)))

    def take_journey(film: Film | None) -> tuple[str, dict[str, Any]]:
        of = film or opening.film
        about = _journey(context, of.key, of)
        facts = {"steps": list(about.steps), "share": about.share, "paths": about.paths}
        return standalone(about, of.made.line), facts

    taken = ways.click(
        for_all(take_journey),
        film,
        [save.file, gr.JSON(visible=False)],
        api_name="journey",
        show_progress="hidden",
    )
    taken.success(None, save.file, None, js=DOWNLOAD, api_visibility="private")
    strip.remembers(running.success, film, api_name="made_remember")
    strip.remembers(stop.click, film, api_visibility="private")
    strip.restores(restore)
    strip.makes_alone(player, film, opening.film)
    shell.ports.models["denoise"] = controls.model
    shell.when_built(lambda: strip.sends_to(shell))


def _journey(context: Context, run: str, film: Film | None) -> JourneyShown:
    if film is None or film.recipe is None:
        raise InputError("This run is gone; press Generate again.")
    return shown(run, film, find(film.recipe.model, context.library))


def _view(value: str) -> dict[str, str]:
    """What the player shows, as a link tells it; InputError for what cannot be."""
    try:
        view = json.loads(value)["view"]
    except (ValueError, TypeError, KeyError):
        return {}
    if view not in VIEWS:
        raise unknown("view", str(view), VIEWS)
    return {"view": view}


TAB = Tab(
    "denoise",
    "Denoise",
    build,
    group="See first",
    stage=("player",),
    starts=Starts("player", "generate", "stop"),
    warm=warm,
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
