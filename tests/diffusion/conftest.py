import math
import random
from itertools import product

import pytest
import torch

from playground.diffusion.levels import Level
from playground.models.network import NetworkDenoiser
from playground.models.unet import UNet, UNetConfig

RATIOS = (12.0, 6.0, 3.0, 1.7, 0.9, 0.5, 0.2, 0.08)


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    made = UNet(UNetConfig(1, 16, 3, (16, 16, 16), (1, 1, 1)))
    for p in made.parameters():
        torch.nn.init.normal_(p, std=0.1)  # zero-initialised exits would hide everything
    return NetworkDenoiser(made)


class Wave:
    """A smooth prediction of no data's noise, float64: what two solvers are compared on."""

    def __init__(self):
        g = torch.Generator().manual_seed(0)
        self.weights = torch.randn(6, 6, generator=g, dtype=torch.float64) / 3
        self.start = RATIOS[0] * torch.randn(2, 6, generator=g, dtype=torch.float64)  # x / alpha
        self.noises = list(torch.randn(60, 2, 6, generator=g, dtype=torch.float64))

    def eps(self, x, ratio):
        """Of x / alpha at sigma / alpha."""
        ratio = float(ratio)
        return torch.tanh(x / math.hypot(1, ratio) @ self.weights) * (0.5 + 1 / (1 + ratio**2))

    def x0(self, x, ratio):
        return x - float(ratio) * self.eps(x, ratio)

    def noise(self):
        """The same draws each time, one after the other."""
        return iter(self.noises).__next__

    def run(self, sampler, path):
        """What the sampler makes of `start` along the path, as x / alpha."""

        def denoise(x, level):
            if level[0] == 0:  # without signal, x / alpha stands at no ratio
                return torch.tanh(x @ self.weights)
            return self.x0(x / level[0], level[1] / level[0])

        x = path[0].alpha * self.start
        *_, (end, _) = sampler(denoise, x, path, self.noise())
        return end / path[-1].alpha


@pytest.fixture(scope="session")
def wave():
    return Wave()


@pytest.fixture(params=["preserving", "exploding", "straight"])
def path(request):
    """The same ratios sigma / alpha on three kinds of path; the end is not quite clean."""
    size = {"preserving": lambda s: math.hypot(1, s), "exploding": lambda s: 1.0}
    whole = size.get(request.param, lambda s: 1 + s)
    return [Level(1 / whole(s), s / whole(s)) for s in RATIOS]


@pytest.fixture(params=["to clean", "to some noise"])
def path_to(request, path):
    """The paths, with and without a last step to the clean picture."""
    return [*path, Level(1.0, 0.0)] if request.param == "to clean" else path


@pytest.fixture(scope="session")
def corners():
    """Combinations of the ends of an entry's numeric knobs, at most so many of them, as dicts."""

    def chosen(entry, most, *, middles=False):
        knobs = {name: knob for name, knob in entry.knobs.items() if not knob.choices}
        values = [
            (k.low, k.default, k.high) if middles else (k.low, k.high) for k in knobs.values()
        ]
        every = [dict(zip(knobs, v, strict=True)) for v in product(*values)]
        return every if len(every) <= most else random.Random(0).sample(every, most)

    return chosen
