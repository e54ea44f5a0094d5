"""Beginning a run with the weights of a trained model, adapted to its pictures."""

from dataclasses import replace
from typing import Any

import torch

from playground.checkpoint import Checkpoint
from playground.training.config import TrainConfig
from playground.training.data.dataset import Dataset
from playground.training.loop.adapt import adapted
from playground.training.loop.network import network_for
from playground.training.loop.run import TrainingRun

# Many small updates: Muon and larger batches, which make fewer, took much longer to change a
# network that knows other pictures; at 0.004 one of three sets diverged
# (benchmarks/finetune.py).
SETTINGS: dict[str, Any] = {"muon": False, "adam_rate": 2e-3, "warmup": 20, "batch": 8}
DEFAULT = ""  # the model that runs of the page start from, unless another is chosen; "": none
NETWORK = (
    "widths",
    "blocks",
    "target",
    "wiener",
)  # these are the checkpoint's, whatever a preset says


def settings(
    config: TrainConfig, checkpoint: Checkpoint, dataset: Dataset, **changes: Any
) -> TrainConfig:
    """Return the config with the checkpoint's network, name, and rates that suit it.

    changes: go before those.

    InputError, in one sentence, where the checkpoint cannot be adapted to these pictures.
    """
    of_network = {name: getattr(checkpoint.config, name, False) for name in NETWORK}
    config = replace(config, **{**SETTINGS, "start": checkpoint.name, **changes, **of_network})
    adapted(checkpoint, network_for(config, dataset), dataset.class_names)
    return config


def without(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes to a preset's settings but for those that `settings` makes."""
    mine = {*SETTINGS, *NETWORK, "start"}
    return {name: value for name, value in changes.items() if name not in mine}


@torch.no_grad()
def begin(run: TrainingRun, checkpoint: Checkpoint) -> None:
    """Give a run that has made no step the checkpoint's weights, and its average the same.

    InputError, naming it, where the networks differ in more than colours, classes and size.
    """
    weights = adapted(checkpoint, run.network_config, run.dataset.class_names)
    run.network.load_state_dict(weights)
    for name, value in run.ema.items():
        value.copy_(weights[name])
