"""A name to its Source, and the names that there are to choose from."""

from collections.abc import Sequence

from playground.bundled import SETS
from playground.errors import InputError, unknown
from playground.library import Library
from playground.sources.ideal import IDEAL, IdealCloud, IdealSet
from playground.sources.source import Source
from playground.sources.trained import Trained
from playground.spaces import clouds as cloud_registry


def find(name: str, library: Library, offered: Sequence[str] | None = None) -> Source:
    """Return the source of that name ("ideal: emoji", a checkpoint's, or its path).

    offered: the only names that may be used, where paths must not be. InputError, naming near ones,
    where there is none.
    """
    if offered is not None and name not in offered:
        raise unknown("model", name, offered)
    remembered = name.removeprefix(IDEAL) if name.startswith(IDEAL) else ""
    if remembered in SETS:
        return IdealSet(name)
    if remembered in cloud_registry.names():
        return IdealCloud(name)
    path = library.path(name)
    try:
        return Trained(name, path.stat().st_mtime_ns, path)
    except OSError as error:
        raise InputError("There is no file {path}; check the path.", path=path) from error


def choices(library: Library, chosen: str | None = None) -> list[str]:
    """Return the names to choose a whole model from, trained ones first.

    What runs kept at earlier steps would be too many to offer; one of those is offered only while
    it is chosen.
    """
    newest = list(library.newest())
    kept = [chosen] if chosen in library.models() and chosen not in newest else []
    return [*newest, *kept, *(IDEAL + name for name in SETS)]
