import pytest
import torch

import playground as pg
from playground.studio.setup import Setup


@pytest.fixture
def setup():
    """Two pictures from the ideal denoiser of eight random ones; a key that no other test has."""
    data = torch.rand(8, 1, 6, 6, generator=torch.Generator().manual_seed(1)) * 2 - 1
    ideal = pg.ideal_denoiser(data, torch.arange(8) % 2)
    return Setup(ideal, (3, 4), (0, 1), 1.0, object())
