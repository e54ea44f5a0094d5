"""The loss, smoothed and by noise band, and what it says in a sentence."""

import json
import math
from functools import lru_cache
from typing import Any

import gradio as gr

from playground.training.evaluation.probe import ENOUGH, LEVELS
from playground.training.runs import manager
from playground.training.runs.folder import RunFolder, read_lines
from playground.training.runs.metrics import LossCurve
from playground.ui.context import Context
from playground.ui.page.joined import joined_part
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train.view import View, stamp

NAMES = ("hardly any noise", "a little noise", "half noise", "mostly noise", "almost only noise")
POINTS = 240  # of a curve, as many as a screen can show
RISEN = 1.03  # a rise of the held-out loss that is none of chance: noise and levels are fixed
curve = lru_cache(maxsize=32)(LossCurve)


def build(context: Context, run: gr.Dropdown) -> list[View]:
    """Lay both plots out here."""
    with gr.Row(equal_height=False, elem_id="train-loss"):
        with gr.Column(min_width=320):
            smoothed = joined_part("loss_plot", points="")
        with gr.Column(min_width=320):
            bands = joined_part("bands_plot", bands="")
    asked = gr.Button(visible=False)
    asked.click(
        guarded(lambda name: facts(context, name)),
        run,
        gr.JSON(visible=False),
        api_name="train_bands",
    )
    return [
        View(smoothed, "points", lambda run: stamp(run.metrics), _points),
        View(bands, "bands", lambda run: stamp(run.bands, run.path / "config.json"), _bands),
    ]


def facts(context: Context, name: str) -> dict[str, Any]:
    """The loss by noise band of a run, what the bands are, and what that says."""
    run = manager.folder(context.library.runs, name)
    lines = read_lines(run.bands)
    return {"run": name, "bands": _legend(), "losses": lines, "says": says(lines)}


def says(lines: list[dict[str, Any]]) -> str:
    """What the losses of training and held-out pictures mean together."""
    if not lines:
        return ""
    if lines[-1]["held_out"] is None:
        return (
            f"No picture is held out (below {ENOUGH} none is): this cannot tell learning from "
            "remembering. See Copies."
        )
    unseen = [_mean(line["held_out"]) for line in lines]
    best = unseen.index(min(unseen))
    train_fell = _mean(lines[-1]["train"]) < _mean(lines[best]["train"])
    if unseen[-1] > RISEN * unseen[best] and train_fell:
        return (
            f"It starts to remember its pictures: since step {lines[best]['step']:,} the loss on "
            "held-out pictures rises while that on training pictures falls."
        )
    if len(lines) < 4:
        return "Solid: pictures it trains on. Dashed: pictures held out, which it never sees."
    if _mean(lines[-1]["held_out"]) > 1.25 * _mean(lines[-1]["train"]):
        return (
            "It does better on pictures it trains on than on held-out ones, but what it learns "
            "still helps with both."
        )
    return "Both fall together: what it learns holds for pictures that it never saw."


def _mean(losses: list[float]) -> float:
    """The geometric mean, in which every band counts alike whatever its size."""
    return math.exp(sum(math.log(max(loss, 1e-9)) for loss in losses) / len(losses))


def _legend() -> list[dict[str, Any]]:
    levels = zip(NAMES, LEVELS, strict=True)
    return [{"name": name, "sigma": round(level.sigma, 2)} for name, level in levels]


def _points(run: RunFolder) -> str:
    return json.dumps(curve(run.metrics).points())


def _bands(run: RunFolder) -> str:
    lines = read_lines(run.bands)
    step = max(1, math.ceil(len(lines) / POINTS))
    shown = lines[::step] + (lines[-1:] if (len(lines) - 1) % step else [])
    losses = [[line["step"], line["train"], line["held_out"]] for line in shown]
    return json.dumps({"bands": _legend(), "losses": losses, "says": says(lines)})
