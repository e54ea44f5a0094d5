"""Diffusion Playground: see, feel and teach how diffusion models work.

import playground as pg
for frame in pg.sample(pg.ideal_denoiser(data), "cosine", "dpmpp_2m", steps=20): ...
"""

from playground.checkpoint import Checkpoint
from playground.diffusion import samplers, schedules
from playground.diffusion.denoisers import Clamped, Denoiser, Guided, ideal_denoiser
from playground.diffusion.levels import Level
from playground.diffusion.sample import Frame, noise, sample
from playground.errors import InputError
from playground.training.dataset import Dataset
from playground.training.run import TrainConfig, TrainingRun, TrainStep

__all__ = [
    "Checkpoint",
    "Clamped",
    "Dataset",
    "Denoiser",
    "Frame",
    "Guided",
    "InputError",
    "Level",
    "TrainConfig",
    "TrainStep",
    "TrainingRun",
    "ideal_denoiser",
    "noise",
    "sample",
    "samplers",
    "schedules",
]
