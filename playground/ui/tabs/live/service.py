"""What the Live tab draws: one position of the seed slider, in few calls or as the teacher does."""

import base64
import io
import json
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from playground.checkpoint import read_about
from playground.classes import EACH, cond_for
from playground.diffusion import samplers
from playground.diffusion.between import sample_between
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.registry import Knob
from playground.diffusion.sample import SAMPLER, SCHEDULE
from playground.errors import InputError, unknown
from playground.library import Library
from playground.serving.ahead import stopped
from playground.serving.joined import joined
from playground.spaces.images import tile

CALLS = Knob(1, 1, 4, 1, "Network calls a picture.")
COUNT = Knob(4, 1, 16, 1, "At a time.")
SEED = Knob(0.0, 0.0, float(2**53), help="Between two whole ones the noise turns.")
TEACHER_STEPS, TEACHER_GUIDANCE = 20, 2.0
FEW = {"schedule": "flow", "sampler": SAMPLER, "guidance": 1.0}  # for models not made for few calls
SESSIONS = 1000  # pages whose newest question is remembered


@dataclass(frozen=True)
class Way:
    """How to draw: by whom, along which levels, and how many calls that costs a picture."""

    name: str
    denoiser: Denoiser
    schedule: str
    sampler: str
    steps: int
    guidance: float
    cond: Tensor | None

    @property
    def calls(self) -> int:
        """Network calls a picture."""
        return self.steps * (2 if self._guided else 1)

    @property
    def how(self) -> str:
        """Sampler, levels and guidance in words."""
        guided = f", guidance {self.guidance:g}" if self._guided else ""
        return f"{self.sampler}, levels of {self.schedule}{guided}"

    @property
    def _guided(self) -> bool:
        return self.guidance != 1 and self.cond is not None


def models(library: Library) -> list[dict[str, Any]]:
    """The models to choose from, those made for few calls first: name, classes, and which it is."""
    found = []
    for name, path in library.newest().items():
        try:
            about = read_about(path)
        except InputError:  # a damaged file is told of where it is chosen by name
            continue
        few = "sample" in _dict(about.get("recipe"))
        found.append({"name": name, "classes": about.get("class_names", []), "few": few})
    return sorted(found, key=lambda m: (not m["few"], m["name"] != "emoji"))


def checked(ask: Any) -> dict[str, Any]:
    """A question as a dict; InputError for anything else."""
    if not isinstance(ask, dict):
        raise InputError('Ask with {"model": "emoji", "calls": 1, "pictures": 4, "seed": 0.5}.')
    return ask


def state(value: str, models: list[dict[str, Any]]) -> dict[str, Any]:
    """What the tab shows, as a link tells it: a question, or {}; InputError for what cannot be."""
    try:
        ask = json.loads(value)
    except ValueError:
        ask = None
    ask = checked(ask)
    names = [one["name"] for one in models]
    if ask and ask.get("model") not in names:
        raise unknown("model", str(ask.get("model")), names)
    for name, knob in (("calls", CALLS), ("pictures", COUNT), ("seed", SEED)):
        knob.check(name, ask.get(name, knob.default))
    return ask


def few(library: Library, ask: dict[str, Any]) -> Way:
    """The way of few calls that a question asks for; InputError for what there is not."""
    checkpoint, network = _loaded(library, ask)
    how = {**FEW, **_dict(checkpoint.recipe.get("sample"))}
    if how["sampler"] not in samplers.names():
        how["sampler"] = FEW["sampler"]
    steps = int(CALLS.check("calls", ask.get("calls", CALLS.default)))
    cond = _cond(ask, checkpoint.class_names)
    return Way(
        *(str(ask["model"]), joined(network), how["schedule"], how["sampler"], steps),
        *(float(how["guidance"]), cond),
    )


def teacher(library: Library, ask: dict[str, Any]) -> Way:
    """The way of many calls: of the model's teacher, if it has one here, or of the model itself."""
    checkpoint, network = _loaded(library, ask)
    name, scale = str(ask["model"]), TEACHER_GUIDANCE
    taught = checkpoint.recipe.get("teacher")
    if taught in library.newest():
        before, other = library.load(taught)
        if (other.shape, before.class_names) == (network.shape, checkpoint.class_names):
            name, network = taught, other
            scale = float(_dict(checkpoint.recipe.get("distill")).get("guidance", scale))
    cond = _cond(ask, checkpoint.class_names)
    return Way(name, joined(network), SCHEDULE, SAMPLER, TEACHER_STEPS, scale, cond)


class Newest:
    """Which question of each page is its newest, so that an older one can be dropped."""

    def __init__(self) -> None:
        self._tickets: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, page: str, ticket: int) -> None:
        """A page has asked."""
        with self._lock:
            self._tickets[page] = max(ticket, self._tickets.pop(page, ticket))
            while len(self._tickets) > SESSIONS:
                self._tickets.popitem(last=False)

    def holds(self, page: str, ticket: int) -> bool:
        """Whether the page has asked nothing since."""
        return self._tickets.get(page, ticket) <= ticket


def pictures(way: Way, ask: dict[str, Any], newest: Newest | None = None) -> Tensor | None:
    """The pictures (B,C,H,W); None where the page has closed or asked for others meanwhile."""
    seed = float(SEED.check("seed", ask.get("seed", SEED.default)))
    count = int(COUNT.check("pictures", ask.get("pictures", COUNT.default)))
    asked: dict[str, Any] = {
        "steps": way.steps,
        "count": count,
        "cond": way.cond,
        "guidance": way.guidance,
    }
    steps = sample_between(way.denoiser, way.schedule, way.sampler, seed=seed, **asked)
    made = None
    for x in steps:
        made = x
        asked_since = newest and not newest.holds(str(ask.get("page")), int(ask.get("ticket", 0)))
        if asked_since or stopped():
            return None
    return made


def message(way: Way, ask: dict[str, Any], newest: Newest | None = None) -> dict[str, Any]:
    """The pictures for the page: a data address, what it took, and by whom."""
    began = time.perf_counter()
    x = pictures(way, ask, newest)
    if x is None:
        return {"stale": True}
    took = time.perf_counter() - began
    data = io.BytesIO()
    Image.fromarray(tile(x, gap=1)).save(data, "PNG", compress_level=1)
    return {
        "picture": "data:image/png;base64," + base64.b64encode(data.getvalue()).decode(),
        "ms": round(1000 * took, 1),
        "calls": way.calls,
        "steps": way.steps,
        "by": way.name,
        "how": way.how,
    }


def _loaded(library: Library, ask: dict[str, Any]) -> Any:
    name = ask.get("model")
    if name not in library.newest():  # a path is none, or pages could have any file read
        raise unknown("model", str(name), library.newest() or ("none: train one first",))
    return library.load(str(name))


def _cond(ask: dict[str, Any], names: tuple[str, ...]) -> Tensor | None:
    """The class of each picture; with "one of each" by its place, whatever the seed."""
    count = int(COUNT.check("pictures", ask.get("pictures", COUNT.default)))
    word = ask.get("class_name") or (EACH if names else None)
    found = cond_for(word, names, range(count))
    return None if found is None else torch.tensor(found)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
