"""Networks of points that were kept: by the Plane tab, or trained on the command line."""

from typing import Any

from playground.diffusion.denoisers import Denoiser
from playground.errors import InputError, unknown
from playground.library import Library
from playground.plane_film import MODEL
from playground.training.runs.manager import safe_name
from playground.ui.tabs.plane.sessions import Room


def keep(library: Library, room: Room, name: str) -> dict[str, Any]:
    """Save the room's network among the runs, under this name or the next free one like it."""
    with room.lock:
        room.network()
        assert room.run is not None
        assert room.cloud is not None
        wanted, run, cloud = safe_name(name or room.cloud.name), room.run, room.cloud
        free, number = wanted, 1
        while (library.runs / free).exists():
            number += 1
            free = f"{wanted}-{number}"
        model = cloud.model(run.checkpoint(free))
        (library.runs / free).mkdir(parents=True)
        model.save(library.runs / free / "checkpoint.safetensors")
    return {"kept": free, "models": list(library.points())}


def kept(library: Library, who: str) -> Denoiser:
    """The kept network that is asked for; InputError for a name that is none's."""
    name = who.removeprefix(MODEL)
    if name not in library.points():  # a path is none, or pages could have any file read
        raise unknown("model of points", name, library.points() or ("none: keep one first",))
    try:
        return library.load(name)[1]
    except OSError as error:
        raise InputError(f"The file of {name} cannot be read; choose another.") from error
