"""TrainConfig: all that decides a run besides its data, and what of it is impossible."""

from dataclasses import dataclass, field
from typing import Any

from playground.diffusion import schedules
from playground.errors import InputError
from playground.models import targets

SPACING = "spacing"  # a schedule's knob that means nothing to training


@dataclass(frozen=True)
class TrainConfig:
    """All that decides a run besides its data; saved with it."""

    # network channels at 1/2, 1/4, 1/8 of the size; for points the first alone is the width
    widths: tuple[int, ...] = (48, 64, 96)
    blocks: tuple[int, ...] = (1, 1, 2)  # residual blocks at each
    target: str = "v"  # what the network predicts: v, x0, eps or score
    wiener: bool = True  # of pictures and v, it predicts what the best linear guess lacks
    batch: int = 64  # pictures an update
    learning_rate: float = 0.02  # Muon's peak, for convolutions, after warm-up
    adam_rate: float = 0.01  # AdamW's peak, for all other weights
    muon: bool = True  # False: AdamW for convolutions, too, at its rate; less work an update
    warmup: int = 100  # updates until the peak
    steps: int | None = None  # stop after so many updates
    minutes: float | None = None  # or after so much training time; neither: until stopped
    label_dropout: float = 0.1  # share of labels hidden, so that guidance can work
    ema: float = 0.05  # relative width of the weight average (Karras et al. 2024, Sec. 3.1)
    flip: bool = False  # mirror half of the pictures; samples are mirrored, too
    augment: float = 0.0  # share of pictures mirrored and moved, which samples do not show
    held_out: float = 0.0  # share of the pictures that training never sees
    start: str = ""  # the model whose weights it begins with, by name; they lie in its folder
    seed: int = 0
    schedule: str = ""  # noise levels are its at uniform t; without one, their angles are uniform
    # all but its spacing, once made; a dict cannot be hashed, and equal configs hash alike without
    schedule_knobs: dict[str, Any] = field(default_factory=dict, hash=False)
    precision: str = "auto"  # "float32", "bfloat16", or what this machine does faster

    def __post_init__(self) -> None:
        for name, low, high in (
            ("batch", 1, 1024),
            ("steps", 1, 100_000_000),
            ("minutes", 0.01, 60 * 24 * 30),
            ("learning_rate", 1e-7, 1.0),
            ("adam_rate", 1e-7, 1.0),
            ("seed", 0, 2**63 - 1),
            ("held_out", 0, 0.5),
            ("warmup", 1, 1_000_000),
            ("label_dropout", 0, 1),
            ("augment", 0, 1),
            ("ema", 0.001, 0.25),
        ):
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise InputError(
                    "{name} must be from {low} to {high}; you gave {value}.",
                    name=name,
                    low=f"{low:g}",
                    high=f"{high:g}",
                    value=value,
                )
        if any(w < 8 or w % 8 for w in self.widths):  # for the group norms
            raise InputError(
                "widths must be multiples of 8; you gave {widths}.", widths=self.widths
            )
        if not 1 <= len(self.widths) == len(self.blocks) <= 5 or min(self.blocks) < 1:
            raise InputError("blocks must be 1 or more, one for each of 1 to 5 widths.")
        targets.check(self.target)
        if self.precision not in ("auto", "float32", "bfloat16"):
            raise InputError("precision must be auto, float32 or bfloat16.")
        self._check_schedule()

    def _check_schedule(self) -> None:
        given = self.schedule_knobs
        if given and not self.schedule:
            raise InputError("Choose the schedule whose knobs are {given}.", given=", ".join(given))
        if SPACING in given:
            raise InputError("spacing is for sampling: training draws t evenly; leave it out.")
        if path := self.levels():
            knobs = {name: value for name, value in path.knobs.items() if name != SPACING}
            object.__setattr__(self, "schedule_knobs", knobs)

    def levels(self) -> schedules.Schedule | None:
        """Return the schedule whose levels it trains on; None where angles are uniform."""
        return schedules.get(self.schedule, **self.schedule_knobs) if self.schedule else None


def train_config(fields: dict[str, Any]) -> TrainConfig:
    """Read a TrainConfig from JSON, where tuples arrive as lists.

    One that does not speak of `wiener` is of a run whose network had no such part.
    """
    plain: dict[str, Any] = {"wiener": False}
    plain |= {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return TrainConfig(**plain)
