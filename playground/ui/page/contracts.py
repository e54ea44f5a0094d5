"""What Python and the page say to each other, typed once: dataclasses here, JSDoc types from them.

A dataclass marked with `@contract` goes to the page as JSON (`to_json`) or comes from it
(`from_json`). `python -m playground.ui.page.contracts` writes the types of a folder's dataclasses
to its `page/contracts.d.ts`; a test fails where they differ.
"""

import dataclasses
import importlib
import json
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from playground.errors import InputError
from playground.ui.i18n.text import Text
from playground.ui.page.route import UI

T = TypeVar("T")
_known: dict[str, list[type]] = {}  # by the module that holds them
_PLAIN = {str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}
_TEXT = 'import("{up}page/kit/words.js").Text'
HEAD = "// Written by `python -m playground.ui.page.contracts` from {module}; do not edit.\n"


def contract(cls: type[T]) -> type[T]:
    """Mark a dataclass as a contract with the page, whose scripts get its type."""
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"{cls.__name__} must be a dataclass.")
    _known.setdefault(cls.__module__, []).append(cls)
    return cls


def to_json(message: Any) -> str:
    """Return the message as the page is sent it; a Text goes as its key and values."""
    return json.dumps(plain(message), ensure_ascii=False, separators=(",", ":"))


def plain(value: Any) -> Any:
    """Return dataclasses, texts and tuples within as JSON holds them."""
    if isinstance(value, Text):
        return value.to_json()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def from_json(cls: type[T], text: str | Mapping[str, Any]) -> T:
    """Return what the page or a program sends as this dataclass.

    Absent fields are as they are by default; InputError names one that is unknown or ill-typed.
    """
    try:
        found = json.loads(text) if isinstance(text, str) else text
    except ValueError as error:
        raise InputError("Send JSON.") from error
    if not isinstance(found, Mapping):
        raise InputError("Send an object of {names}.", names=", ".join(_names(cls)))
    hints = get_type_hints(cls)
    for name, value in found.items():
        if name not in hints:
            raise InputError(
                "There is no {name}; choose from {names}.", name=name, names=", ".join(_names(cls))
            )
        if not _fits(value, hints[name]):
            raise InputError(
                "{name} must be {english}; you gave {value}.",
                name=name,
                english=_english(hints[name]),
                value=repr(value),
            )
    try:
        return cls(**{name: _taken(value, hints[name]) for name, value in found.items()})
    except TypeError as error:
        raise InputError("Send all of {needed}.", needed=", ".join(_needed(cls))) from error


def _names(cls: type) -> list[str]:
    return [f.name for f in dataclasses.fields(cls)]


def _needed(cls: type) -> list[str]:
    missing = dataclasses.MISSING
    every = dataclasses.fields(cls)
    return [f.name for f in every if f.default is missing and f.default_factory is missing]


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _fits(value: Any, kind: Any) -> bool:
    if kind is Any:
        return True
    if _is_union(kind):
        return any(_fits(value, one) for one in get_args(kind))
    origin = get_origin(kind)
    if origin is Literal:
        return value in get_args(kind)
    if dataclasses.is_dataclass(kind):
        return isinstance(value, Mapping)
    if origin in (tuple, list, Sequence) or (origin and issubclass(origin, Sequence)):
        return isinstance(value, list | tuple)
    if kind is dict or (origin and issubclass(origin, Mapping)):
        return isinstance(value, Mapping)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:  # JSON of a page does not tell 3 from 3.0
        return (
            not isinstance(value, bool) and isinstance(value, int | float) and value == int(value)
        )
    return isinstance(value, kind)


def _taken(value: Any, kind: Any) -> Any:
    if _is_union(kind):
        kind = next(one for one in get_args(kind) if _fits(value, one))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return from_json(kind, value)
    if kind is int and isinstance(value, float):
        return int(value)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(value)
    return value


def _english(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(map(str, get_args(kind)))
    if _is_union(kind):
        return " or ".join(_english(one) for one in get_args(kind))
    words = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}
    return words.get(kind, "null" if kind is type(None) else "a list or an object")


def written(module: str) -> str:
    """Return the .d.ts of a module's contracts."""
    every = _known[module]
    folder = Path(UI, *module.split(".")[2:-1], "page")
    up = "../" * len(folder.relative_to(UI).parts)
    blocks = [_interface(cls, {one.__name__ for one in every}, up) for cls in every]
    return HEAD.format(module=module) + "\n" + "\n".join(blocks)


def _interface(cls: type, here: set[str], up: str) -> str:
    about = (cls.__doc__ or "").strip().splitlines()
    lines = [f"/** {about[0]} */"] if about else []
    lines.append(f"export interface {cls.__name__} {{")
    for name, kind in get_type_hints(cls).items():
        lines.append(f"  {name}: {_type(kind, here, up)};")
    return "\n".join([*lines, "}", ""])


def _type(kind: Any, here: set[str], up: str) -> str:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind is Any:
        return "any"
    if kind is Text:
        return _TEXT.format(up=up)
    if _is_union(kind):
        return " | ".join(dict.fromkeys(_type(one, here, up) for one in get_args(kind)))
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " | ".join(json.dumps(one) for one in inner)
    if isinstance(kind, type) and kind.__name__ in here:
        return kind.__name__
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        folder = "/".join(kind.__module__.split(".")[2:-1])
        return f'import("{up}{folder}/page/contracts.js").{kind.__name__}'
    if origin is tuple and inner and inner[-1] is not Ellipsis:
        return f"[{', '.join(_type(one, here, up) for one in inner)}]"
    if origin and issubclass(origin, Mapping):
        return f"Record<string, {_type(inner[1], here, up)}>"
    if origin and issubclass(origin, Sequence):
        one = _type(inner[0], here, up)
        return f"({one})[]" if "|" in one else f"{one}[]"
    raise TypeError(f"{kind} has no type in the page.")


def modules() -> list[str]:
    """Return every module of the page that may hold contracts: all called messages or request."""
    root = UI.parent.parent
    names = {"messages.py", "request.py"}
    found = sorted(path for path in UI.rglob("*.py") if path.name in names)
    return [".".join(path.relative_to(root).with_suffix("").parts) for path in found]


def files() -> dict[Path, str]:
    """Return what each file of types must hold."""
    for module in modules():
        importlib.import_module(module)
    by_folder: dict[Path, list[str]] = {}
    for module in sorted(_known):
        if module.startswith("playground.ui."):
            folder = Path(UI, *module.split(".")[2:-1], "page")
            by_folder.setdefault(folder / "contracts.d.ts", []).append(written(module))
    return {path: "\n".join(texts) for path, texts in by_folder.items()}


def main() -> None:
    """Write them all."""
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(UI.parent.parent))


if __name__ == "__main__":
    # by its own name: the contracts are known to that module, not to this one
    importlib.import_module("playground.ui.page.contracts").main()
