"""Other projects' networks at about our size, for the benchmarks that compare with them.

They are optional: `pip install --no-deps denoising-diffusion-pytorch smalldiffusion einops
ema-pytorch tqdm`, and diffusers, which the tests use anyway. Two of them import torchvision and
accelerate only to read folders and to start processes; where those are missing, stand-ins let the
networks themselves be imported.
"""

import importlib
import sys
from collections.abc import Callable
from unittest.mock import MagicMock

import torch
from torch import Tensor, nn

UNUSED = ("torchvision", "accelerate", "pytorch_fid", "pytorch_fid.fid_score")
UNUSED += ("pytorch_fid.inception", "torchvision.datasets", "torchvision.transforms")

Loss = Callable[[Tensor], Tensor]  # x0 (B,C,H,W) in [-1, 1] -> a number to minimise


def _import(name: str) -> object:
    for module in UNUSED:
        try:
            importlib.import_module(module)
        except ImportError:
            sys.modules[module] = MagicMock()
    return importlib.import_module(name)


def diffusers_network(channels: int, size: int) -> nn.Module:
    """UNet2DModel in the shape of diffusers' own training example, narrowed to 2.6M parameters."""
    from diffusers import UNet2DModel

    return UNet2DModel(
        sample_size=size,
        in_channels=channels,
        out_channels=channels,
        layers_per_block=1,
        block_out_channels=(32, 64, 128),
        down_block_types=("DownBlock2D", "DownBlock2D", "AttnDownBlock2D"),
        up_block_types=("AttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
        norm_num_groups=8,
    )


def eps_loss(predict: Callable[[Tensor, Tensor], Tensor]) -> Loss:
    """DDPM's loss: eps at a step drawn evenly from 1,000 of the linear schedule (Ho 2020, Eq. 14).

    predict: the noised pictures and their steps k (B,) from 0 to 999 -> eps.
    """
    alpha_bars = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64), 0).float()

    def loss(x0: Tensor) -> Tensor:
        k = torch.randint(1000, (len(x0),))
        eps, signal = torch.randn_like(x0), alpha_bars[k][:, None, None, None]
        x = signal.sqrt() * x0 + (1 - signal).sqrt() * eps
        return (predict(x, k).float() - eps).square().mean()

    return loss


def diffusers_peer(channels: int, size: int) -> tuple[nn.Module, Loss]:
    """The diffusers library's network under DDPM's loss."""
    network = diffusers_network(channels, size)
    return network, eps_loss(lambda x, k: network(x, k).sample)


def lucidrains_peer(channels: int, size: int) -> tuple[nn.Module, Loss]:
    """denoising-diffusion-pytorch's network under its own GaussianDiffusion as it comes."""
    theirs = _import("denoising_diffusion_pytorch.denoising_diffusion_pytorch")
    network = theirs.Unet(32, dim_mults=(1, 2, 4), channels=channels)  # type: ignore[attr-defined]
    process = theirs.GaussianDiffusion(network, image_size=size)  # type: ignore[attr-defined]
    return network, lambda x0: process((x0 + 1) / 2)


def smalldiffusion_peer(channels: int, size: int) -> tuple[nn.Module, Loss]:
    """Smalldiffusion's network under its own loss, log-uniform in sigma as in its examples."""
    theirs = _import("smalldiffusion.model_unet")
    network = theirs.Unet(  # type: ignore[attr-defined]
        size, channels, channels, ch=32, ch_mult=(1, 2, 3), num_res_blocks=2, dropout=0.0
    )

    def loss(x0: Tensor) -> Tensor:
        sigma = torch.exp(torch.empty(len(x0)).uniform_(-4.6, 3.6))[:, None, None, None]
        return network.get_loss(x0, sigma, torch.randn_like(x0))

    return network, loss


PEERS = {
    "diffusers UNet2DModel": diffusers_peer,
    "denoising-diffusion-pytorch Unet": lucidrains_peer,
    "smalldiffusion Unet": smalldiffusion_peer,
}
