"""The Noise tab: drag the timestep and watch noise arrive."""

import base64
import io
import json
import random
from importlib.resources import files
from typing import Any

import gradio as gr
import numpy as np
import torch
from torch import Tensor

from playground.diffusion import schedules
from playground.diffusion.sample import generators, noise, sample, standard_noise
from playground.errors import InputError
from playground.files import write_atomically
from playground.library import ASSETS
from playground.sources import PICTURES, SIDE, bundled_pictures, choices, denoiser, ideal_with
from playground.spaces.images import decode, encode, open_picture, to_pil
from playground.ui.components.knobs import KnobControls
from playground.ui.components.page_part import page_part
from playground.ui.components.picture_input import picture_input
from playground.ui.downloads import download_path, is_served
from playground.ui.guard import UNEXPECTED, guarded
from playground.ui.house import House

PLOTLY = files("plotly") / "package_data" / "plotly.min.js"
EXAMPLES = sorted((ASSETS / "pictures").glob("*.*"))
START = "cosine"
CURVE = 1000  # points on the slider of a schedule without discrete steps


def build(house: House, page: gr.Blocks) -> None:
    """Lay the tab out in this page."""
    gr.set_static_paths([str(PLOTLY)])
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=300):
            picture = picture_input(
                value=str(EXAMPLES[0]),
                sources=["upload", "clipboard", "webcam"],
                label="Your picture",
                height=200,
            )
            gr.Examples([[str(path)] for path in EXAMPLES], picture, label="Bundled pictures")
            schedule = gr.Dropdown(
                [(schedules.entry(n).title, n) for n in schedules.names()],
                value=START,
                label="Schedule",
                info="How alpha and sigma move with t.",
                allow_custom_value=True,
            )
            with gr.Row():
                seed = gr.Number(
                    0,
                    precision=0,
                    minimum=0,
                    label="Seed",
                    info="Decides the noise.",
                    min_width=120,
                )
                dice = gr.Button("🎲 New noise", min_width=90)
            guesser = gr.Dropdown(
                [PICTURES, *choices(house.library)],
                value=PICTURES,
                label="Guessed by",
                info="Who guesses the original from the noisy picture.",
                allow_custom_value=True,
            )
            with gr.Accordion("Schedule's own knobs", open=False):
                knobs = KnobControls(schedules.names(), schedules.entry, START)
                knobs.follow(schedule)
            t = gr.Number(0.3, visible=False)
            save = gr.Button("Save noised picture")
            saved = gr.File(label="Noised picture", visible=False)
            facts = gr.JSON(visible=False)
        with gr.Column(scale=1, min_width=320):
            lab = page_part(
                "noise_canvas",
                plotly=f"/gradio_api/file={PLOTLY}",
                picture="",
                noise="",
                scene="",
                server_functions=[_guess_for(house)],
            )

    def send_scene(path: str | None, name: str, seed: float, by: str, *values: Any) -> gr.HTML:
        return gr.HTML(scene=_scene(path, name, knobs.settings(name, values), int(seed), by))

    def send_picture(path: str | None) -> gr.HTML:
        return gr.HTML(picture=_base64(decode(_picture(path))[0]) if path else "")

    def send_noise(seed: float) -> gr.HTML:
        return gr.HTML(noise=_base64(_eps(int(seed)).permute(1, 2, 0).half().numpy()))

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    scene_inputs = [picture, schedule, seed, guesser, *knobs.components]
    gr.on([picture.change], guarded(send_picture), picture, lab, **quiet)
    gr.on([seed.change], guarded(send_noise), seed, lab, **quiet)
    changes = [c.change for c in scene_inputs]  # type: ignore[attr-defined]
    gr.on(changes, guarded(send_scene), scene_inputs, lab, trigger_mode="always_last", **quiet)
    dice.click(lambda: random.randrange(2**31), None, seed, **quiet)

    def first(path: str | None, name: str, seed: float, by: str, *values: Any) -> gr.HTML:
        scene = _scene(path, name, knobs.settings(name, values), int(seed), by)
        eps = _base64(_eps(int(seed)).permute(1, 2, 0).half().numpy())
        return gr.HTML(picture=_base64(decode(_picture(path))[0]), noise=eps, scene=scene)

    page.load(guarded(first), scene_inputs, lab, **quiet)

    def noised(path: str | None, name: str, t: float, seed: float, *values: Any) -> tuple[Any, Any]:
        chosen = schedules.get(name, **knobs.settings(name, values))
        x = noise(_picture(path)[0], chosen, t, _whole_seed(seed))
        level = chosen.level(t)
        target = download_path(f"noised-{name}-{t:.3f}-{int(seed)}.png")
        write_atomically(target, lambda p: to_pil(x).save(p, "PNG"))
        snr_db = None if level.sigma == 0 or level.alpha == 0 else level.log_snr * 10 / np.log(10)
        about = {"alpha": level.alpha, "sigma": level.sigma, "alpha_bar": level.alpha**2}
        return gr.File(target, visible=True), about | {"snr_db": snr_db}

    save.click(
        guarded(noised),
        [picture, schedule, t, seed, *knobs.components],
        [saved, facts],
        api_name="noise",
        js="(p, n, t, ...rest) => { const s = document.querySelector('#noise-t');"
        " return [p, n, s ? s.value / s.max : t, ...rest]; }",
    )


