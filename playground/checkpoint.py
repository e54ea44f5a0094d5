"""Checkpoints: weights as safetensors, a plain JSON config in the header; nothing is unpickled."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from playground.errors import InputError
from playground.files import write_atomically
from playground.models.network import NetworkDenoiser
from playground.models.networks import Config, build, network_config
from playground.texts import Text, t

FORMAT = "diffusion-playground"
VERSION = 1


def write_tensors(path: str | Path, tensors: Mapping[str, Tensor], about: dict[str, Any]) -> None:
    """Write tensors and a JSON-able description to one safetensors file, atomically."""
    metadata = {"format": FORMAT, "version": str(VERSION), "about": json.dumps(about)}
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    write_atomically(path, lambda temporary: save_file(plain, temporary, metadata=metadata))


def read_tensors(path: str | Path, kind: str) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Read the tensors and description of a file written by `write_tensors` for this kind.

    InputError, in one sentence, for a file that is missing, cut off, not safetensors (a renamed
    pickle, say), of another program, of another version or of another kind.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError("There is no file {path}; check the path.", path=path)
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            _check_header(path, metadata)
            about = dict(json.loads(metadata["about"]))
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            "{name} is damaged or no safetensors file; use one saved by this program.",
            name=path.name,
        ) from error
    if about.get("kind") != kind:
        raise InputError(
            "{name} holds no {kind}; choose another file.", name=path.name, kind=Text(kind)
        )
    return tensors, about


def read_about(path: str | Path) -> dict[str, Any]:
    """Read the description alone, without the weights; InputError as in `read_tensors`."""
    path = Path(path)
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
        _check_header(path, metadata)
        return dict(json.loads(metadata["about"]))
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            "{name} cannot be read; use one saved by this program.", name=path.name
        ) from error


def _check_header(path: Path, metadata: dict[str, str]) -> None:
    if metadata.get("format") != FORMAT:
        raise InputError(
            "{name} was not saved by this program; choose another file.", name=path.name
        )
    if metadata.get("version") != str(VERSION):
        raise InputError(
            "{name} has format version {get}, this program reads version {version}; save it "
            "again with a matching release.",
            name=path.name,
            get=metadata.get("version"),
            version=VERSION,
        )


@dataclass(frozen=True)
class Checkpoint:
    """A trained model: the network, its (EMA) weights, its classes and how it came about."""

    config: Config
    weights: dict[str, Tensor]
    name: str = "model"
    class_names: tuple[str, ...] = ()
    recipe: dict[str, Any] = field(default_factory=dict)  # steps, seconds, data: for the card

    def save(self, path: str | Path) -> None:
        """Write one .safetensors file; InputError where it cannot be written."""
        about = {
            "kind": "checkpoint",
            "name": self.name,
            "network": asdict(self.config),
            "class_names": self.class_names,
            "recipe": self.recipe,
        }
        write_tensors(path, self.weights, about)

    @classmethod
    def load(cls, path: str | Path) -> "Checkpoint":
        """Read a file written by `save`; InputError, in one sentence, where it cannot be used."""
        weights, about = read_tensors(path, "checkpoint")
        try:
            config = network_config(about["network"])
            return cls(config, weights, about["name"], tuple(about["class_names"]), about["recipe"])
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(
                "{name} lacks its description; save it again.", name=Path(path).name
            ) from error

    def build(self) -> NetworkDenoiser:
        """Build the network with these weights as a Denoiser, ready to sample."""
        try:
            network = build(self.config)
            network.load_state_dict(self.weights)
        except (RuntimeError, ValueError, TypeError, ArithmeticError, LookupError) as error:
            raise InputError(
                "The weights of {name} do not fit its network; the file is damaged.", name=self.name
            ) from error
        return NetworkDenoiser(network)

    def class_index(self, name: str) -> int:
        """Return the number of a class given by name (any case) or number.

        InputError, naming near ones, where there is none.
        """
        from playground.errors import unknown

        by_name = {known.lower(): i for i, known in enumerate(self.class_names)}
        if name.lower() in by_name:
            return by_name[name.lower()]
        raise unknown("class", name, self.class_names or (t("no class: this model has none"),))
