"""How a field of a request is read from what a page or another program sends."""

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from typing import Any, Literal

from playground.diffusion.registry import Knob
from playground.errors import unknown

Changes = Literal["cloud", "samples", "run", "picture"]


def asked(
    default: Any,
    read: Callable[[str, Any], Any] | Knob,
    changes: Changes | None = None,
    *,
    control: str = "",
    wire: str = "",
) -> Any:
    """Return a field of a request: how it is read and, where `changes` is given, its control.

    control, wire: its name in the page, and in requests and films, where these are not the field's.
    """
    check = read.check if isinstance(read, Knob) else read
    about = {"read": check, "changes": changes, "control": control, "wire": wire}
    if isinstance(default, Mapping):
        return field(default_factory=lambda: dict(default), metadata=about)
    return field(default=default, metadata=about)


def flag(name: str, value: Any) -> bool:
    """Read yes or no."""
    return bool(value)


def anything(name: str, value: Any) -> Any:
    """Read what is checked where it is used."""
    return value


def word(name: str, value: Any) -> str:
    """Read words, which registries check."""
    return str(value)


def one_of(*choices: str) -> Callable[[str, Any], str]:
    """Return a reader of one of these words; InputError, naming near ones, for others."""

    def one(name: str, value: Any) -> str:
        if value not in choices:
            raise unknown(name, str(value), choices)
        return str(value)

    return one


def read(cls: type[Any], found: Mapping[str, Any]) -> Any:
    """Return the dataclass of `asked` fields that these values, by their names there, mean."""
    values = {}
    for one in fields(cls):
        wire = one.metadata["wire"] or one.name
        name = wire if wire in found else one.name
        if found.get(name) is not None:
            values[one.name] = one.metadata["read"](name, found[name])
    return cls(**values)
