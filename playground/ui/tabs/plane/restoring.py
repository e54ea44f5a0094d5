"""A film that was saved here, read back: what its page showed, for the controls."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playground import plane_film
from playground.diffusion import guidance, samplers, schedules
from playground.export import read_settings
from playground.plane_film import MODEL
from playground.sources import find
from playground.ui.tabs.plane.request import STEPS, Ask, file_in
from playground.ui.tabs.plane.sessions import Room

# Controls of the page by the names under which they are asked for
ASKED = {
    **{name: name for name in ("cloud", "classes", "schedule", "who", "sampler", "steps", "count")},
    **{name: name for name in ("seed", "guidance", "target", "depth", "rate")},
    "class": "kind",
    "guidance_kind": "guide",
    "width": "net-width",
}
VIEW = ("heat", "arrows", "lines", "beside", "t")  # and how it was shown


def restored(ask: Ask, room: Room) -> dict[str, Any]:
    """What a page shows that is given ask.given["data"], a film in base64.

    Answers {"state", "own", "said", "lacks"}: controls by name, a cloud of one's own or None, a
    sentence, and whether it says what cannot be had again. InputError for any other file.
    """
    asked, drawn_by = _read(file_in(ask.given.get("data"), "The film"))
    film = Ask(asked)
    film.cloud(), film.seeds(), film.config(), film.number("steps", STEPS)  # or InputError
    about: dict[str, Any] = {
        "schedule": schedules.entry(film.schedule().name),
        "sampler": samplers.entry(film.sampler().name),
        "guidance": guidance.entry(film.guidance().name),
    }
    state = {ASKED[name]: _word(value) for name, value in asked.items() if name in ASKED}
    cloud = asked.get("cloud", "moons")
    if not isinstance(cloud, str):
        del state["cloud"]
    view = asked.get("view")
    if isinstance(view, Mapping):
        state |= {name: _word(view[name]) for name in VIEW if name in view}
    turned = {
        kind: {entry.name: knobs}
        for kind, entry in about.items()
        if (knobs := _turned(entry.knobs, asked.get(f"{kind}_knobs")))
    }
    if turned:
        state["knobs"] = json.dumps(turned)
    lacks = _lacks(str(asked.get("who", "network")), drawn_by, room)
    said = "The page shows what the film does."
    own = None if isinstance(cloud, str) else cloud
    return {"state": state, "own": own, "said": lacks or said, "lacks": bool(lacks)}


def _read(data: bytes) -> tuple[dict[str, Any], str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "The film"
        path.write_bytes(data)
        return plane_film.read(read_settings(path))


def _word(value: Any) -> str | bool:
    """As a control of the page has it."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return f"{value:.12g}"
    return ""


def _turned(knobs: Mapping[str, Any], given: Any) -> dict[str, Any]:
    """Those knobs that are not where they are by default."""
    found = given if isinstance(given, Mapping) else {}
    return {name: v for name, v in found.items() if name in knobs and v != knobs[name].default}


def _lacks(who: str, drawn_by: str, room: Room) -> str:
    if who in ("network", "student"):
        return "The network that drew the film was not kept in it; press Train for one like it."
    name = who.removeprefix(MODEL)
    if who == "exact" or not who.startswith(MODEL):
        return ""
    if name not in room.library.points():
        return f"The network {name} that drew the film is not here; choose who draws."
    if drawn_by and find(name, room.library).fingerprint != drawn_by:
        return f"The network {name} is not the one that drew the film any more."
    return ""
