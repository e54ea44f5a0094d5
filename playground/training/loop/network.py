"""Which network a run of a config trains on its data."""

from playground.errors import InputError
from playground.models.mlp import MLPConfig
from playground.models.networks import Config
from playground.models.unet import UNetConfig
from playground.training.config import TrainConfig
from playground.training.data.augment import CONDITIONS
from playground.training.data.dataset import Dataset


def network_for(config: TrainConfig, dataset: Dataset) -> Config:
    """Return the network that a run of this config trains on these pictures, or points."""
    classes = len(dataset.class_names) if dataset.labels is not None else 0
    if len(dataset.shape) == 1:
        if config.flip or config.augment:
            raise InputError("Only pictures can be mirrored or moved; leave flip and augment out.")
        if len(config.widths) > 1:
            raise InputError("A network for points has one width and one number of blocks.")
        return MLPConfig(dataset.shape[0], classes, config.widths, config.blocks, config.target)
    channels, size, _ = dataset.shape
    return UNetConfig(
        *(channels, size, classes, config.widths, config.blocks),
        augments=CONDITIONS if config.augment else 0,
        target=config.target,
        wiener=config.wiener and config.target == "v",
    )
