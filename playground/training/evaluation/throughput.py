"""How many pictures a second each preset trains on, reckoned from figures at another shape."""

from dataclasses import dataclass
from functools import cache

import torch

from playground.models.unet import UNet, UNetConfig
from playground.training import presets
from playground.training.config import TrainConfig

Shape = tuple[int, int]  # channels, size


@dataclass(frozen=True)
class Speed:
    """Training images/s of each preset for one shape of picture."""

    size: int
    channels: int
    images_per_second: dict[str, float]
    measured: bool  # else reckoned from another shape, or from the run that trains now


@cache
def work(config: TrainConfig, channels: int, size: int) -> int:
    """Count the floating-point operations of the network for one picture, forward."""
    from torch.utils.flop_counter import FlopCounterMode  # takes a while to import

    with torch.device("meta"), torch.no_grad():
        network = UNet(UNetConfig(channels, size, 0, config.widths, config.blocks))
        with FlopCounterMode(display=False) as counter:
            network(torch.zeros(1, channels, size, size), torch.zeros(1), None)
    return int(counter.get_total_flops())


def scaled(figures: dict[str, float], shape: Shape, preset: str, wanted: Shape) -> float:
    """Return images/s of a preset at a shape, from figures at another by the arithmetic of both."""
    nearest = preset if preset in figures else list(figures)[-1]
    ratio = work(presets.config(nearest), *shape) / work(presets.config(preset), *wanted)
    return figures[nearest] * ratio


def scale(speed: Speed, size: int, channels: int) -> Speed:
    """Return the speed at another shape, reckoned by the network's arithmetic."""
    figures = {
        name: scaled(speed.images_per_second, (speed.channels, speed.size), name, (channels, size))
        for name in presets.PRESETS
    }
    return Speed(size, channels, figures, measured=False)
