"""A film that was saved here, read back: what its page showed, for the controls."""

import tempfile
from pathlib import Path
from typing import Any

from playground import plane_film
from playground.diffusion import guidance, samplers, schedules
from playground.diffusion.registry import Entry
from playground.export import read_settings
from playground.plane_film import MODEL
from playground.sources import find
from playground.ui.i18n.text import Text, t
from playground.ui.tabs.plane.controls import state
from playground.ui.tabs.plane.messages import RestoredMessage
from playground.ui.tabs.plane.own_cloud import file_in
from playground.ui.tabs.plane.request import EXACT, NETWORK, STUDENT, PlaneRequest
from playground.ui.tabs.plane.sessions import PlaneSession


def restored(request: PlaneRequest, session: PlaneSession) -> RestoredMessage:
    """Return what a page shows that is given request.data, a film in base64.

    Raise InputError for a file that holds no settings of this tab, or such as cannot be used.
    """
    asked, drawn_by = _read(file_in(request.data, "The film"))
    film = PlaneRequest.read(asked)
    _ = film.cloud_set, film.config  # or InputError
    entries: dict[str, Entry[Any]] = {
        "schedule": schedules.entry(film.chosen_schedule.name),
        "sampler": samplers.entry(film.chosen_sampler.name),
        "guidance": guidance.entry(film.chosen_guidance.name),
    }
    own = None if isinstance(film.cloud, str) else dict(film.cloud)
    lacks = _lacks(film.who, drawn_by, session)
    said = lacks or t("The page shows what the film does.")
    return RestoredMessage(dict(state(film, entries)), own, said, lacks is not None)


def _read(data: bytes) -> tuple[dict[str, object], str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "The film"
        path.write_bytes(data)
        return plane_film.read(read_settings(path))


def _lacks(who: str, drawn_by: str, session: PlaneSession) -> Text | None:
    if who in (NETWORK, STUDENT):
        return t("The network that drew the film was not kept in it; press Train for one like it.")
    if who == EXACT:
        return None
    name = who.removeprefix(MODEL)
    if name not in session.library.points():
        return t("The network {name} that drew the film is not here; choose who draws.", name=name)
    if drawn_by and find(name, session.library).fingerprint != drawn_by:
        return t("The network {name} is not the one that drew the film any more.", name=name)
    return None
