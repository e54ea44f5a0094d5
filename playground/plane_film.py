"""What a film of the Plane tab carries: what was asked for, and the recipe of its points."""

import json
from collections.abc import Mapping
from typing import Any

from playground.classes import ANY, AS_DATA
from playground.diffusion.guidance import KIND
from playground.errors import InputError
from playground.recipe import MOST, PLANE, Recipe
from playground.sources import IDEAL
from playground.spaces import clouds

VERSION = 1
LONGEST = 300_000  # characters that a file carries; a cloud drawn by hand has up to 100,000
MODEL = "model: "  # before the name of a kept network, where it is chosen who draws


def to_json(asked: Mapping[str, Any], fingerprint: str = "") -> str:
    """Write the settings as JSON in ASCII, without a cloud of one's own that is too long.

    fingerprint: of the file of the kept network that drew it.
    """
    about = {"format": PLANE, "version": VERSION, "fingerprint": fingerprint}
    text = json.dumps(about | {"plane": dict(asked)})
    if len(text) <= LONGEST:
        return text
    left = {name: value for name, value in asked.items() if name != "cloud"}
    return json.dumps(about | {"plane": left | {"cloud": None}})


def is_of_plane(text: str) -> bool:
    """Return whether these settings, read from a file, are of the Plane tab."""
    return f'"format": "{PLANE}"' in text[:200]


def read(text: str) -> tuple[dict[str, Any], str]:
    """Read what was asked for, not checked yet, and the fingerprint.

    InputError for other settings.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != PLANE:
        raise InputError("There are no settings of the Plane tab in it; use another file.")
    if found.get("version") != VERSION:
        told = repr(found.get("version"))[:40]
        raise InputError(
            "The settings have version {told}, this program reads {version}; use a matching "
            "release.",
            told=told,
            version=VERSION,
        )
    asked, fingerprint = found.get("plane"), found.get("fingerprint", "")
    if not isinstance(asked, dict) or not isinstance(fingerprint, str):
        raise InputError("The settings are not whole; use another file.")
    if asked.get("cloud", "moons") is None:
        raise InputError("Its cloud was too large for the film; choose a cloud and set it anew.")
    return asked, fingerprint


def recipe(text: str) -> tuple[Recipe, str]:
    """Make the recipe of the points of such a film, and a warning or "".

    InputError, in one sentence, where only the page that made it can: a network that was not kept,
    a cloud that was drawn by hand.
    """
    asked, fingerprint = read(text)
    who, cloud = str(asked.get("who", "network")), asked.get("cloud", "moons")
    if who == "exact":
        if cloud not in clouds.names():
            raise InputError(
                "Its cloud was drawn or brought by hand; drop the film on the Plane tab, or save "
                "a .csv there and train on it."
            )
        model, fingerprint = f"{IDEAL}{cloud}", ""
    elif who.startswith(MODEL):
        model = who.removeprefix(MODEL)
    else:
        raise InputError(
            "The network that drew this film was not kept; press Keep in the Plane tab, choose it "
            'under "Drawn by" and save the film again.'
        )
    count, first = _whole(asked, "count", 800), _whole(asked, "seed", 0)
    kind = str(asked.get("class", ANY))
    made = Recipe(
        model,
        class_name=AS_DATA if kind == ANY and asked.get("classes") else kind,
        guidance=asked.get("guidance", 1.0),
        guidance_kind=str(asked.get("guidance_kind") or KIND),
        schedule=str(asked.get("schedule", "flow")),
        sampler=str(asked.get("sampler", "dpmpp_2m")),
        steps=_whole(asked, "steps", 12),
        seeds=tuple(range(first, first + min(count, MOST))),
        fingerprint=fingerprint,
        schedule_knobs=asked.get("schedule_knobs") or {},
        sampler_knobs=asked.get("sampler_knobs") or {},
        guidance_knobs=asked.get("guidance_knobs") or {},
    )
    return made, (
        f"The film has {count:,} points; only the first {MOST:,} are made at a time."
        if count > MOST
        else ""
    )


def _whole(asked: Mapping[str, Any], name: str, usual: int) -> int:
    value = asked.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InputError(
            "{name} must be a whole number in the settings; use another file.", name=name
        )
    return value
