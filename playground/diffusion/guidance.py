"""Guidance: ways to push a sample away from what a poorer guess says.

Each entry takes a denoiser and a scale and gives a denoiser, so that no sampler knows of it. Scale
1 is the model as it is, more exaggerates.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playground.diffusion.denoisers import Denoiser
from playground.diffusion.guided import (
    CLEANEST,
    NOISIEST,
    Auto,
    Guided,
    Interval,
    Rescaled,
    Thresholded,
)
from playground.diffusion.registry import Registry, knob
from playground.errors import InputError
from playground.texts import NOTHING, Text

Wrap = Callable[..., Denoiser]

_registry: Registry[Wrap] = Registry("guidance")
register = _registry.register
names = _registry.names
entry = _registry.entry

KIND = "classifier_free"  # what a bare scale means


@dataclass(frozen=True)
class Guidance:
    """A registered guidance with its scale and knobs: a function from denoiser to denoiser.

    weak: for autoguidance, a weaker version of the model; by default the model's own `weaker()`.
    weak_is: what that is, in words.
    """

    name: str
    scale: float
    knobs: dict[str, Any] = field(default_factory=dict)
    weak: Denoiser | None = None
    weak_is: Text = NOTHING

    @property
    def needs_class(self) -> bool:
        """Whether it does nothing to samples of no class."""
        return "autoguidance" not in (self.name, self.knobs.get("of"))

    def __call__(self, denoiser: Denoiser) -> Denoiser:
        """Guide the denoiser; InputError where the knobs or the denoiser cannot be used."""
        more = {} if self.weak is None or self.needs_class else {"weak": self.weak}
        return entry(self.name).function(denoiser, self.scale, **self.knobs, **more)

    def __repr__(self) -> str:
        knobs = "".join(f", {k}={v}" for k, v in self.knobs.items())
        weak = f", weak={self.weak_is}" if self.weak_is else ""
        return f"{self.name}({self.scale:g}{knobs}{weak})"


def get(name: str, scale: float = 2.0, *, weak: Denoiser | None = None, **knobs: Any) -> Guidance:
    """Return the guidance of that name; InputError for an unknown name, knob or value."""
    settings = entry(name).settings(knobs)
    if "low" in settings and settings["low"] > settings["high"]:
        raise InputError(
            "low must not exceed high; you gave {low} and {high}.",
            low=f"{settings['low']:g}",
            high=f"{settings['high']:g}",
        )
    return Guidance(name, as_scale(scale), settings, weak)


def as_scale(scale: Any) -> float:
    """Return the scale as a number; InputError for what is none, or not finite."""
    try:
        number = float(scale)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise InputError(
            "guidance must be a number, 1 for plain sampling; you gave {scale}.", scale=scale
        )
    return number


def as_guidance(guidance: float | Guidance) -> Guidance:
    """Return the object itself, or classifier-free guidance of this scale."""
    return guidance if isinstance(guidance, Guidance) else get(KIND, guidance)


@register(
    "classifier_free", title="Classifier-free", source="Ho & Salimans 2022, Eq. 6, scale = 1 + w"
)
def classifier_free(denoiser: Denoiser, scale: float) -> Denoiser:
    """Away from the guess without a class: more typical of its class, and less varied.

    Formula: x0 = free + scale (x0(class) - free).
    For: models with classes; scales of 1.5 to 4.
    """
    return denoiser if scale == 1 else Guided(denoiser, scale)


@register(
    "interval", title="In an interval", source="Kynkäänniemi et al. 2024 (a limited interval)"
)
def interval(
    denoiser: Denoiser,
    scale: float,
    *,
    low: float = knob(-1.0, NOISIEST, CLEANEST, step=0.1, help="Log-SNR below it: not guided."),
    high: float = knob(3.3, NOISIEST, CLEANEST, step=0.1, help="Log-SNR above it: not guided."),
) -> Denoiser:
    """Classifier-free guidance between two levels only, which keeps more of the variety.

    Formula: classifier-free where low <= log-SNR <= high, else x0(class).
    For: large scales without pictures that all look alike.
    """
    return denoiser if scale == 1 else Interval(denoiser, scale, low, high)


@register(
    "autoguidance", title="Autoguidance", source="Karras et al. 2024 (a bad version of itself)"
)
def autoguidance(denoiser: Denoiser, scale: float, *, weak: Denoiser | None = None) -> Denoiser:
    """Away from the guess of a weaker version of the same model: needs no class.

    Formula: x0 = weak + scale (own - weak).
    For: models without classes; variety and quality at once.
    """
    if scale == 1:
        return denoiser
    if weak is None:
        weaker = getattr(denoiser, "weaker", None)
        if weaker is None:
            raise InputError(
                "This model has no weaker version to guide away from; choose a trained model, or "
                "another guidance."
            )
        weak = weaker()
    return Auto(denoiser, scale, weak)


@register("rescaled", title="Rescaled", source="Lin et al. 2023, Sec. 3.4, on x0")
def rescaled(
    denoiser: Denoiser,
    scale: float,
    *,
    phi: float = knob(0.7, 0.0, 1.0, step=0.05, help="0 as guided, 1 the spread of no guidance."),
) -> Denoiser:
    """Classifier-free guidance without its glaring contrast.

    Formula: x0 = g (phi std(x0(class)) / std(g) + 1 - phi), g the classifier-free guess.
    For: large scales whose colours glare.
    """
    return denoiser if scale == 1 else Rescaled(denoiser, scale, phi)


@register(
    "dynamic_thresholding", title="Dynamic thresholding", source="Saharia et al. 2022, Sec. 2.3"
)
def dynamic_thresholding(
    denoiser: Denoiser,
    scale: float,
    *,
    percentile: float = knob(99.5, 50.0, 100.0, step=0.5, help="Of |x0| in each picture: its s."),
    of: str = knob(
        "classifier_free",
        choices=("classifier_free", "interval", "rescaled", "autoguidance"),
        help="What is thresholded, with its own knobs as they come.",
    ),
    weak: Denoiser | None = None,
) -> Denoiser:
    """Another guidance, with guesses that leave the range of pictures drawn back into it.

    Formula: x0 = clip(g, -s, s) / s, g the other's guess and s = max(1, percentile of |g|).
    For: the largest scales.
    """
    return Thresholded(get(of, scale, weak=weak)(denoiser), percentile)
