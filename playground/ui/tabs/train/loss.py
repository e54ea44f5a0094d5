"""The loss, smoothed and by noise band, and what it says in a sentence."""

import math
from functools import lru_cache
from typing import Any

import gradio as gr

from playground.training.evaluation.probe import ENOUGH, LEVELS
from playground.training.runs.folder import RunFolder, read_lines
from playground.training.runs.metrics import LossCurve
from playground.ui.context import Context
from playground.ui.i18n.text import Text, t
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.tabs.train.messages import Band, BandLoss, BandLosses, TrainingLoss
from playground.ui.tabs.train.view import View, stamp

NAMES = (
    t("hardly any noise"),
    t("a little noise"),
    t("half noise"),
    t("mostly noise"),
    t("almost only noise"),
)
FIGURE = "page/chart/figure"  # styles of the parts with a figure
TITLED = "page/chart/titled"  # and a title of two lines above it
POINTS = 240  # of a curve, as many as a screen can show
RISEN = 1.03  # a rise of the held-out loss that is none of chance: noise and levels are fixed
curve = lru_cache(maxsize=32)(LossCurve)


def build(context: Context, run: gr.Dropdown) -> list[View]:
    """Lay both plots out here."""
    with gr.Row(equal_height=False, elem_id="train-loss"):
        with gr.Column(min_width=320):
            smoothed = page_part("tabs/train/page/loss_plot", styles=[FIGURE, TITLED], loss="")
        with gr.Column(min_width=320):
            bands = page_part("tabs/train/page/bands_plot", styles=[FIGURE, TITLED], bands="")
    return [
        View(smoothed, "loss", lambda run: stamp(run.metrics), _training),
        View(bands, "bands", lambda run: stamp(run.bands, run.path / "config.json"), _by_band),
    ]


def says(lines: list[dict[str, Any]]) -> list[Text]:
    """Return what the losses of training and held-out pictures mean together."""
    if not lines:
        return []
    if lines[-1]["held_out"] is None:
        unknown = t(
            "No picture is held out (below {few} none is): this cannot tell learning from "
            "remembering.",
            few=ENOUGH,
        )
        return [unknown, t("See Copies.")]
    unseen = [_mean(line["held_out"]) for line in lines]
    best = unseen.index(min(unseen))
    train_fell = _mean(lines[-1]["train"]) < _mean(lines[best]["train"])
    if unseen[-1] > RISEN * unseen[best] and train_fell:
        remembers = t(
            "It starts to remember its pictures: since step {step} the loss on held-out pictures "
            "rises while that on training pictures falls.",
            step=f"{lines[best]['step']:,}",
        )
        return [remembers]
    if len(lines) < 4:
        solid, dashed = (
            t("Solid: pictures it trains on."),
            t("Dashed: pictures held out, which it never sees."),
        )
        return [solid, dashed]
    if _mean(lines[-1]["held_out"]) > 1.25 * _mean(lines[-1]["train"]):
        helps = t(
            "It does better on pictures it trains on than on held-out ones, but what it learns "
            "still helps with both."
        )
        return [helps]
    return [t("Both fall together: what it learns holds for pictures that it never saw.")]


def _mean(losses: list[float]) -> float:
    """Return the geometric mean, in which every band counts alike whatever its size."""
    return math.exp(sum(math.log(max(loss, 1e-9)) for loss in losses) / len(losses))


def band_levels() -> list[Band]:
    """Return the bands of noise levels at which losses are measured, least noise first."""
    levels = zip(NAMES, LEVELS, strict=True)
    return [Band(name, round(level.sigma, 2)) for name, level in levels]


def _training(run: RunFolder) -> str:
    return to_json(TrainingLoss(run.name, curve(run.metrics).points()))


def _by_band(run: RunFolder) -> str:
    lines = read_lines(run.bands)
    step = max(1, math.ceil(len(lines) / POINTS))
    shown = lines[::step] + (lines[-1:] if (len(lines) - 1) % step else [])
    losses = [BandLoss(line["step"], line["train"], line["held_out"]) for line in shown]
    return to_json(BandLosses(run.name, band_levels(), losses, says(lines)))
