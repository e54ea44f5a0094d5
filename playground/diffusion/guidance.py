"""Guidance: wrappers around a Denoiser that push a sample away from what a poorer guess says.

Each entry takes a denoiser and a scale and gives a denoiser, so that no sampler knows of it. Scale
1 is the model as it is, more exaggerates. All algebra is on x0, where a sum with weights that add
up to one is the same as on eps, v or the score.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from playground.diffusion.denoisers import Denoiser, calls
from playground.diffusion.levels import per_sample
from playground.diffusion.registry import Registry, knob
from playground.errors import InputError

Wrap = Callable[..., Denoiser]

_registry: Registry[Wrap] = Registry("guidance")
register = _registry.register
names = _registry.names
entry = _registry.entry

CLEANEST, NOISIEST = 12.0, -12.0  # log-SNR at which the range of a level's knob ends
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
    weak_is: str = ""

    @property
    def needs_class(self) -> bool:
        """Whether it does nothing to samples of no class."""
        return "autoguidance" not in (self.name, self.knobs.get("of"))

    def __call__(self, denoiser: Denoiser) -> Denoiser:
        """The denoiser, guided; InputError where the knobs or the denoiser cannot be used."""
        more = {} if self.weak is None or self.needs_class else {"weak": self.weak}
        return entry(self.name).function(denoiser, self.scale, **self.knobs, **more)

    def __repr__(self) -> str:
        knobs = "".join(f", {k}={v}" for k, v in self.knobs.items())
        weak = f", weak={self.weak_is}" if self.weak_is else ""
        return f"{self.name}({self.scale:g}{knobs}{weak})"


def get(name: str, scale: float = 2.0, *, weak: Denoiser | None = None, **knobs: Any) -> Guidance:
    """The guidance of that name; InputError for an unknown name, knob or value."""
    settings = entry(name).settings(knobs)
    if "low" in settings and settings["low"] > settings["high"]:
        raise InputError(
            f"low must not exceed high; you gave {settings['low']:g} and {settings['high']:g}."
        )
    return Guidance(name, as_scale(scale), settings, weak)


def as_scale(scale: Any) -> float:
    """The scale as a number; InputError for what is none, or not finite."""
    try:
        number = float(scale)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"guidance must be a number, 1 for plain sampling; you gave {scale}.")
    return number


def as_guidance(guidance: float | Guidance) -> Guidance:
    """The object itself, or classifier-free guidance of this scale."""
    return guidance if isinstance(guidance, Guidance) else get(KIND, guidance)


class Guided:
    """Classifier-free guidance: x0 = x0(no class) + scale * (x0(class) - x0(no class)).

    Linear in x0 as in eps, so it is Ho & Salimans 2022, Eq. 6, with scale = 1 + w. scale 0 forgets
    the class, 1 is plain conditioning, above 1 exaggerates it. Two network calls.
    """

    def __init__(self, denoiser: Denoiser, scale: float) -> None:
        self.inner = denoiser
        self.scale = scale
        self.shape = denoiser.shape
        self.nfe = 2 * calls(denoiser)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        free = self.inner(x, alpha, sigma, None)
        if cond is None:
            return free
        return self.combine(free, self.inner(x, alpha, sigma, cond))

    def combine(self, poor: Tensor, good: Tensor) -> Tensor:
        """From the poorer guess through the better one, and beyond it."""
        return poor + self.scale * (good - poor)


class Interval(Guided):
    """Guided where low <= log-SNR <= high, and elsewhere the model as it is, in one call."""

    def __init__(self, denoiser: Denoiser, scale: float, low: float, high: float) -> None:
        super().__init__(denoiser, scale)
        self.low, self.high = low, high

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        good = self.inner(x, alpha, sigma, cond)
        inside = self._inside(alpha, sigma)
        if cond is None or not bool(inside.any()):
            return good
        both = self.combine(self.inner(x, alpha, sigma, None), good)
        return torch.where(per_sample(inside, x).bool(), both, good)

    def nfe_at(self, alpha: Tensor, sigma: Tensor) -> int:
        """Network calls that a call at these levels (B,) makes."""
        return calls(self.inner, alpha, sigma) * (
            2 if bool(self._inside(alpha, sigma).any()) else 1
        )

    def _inside(self, alpha: Tensor, sigma: Tensor) -> Tensor:
        log_snr = 2 * (alpha.log() - sigma.log())
        log_snr = log_snr.clamp(NOISIEST, CLEANEST)  # the ends of the range are without end
        return (self.low <= log_snr) & (log_snr <= self.high)


class Auto(Guided):
    """From a weaker version's guess through the model's, both of the same class."""

    def __init__(self, denoiser: Denoiser, scale: float, weak: Denoiser) -> None:
        super().__init__(denoiser, scale)
        self.weak = weak
        self.nfe = calls(denoiser) + calls(weak)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        poor = self.weak(x, alpha, sigma, cond)
        return self.combine(poor, self.inner(x, alpha, sigma, cond))


class Rescaled(Guided):
    """Guided, with the spread of the guess drawn back towards that without guidance."""

    def __init__(self, denoiser: Denoiser, scale: float, phi: float) -> None:
        super().__init__(denoiser, scale)
        self.phi = phi

    def combine(self, poor: Tensor, good: Tensor) -> Tensor:
        """Lin et al. 2023, Eq. 15 and 16, on x0."""
        both = super().combine(poor, good)
        dims = tuple(range(1, both.ndim))
        spread = both.std(dims, keepdim=True).clamp(min=1e-8)
        factor = good.std(dims, keepdim=True) / spread
        return both * (self.phi * factor + 1 - self.phi)


class Thresholded:
    """Each guess clipped to its own s, a percentile of |x0| and at least 1, and divided by s."""

    def __init__(self, denoiser: Denoiser, percentile: float) -> None:
        self.inner = denoiser
        self.percentile = percentile
        self.shape = denoiser.shape
        self.nfe = calls(denoiser)

    def __call__(
        self, x: Tensor, alpha: Tensor, sigma: Tensor, cond: Tensor | None = None
    ) -> Tensor:
        x0 = self.inner(x, alpha, sigma, cond)
        s = per_sample(x0.abs().flatten(1).quantile(self.percentile / 100, 1).clamp(min=1), x0)
        return torch.maximum(torch.minimum(x0, s), -s) / s

    def nfe_at(self, alpha: Tensor, sigma: Tensor) -> int:
        """Network calls that a call at these levels (B,) makes."""
        return calls(self.inner, alpha, sigma)


@register(
    "classifier_free", title="Classifier-free", source="Ho & Salimans 2022, Eq. 6, scale = 1 + w"
)
def classifier_free(denoiser: Denoiser, scale: float) -> Denoiser:
    """Away from the guess without a class: more typical of its class, and less varied.

    Formula: x0 = free + scale (x0(class) - free).
    For: models with classes; scales of 1.5 to 4.
    """
    return denoiser if scale == 1 else Guided(denoiser, scale)


@register("interval", title="In an interval", source="Kynkäänniemi et al. 2024, Eq. 5")
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


@register("autoguidance", title="Autoguidance", source="Karras et al. 2024, Eq. 4")
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


@register("rescaled", title="Rescaled", source="Lin et al. 2023, Eq. 15 and 16, on x0")
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


@register("dynamic_thresholding", title="Dynamic thresholding", source="Saharia et al. 2022, 2.3")
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
