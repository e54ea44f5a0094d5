"""A small U-Net made for a CPU: little work an image, because the arithmetic is what costs.

It works on 2x2 patches, is narrow where the picture is large, and attends only at the coarsest
grid. It sees u = x / r and the log-SNR, and predicts v, as what the best linear guess lacks of it
(or what its config says); `models.targets` turns that into x0.
"""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from playground.models.wiener import Wiener

LOG_SNR_LIMIT = 12.0  # beyond this a picture is clean, or gone, to within 8 bits


@dataclass(frozen=True)
class UNetConfig:
    """Everything that is needed to build the network again."""

    channels: int = 3
    size: int = 32  # pixels a side, 16 to 64, divisible by 4
    classes: int = 0  # 0: unconditional
    widths: tuple[int, ...] = (64, 96, 128)  # channels at 1/2, 1/4, 1/8 of the size
    blocks: tuple[int, ...] = (1, 2, 2)  # residual blocks a level, on the way down and up
    patch: int = 2  # pixels a side folded into channels at the door
    augments: int = 0  # numbers that tell how a training picture was changed; zeros: as it is
    target: str = "v"  # what it predicts, of `targets.TARGETS`
    wiener: bool = False  # what it says is added to the best linear guess of v

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one sample."""
        return (self.channels, self.size, self.size)


class Block(nn.Module):
    """Two 3x3 convolutions around a skip, modulated by the level and the class."""

    def __init__(self, inner: int, outer: int, embedding: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(8, inner)
        self.conv1 = nn.Conv2d(inner, outer, 3, padding=1)
        self.modulate = nn.Linear(embedding, 2 * outer)
        self.norm2 = nn.GroupNorm(8, outer)
        self.conv2 = nn.Conv2d(outer, outer, 3, padding=1)
        self.skip = nn.Conv2d(inner, outer, 1) if inner != outer else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)  # type: ignore[arg-type]

    def forward(self, h: Tensor, embedding: Tensor) -> Tensor:
        scale, shift = self.modulate(embedding)[:, :, None, None].chunk(2, 1)
        y = self.conv1(F.silu(self.norm1(h)))
        y = self.conv2(F.silu(self.norm2(y) * (1 + scale) + shift))
        return self.skip(h) + y


class Attention(nn.Module):
    """Self-attention over the coarsest grid, so that far parts agree on one picture."""

    def __init__(self, width: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.GroupNorm(8, width)
        self.qkv = nn.Conv2d(width, 3 * width, 1)
        self.out = nn.Conv2d(width, width, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)  # type: ignore[arg-type]

    def forward(self, h: Tensor) -> Tensor:
        b, c, height, width = h.shape
        q, k, v = self.qkv(self.norm(h)).reshape(b, 3, self.heads, c // self.heads, -1).unbind(1)
        y = F.scaled_dot_product_attention(q.mT, k.mT, v.mT).mT
        return h + self.out(y.reshape(b, c, height, width))


def level_and_class(network: Any, log_snr: Tensor, cond: Tensor | None) -> Tensor:
    """Embed the level (B,) and the class, by a network's `level` and `label` layers."""
    position = log_snr.clamp(-LOG_SNR_LIMIT, LOG_SNR_LIMIT)[:, None] / LOG_SNR_LIMIT
    waves = position * network.frequencies
    embedding: Tensor = network.level(torch.cat([waves.sin(), waves.cos()], 1))
    if network.label is not None:
        none = network.config.classes
        if cond is None:
            cond = torch.full((len(log_snr),), none, device=log_snr.device)
        embedding = embedding + (
            cond @ network.label.weight
            if cond.is_floating_point()
            else network.label(torch.where(cond < 0, none, cond))
        )
    return embedding


class UNet(nn.Module):
    """u (B,C,H,W), log_snr (B,), cond (B,) int64 or None (-1: no class) -> v (B,C,H,W).

    A float cond (B,classes+1) mixes the embeddings of the classes, "no class" last, by its shares.
    augment (B,augments) tells how training pictures were changed; None is "as they are".
    """

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        widths, embedding = config.widths, 4 * config.widths[0]
        folded = config.channels * config.patch**2
        self.register_buffer("frequencies", torch.exp(torch.linspace(0, math.log(64), 32)))
        self.level = nn.Sequential(nn.Linear(64, embedding), nn.SiLU())
        self.label = nn.Embedding(config.classes + 1, embedding) if config.classes else None
        self.augment = (
            nn.Linear(config.augments, embedding, bias=False) if config.augments else None
        )
        self.mixer = nn.Linear(embedding, embedding)
        self.wiener = Wiener(config.channels, config.size, LOG_SNR_LIMIT) if config.wiener else None
        self.door = nn.Conv2d(folded, widths[0], 3, padding=1)

        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        skips, width = [widths[0]], widths[0]
        for i, (outer, blocks) in enumerate(zip(widths, config.blocks, strict=True)):
            if i:
                self.down.append(nn.Conv2d(width, width, 3, stride=2, padding=1))
                skips.append(width)
            for _ in range(blocks):
                self.down.append(Block(width, outer, embedding))
                width = outer
                skips.append(width)
        self.middle = nn.ModuleList(
            [Block(width, width, embedding), Attention(width), Block(width, width, embedding)]
        )
        stages = list(enumerate(zip(widths, config.blocks, strict=True)))
        for i, (outer, blocks) in reversed(stages):
            for _ in range(blocks + 1):
                self.up.append(Block(width + skips.pop(), outer, embedding))
                width = outer
            if i:
                self.up.append(nn.Conv2d(width, width, 3, padding=1))
        self.exit = nn.Sequential(
            nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, folded, 3, padding=1)
        )
        nn.init.zeros_(self.exit[-1].weight)  # type: ignore[arg-type]
        nn.init.zeros_(self.exit[-1].bias)  # type: ignore[arg-type]

    def forward(
        self,
        u: Tensor,
        log_snr: Tensor,
        cond: Tensor | None = None,
        augment: Tensor | None = None,
    ) -> Tensor:
        embedding = self._embed(log_snr, cond, augment)
        h = self.door(F.pixel_unshuffle(u, self.config.patch))
        skips = [h]
        for layer in self.down:
            h = layer(h, embedding) if isinstance(layer, Block) else layer(h)
            skips.append(h)
        for layer in self.middle:
            h = layer(h, embedding) if isinstance(layer, Block) else layer(h)
        for layer in self.up:
            if isinstance(layer, Block):
                h = layer(torch.cat([h, skips.pop()], 1), embedding)
            else:  # to the next skip's size, which an odd size makes other than double
                h = layer(F.interpolate(h, size=skips[-1].shape[-2:], mode="nearest"))
        out = F.pixel_shuffle(self.exit(h), self.config.patch)
        return out if self.wiener is None else self.wiener(u, log_snr) + out

    def _embed(self, log_snr: Tensor, cond: Tensor | None, augment: Tensor | None) -> Tensor:
        embedding = level_and_class(self, log_snr, cond)
        if self.augment is not None and augment is not None:
            embedding = embedding + self.augment(augment)
        return F.silu(self.mixer(embedding))