def _whole_seed(seed: float) -> int:
    if seed is None or seed != int(seed) or seed < 0:
        raise InputError(f"The seed must be a whole number of 0 or more; you gave {seed}.")
    return int(seed)


def _picture(path: str | None) -> Tensor:
    if not path:
        raise InputError("There is no picture; choose or upload one.")
    return encode([open_picture(path)], SIDE)


def _eps(seed: int) -> Tensor:
    return standard_noise(generators([seed]), (3, SIDE, SIDE))[0]


def _base64(array: np.ndarray[Any, Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def _scene(path: str | None, name: str, knobs: dict[str, Any], seed: int, by: str) -> str:
    """What the page needs besides the arrays: the schedule's levels, and the guess's settings."""
    count = knobs.get("timesteps", CURVE)
    alpha, sigma = schedules.get(name, **knobs)(
        torch.arange(count + 1, dtype=torch.float64) / count
    )
    levels = _base64(torch.stack([alpha, sigma]).float().numpy())
    about = {"path": path, "schedule": name, "knobs": knobs, "seed": seed, "by": by}
    return json.dumps(about | {"levels": levels})


def _guess_for(house: House) -> Any:
    def guess(request: str) -> dict[str, Any]:
        """The guess for one position of the slider, as a data address, with a caption."""
        try:
            return _guess(house, json.loads(request))
        except InputError as error:
            return {"error": str(error)}
        except Exception:
            return {"error": UNEXPECTED}

    return guess


def _guess(house: House, ask: dict[str, Any]) -> dict[str, Any]:
    chosen = schedules.get(ask["schedule"], **ask["knobs"])
    level = chosen.level(float(ask["t"]))
    picture = _picture(_own_upload(ask["path"]))
    if ask["by"] == PICTURES:
        who, x0 = ideal_with(picture[0]), picture
        by = f"by the ideal denoiser of {len(bundled_pictures())} bundled pictures and yours"
    else:
        who, _ = denoiser(ask["by"], house.library)
        channels, size, _ = who.shape
        x0 = encode([to_pil(picture[0])], size, channels)
        by = f"by {ask['by']}, at its {size} x {size}"
    x = noise(x0, chosen, float(ask["t"]), [int(ask["seed"])])
    if level.sigma > 0:  # one step to clean is one call of the denoiser
        *_, last = sample(who, chosen, "ddim", x=x, grid=[level, (1.0, 0.0)])  # type: ignore[list-item]
        x = last.x
    data = io.BytesIO()
    image = to_pil(x[0])
    image.resize((SIDE, SIDE), 0 if image.width < SIDE else None).save(
        data, "PNG", compress_level=1
    )
    return {
        "picture": "data:image/png;base64," + base64.b64encode(data.getvalue()).decode(),
        "caption": f"best guess of the original, {by}",
    }


def _own_upload(path: str | None) -> str | None:
    """The path only if it is a bundled picture or lies in the upload folder."""
    if path and not is_served(path) and path not in map(str, EXAMPLES):
        raise InputError("This picture is not there any more; choose it again.")
    return path
