"""Networks of points that were kept: by the Plane tab, or trained on the command line."""

from playground.diffusion.denoisers import Denoiser
from playground.errors import InputError, unknown
from playground.library import Library
from playground.plane_film import MODEL
from playground.texts import t
from playground.training.runs.manager import safe_name
from playground.ui.tabs.plane.messages import KeptMessage
from playground.ui.tabs.plane.sessions import PlaneSession

LONGEST = 60  # characters of a name


def keep(session: PlaneSession, name: str) -> KeptMessage:
    """Save the session's network among the runs, under this name or the next free one like it."""
    library = session.library
    with session.lock:
        session.network()
        assert session.run is not None
        assert session.cloud is not None
        run, cloud = session.run, session.cloud
        wanted = safe_name(name[:LONGEST] or cloud.name)
        free, number = wanted, 1
        while (library.runs / free).exists():
            number += 1
            free = f"{wanted}-{number}"
        model = cloud.model(run.checkpoint(free))
        (library.runs / free).mkdir(parents=True)
        model.save(library.runs / free / "checkpoint.safetensors")
    return KeptMessage(free, list(library.points()))


def saved_network(library: Library, who: str) -> Denoiser:
    """Return the kept network that is asked for; InputError for a name that is none's."""
    name = who.removeprefix(MODEL)
    if name not in library.points():  # a path is none, or pages could have any file read
        raise unknown("model of points", name, library.points() or (t("none: keep one first"),))
    try:
        return library.load(name)[1]
    except OSError as error:
        raise InputError("The file of {name} cannot be read; choose another.", name=name) from error
