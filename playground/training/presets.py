"""Ready choices for training on a laptop: how long, and the network that suits it."""

from dataclasses import dataclass
from typing import Any

from playground.errors import unknown
from playground.training.config import TrainConfig


@dataclass(frozen=True)
class Preset:
    """A budget of time and the settings that make the most of it."""

    title: str
    minutes: float | None
    settings: dict[str, Any]


# A short run wants many small steps of a small network; a long one can feed more.
PRESETS = {
    "2 minutes": Preset(
        "2 minutes",
        2.0,
        {"widths": (32, 64, 96), "blocks": (1, 1, 2), "batch": 32, "adam_rate": 0.02},
    ),
    "15 minutes": Preset(
        "15 minutes",
        15.0,
        {"widths": (48, 64, 96), "blocks": (1, 1, 2), "batch": 64},
    ),
    "until I stop": Preset(
        "until I stop",
        None,
        {"widths": (48, 96, 128), "blocks": (1, 1, 2), "batch": 64},
    ),
}
DEFAULT = "2 minutes"


def config(preset: str, **changes: Any) -> TrainConfig:
    """Return a preset's TrainConfig with some fields changed; InputError for an unknown one."""
    if preset not in PRESETS:
        raise unknown("preset", preset, PRESETS)
    chosen = PRESETS[preset]
    return TrainConfig(**{"minutes": chosen.minutes, **chosen.settings, **changes})
