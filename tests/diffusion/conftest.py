import pytest
import torch

from playground.models.network import NetworkDenoiser
from playground.models.unet import UNet, UNetConfig


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    made = UNet(UNetConfig(1, 16, 3, (16, 16, 16), (1, 1, 1)))
    for p in made.parameters():
        torch.nn.init.normal_(p, std=0.1)  # zero-initialised exits would hide everything
    return NetworkDenoiser(made)
