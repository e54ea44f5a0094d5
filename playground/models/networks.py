"""The kinds of networks: which one a description means, and building it."""

from typing import Any

from playground.models.mlp import MLP, MLPConfig
from playground.models.unet import UNet, UNetConfig

Config = UNetConfig | MLPConfig
Network = UNet | MLP


def build(config: Config) -> Network:
    """Build the network of this description, with fresh weights."""
    return MLP(config) if isinstance(config, MLPConfig) else UNet(config)


def network_config(fields: dict[str, Any]) -> Config:
    """Read a description from JSON, where tuples are lists; one that names no kind is a U-Net."""
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return MLPConfig(**plain) if plain.get("kind") == "mlp" else UNetConfig(**plain)
