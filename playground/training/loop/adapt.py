"""A trained network's weights, changed to fit another number of colours, classes or size."""

from collections.abc import Sequence

import torch
from torch import Tensor

from playground.checkpoint import Checkpoint
from playground.errors import InputError
from playground.models.networks import Config, build
from playground.models.unet import UNetConfig

DOOR, EXIT = "door.weight", ("exit.2.weight", "exit.2.bias")
LABEL, AUGMENT = "label.weight", "augment.weight"
MEAN, POWER = "wiener.mean", "wiener.log_power"


@torch.no_grad()
def adapted(
    checkpoint: Checkpoint, config: Config, class_names: Sequence[str]
) -> dict[str, Tensor]:
    """Return the checkpoint's weights, float32, as a network of this config takes them.

    Colours, classes, size and augments may differ:
    - grey from colour: v(u) is the mean over colours of the old v(u, u, u);
    - colour from grey: every colour of v(u) is the old v of the mean over colours of u;
    - a class of the same name goes on; a new one is at first what "no class" was;
    - the size is no part of any weight, and how pictures were changed begins without effect.
    With equal shapes nothing changes; networks of points fit equal ones only. class_names: as many
    as config.classes. InputError, naming it, where anything else differs, or the weights are not
    those of the checkpoint's network.
    """
    old = checkpoint.config
    weights = {name: weight.float() for name, weight in checkpoint.weights.items()}
    if {name: weight.shape for name, weight in weights.items()} != _shapes(old):
        raise InputError(
            "The weights of {name} do not fit its network; the file is damaged.",
            name=checkpoint.name,
        )
    if not isinstance(old, UNetConfig) or not isinstance(config, UNetConfig):
        if old != config:
            raise InputError(
                "{name} has another network than the new run; choose the same size, classes and "
                "target, or train from the start.",
                name=checkpoint.name,
            )
        return weights
    _check(checkpoint.name, old, config)
    if old.channels != config.channels:
        _recolour(weights, old, config)
    if old.classes or config.classes:
        _relabel(weights, checkpoint, config, class_names)
    if not config.augments:
        weights.pop(AUGMENT, None)
    elif not old.augments:
        weights[AUGMENT] = torch.zeros(_shapes(config)[AUGMENT])
    return weights


def _check(name: str, old: UNetConfig, config: UNetConfig) -> None:
    """InputError where the networks differ in what cannot be changed."""
    for what, has, wants in (
        ("widths", old.widths, config.widths),
        ("blocks", old.blocks, config.blocks),
        ("a patch of", old.patch, config.patch),
        ("the target", old.target, config.target),
        ("a linear guess:", old.wiener, config.wiener),
    ):
        if has != wants:
            raise InputError(
                "{name} has {what} {told}, the new run {told2}; leave the network to the model "
                "that the run starts from.",
                name=name,
                what=what,
                told=_told(has),
                told2=_told(wants),
            )
    if old.channels != config.channels and {old.channels, config.channels} != {1, 3}:
        raise InputError(
            "{name} has {channels} colour channels, the new run {channels2}; only 1 and 3 can "
            "be changed into each other.",
            name=name,
            channels=old.channels,
            channels2=config.channels,
        )
    if old.augments and config.augments and old.augments != config.augments:
        raise InputError(
            "{name} was told {augments} changes of its pictures, the new run tells "
            "{augments2}; train without augment.",
            name=name,
            augments=old.augments,
            augments2=config.augments,
        )


def _recolour(weights: dict[str, Tensor], old: UNetConfig, new: UNetConfig) -> None:
    """Sum or share out the first layer over colours; average or repeat the last."""
    places = old.patch**2  # pixel_unshuffle: channel c, place i is at c * patch^2 + i
    door = weights[DOOR].unflatten(1, (old.channels, places))
    door = door.sum(1, keepdim=True) / new.channels
    weights[DOOR] = door.repeat_interleave(new.channels, 1).flatten(1, 2)
    for name in EXIT:
        exit = weights[name].unflatten(0, (old.channels, places)).mean(0, keepdim=True)
        weights[name] = exit.repeat_interleave(new.channels, 0).flatten(0, 1)
    if old.wiener:  # it holds the grey axis first, and says nothing of one whose power is 1
        weights[MEAN] = weights[MEAN].mean().expand(new.channels).clone()
        power = torch.zeros(_shapes(new)[POWER])
        power[0] = weights[POWER][0]
        weights[POWER] = power


def _relabel(
    weights: dict[str, Tensor],
    checkpoint: Checkpoint,
    config: UNetConfig,
    class_names: Sequence[str],
) -> None:
    """Give each class a row; without classes, put the "no class" row into the mixer's bias."""
    mixer = weights["mixer.weight"]
    none = torch.zeros(1, mixer.shape[1])
    *known, none = weights.pop(LABEL) if checkpoint.config.classes else none
    if not config.classes:
        weights["mixer.bias"] = weights["mixer.bias"] + mixer @ none
        return
    rows = dict(zip(checkpoint.class_names, known, strict=False))
    weights[LABEL] = torch.stack([*(rows.get(name, none) for name in class_names), none])


def _shapes(config: Config) -> dict[str, torch.Size]:
    with torch.device("meta"):
        return {name: weight.shape for name, weight in build(config).state_dict().items()}


def _told(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
