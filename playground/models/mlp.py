"""A small network for points: a few numbers a sample, in place of a picture.

Like the U-Net it sees u = x / r and the log-SNR, never t, and its answer is read by `targets`.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from playground.models.unet import level_and_class

WAVES = 8  # frequencies in which each coordinate is also told: a line a hundredth wide is a jump
EMBEDDING = 32  # numbers that tell the level and the class
HIGHEST = 8.0  # of them, in radians a unit


@dataclass(frozen=True)
class MLPConfig:
    """Everything that is needed to build the network again."""

    dimensions: int = 2
    classes: int = 0  # 0: unconditional
    widths: tuple[int, ...] = (128,)  # of every layer; named as the U-Net's, of which it has many
    blocks: tuple[int, ...] = (3,)
    target: str = "v"  # what it predicts, of `targets.TARGETS`
    kind: str = "mlp"  # what tells it from other networks in a file

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one sample."""
        return (self.dimensions,)


class Block(nn.Module):
    """Two layers around a skip, modulated by the level and the class."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.modulate = nn.Linear(EMBEDDING, 2 * width)
        self.wide = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, h: Tensor, embedding: Tensor) -> Tensor:
        scale, shift = self.modulate(embedding).chunk(2, 1)
        y = self.norm(h) * (1 + scale) + shift
        return h + self.out(F.silu(self.wide(y)))


class MLP(nn.Module):
    """u (B,D), log_snr (B,), cond (B,) int64 or None (-1: no class) -> (B,D).

    A float cond (B,classes+1) mixes the embeddings of the classes, "no class" last, by its shares.
    """

    def __init__(self, config: MLPConfig) -> None:
        super().__init__()
        self.config = config
        (width,), (blocks,) = config.widths, config.blocks
        self.register_buffer("frequencies", torch.exp(torch.linspace(0, math.log(64), 32)))
        self.register_buffer("waves", torch.exp(torch.linspace(0, math.log(HIGHEST), WAVES)))
        self.level = nn.Sequential(nn.Linear(64, EMBEDDING), nn.SiLU())
        self.label = nn.Embedding(config.classes + 1, EMBEDDING) if config.classes else None
        self.mixer = nn.Linear(EMBEDDING, EMBEDDING)
        self.door = nn.Linear(config.dimensions * (1 + 2 * WAVES), width)
        self.hidden = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.exit = nn.Sequential(
            nn.LayerNorm(width), nn.SiLU(), nn.Linear(width, config.dimensions)
        )
        nn.init.zeros_(self.exit[-1].weight)  # type: ignore[arg-type]
        nn.init.zeros_(self.exit[-1].bias)  # type: ignore[arg-type]

    def forward(
        self, u: Tensor, log_snr: Tensor, cond: Tensor | None = None, told: Tensor | None = None
    ) -> Tensor:
        embedding = self._embed(log_snr, cond)
        waves = (u[:, :, None] * self.waves).flatten(1)  # type: ignore[operator]
        h = self.door(torch.cat([u, waves.sin(), waves.cos()], 1))
        for block in self.hidden:
            h = block(h, embedding)
        return self.exit(h)

    def _embed(self, log_snr: Tensor, cond: Tensor | None) -> Tensor:
        embedding = level_and_class(self, log_snr, cond)
        return F.silu(self.mixer(embedding))
