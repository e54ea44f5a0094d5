"""Diffusion Playground: see, feel and teach how diffusion models work.

import playground as pg
for frame in pg.sample(pg.ideal_denoiser(data), "cosine", "dpmpp_2m", steps=20): ...
"""

import importlib

# typing itself may be in the folder of a person who starts `python -m playground`: see __main__.py
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from playground.checkpoint import Checkpoint
    from playground.diffusion import guidance, samplers, schedules
    from playground.diffusion.denoisers import Clamped, Denoiser, ideal_denoiser
    from playground.diffusion.guidance import Guidance
    from playground.diffusion.guided import Guided
    from playground.diffusion.levels import Level
    from playground.diffusion.sample import Frame, noise, sample
    from playground.errors import InputError
    from playground.training.config import TrainConfig
    from playground.training.data.dataset import Dataset
    from playground.training.loop.run import TrainingRun, TrainStep

__version__ = "0.1.0"  # of the package, too: the build reads it here

__all__ = [
    "Checkpoint",
    "Clamped",
    "Dataset",
    "Denoiser",
    "Frame",
    "Guidance",
    "Guided",
    "InputError",
    "Level",
    "TrainConfig",
    "TrainStep",
    "TrainingRun",
    "guidance",
    "ideal_denoiser",
    "noise",
    "sample",
    "samplers",
    "schedules",
]

# Where each name lives. They load on first use: torch takes seconds, and `--help` needs none of it.
_HOMES = {
    "playground.checkpoint": ("Checkpoint",),
    "playground.diffusion.denoisers": ("Clamped", "Denoiser", "ideal_denoiser"),
    "playground.diffusion.guidance": ("Guidance",),
    "playground.diffusion.guided": ("Guided",),
    "playground.diffusion.levels": ("Level",),
    "playground.diffusion.sample": ("Frame", "noise", "sample"),
    "playground.errors": ("InputError",),
    "playground.training.config": ("TrainConfig",),
    "playground.training.data.dataset": ("Dataset",),
    "playground.training.loop.run": ("TrainStep", "TrainingRun"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> "Any":
    if name in ("guidance", "samplers", "schedules"):
        value: object = importlib.import_module(f"playground.diffusion.{name}")
    elif name in _HOME_OF:
        value = getattr(importlib.import_module(_HOME_OF[name]), name)
    else:
        raise AttributeError(f"module 'playground' has no attribute {name!r}")
    globals()[name] = value
    return value
