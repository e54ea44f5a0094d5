"""How the Live tab draws: in few calls, or in many as a model's teacher does."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from playground.checkpoint import Checkpoint, read_about
from playground.classes import EACH, cond_for
from playground.diffusion import samplers
from playground.diffusion.denoisers import Denoiser
from playground.diffusion.registry import Knob
from playground.diffusion.sample import SAMPLER, SCHEDULE
from playground.errors import InputError, unknown
from playground.library import Library
from playground.models.network import NetworkDenoiser
from playground.serving.joined import joined
from playground.ui.i18n.text import Text, t
from playground.ui.tabs.live.messages import LiveModel, Question

CALLS = Knob(1, 1, 4, 1, "Network calls a picture.")
COUNT = Knob(4, 1, 16, 1, "At a time.")
TEACHER_STEPS, TEACHER_GUIDANCE = 20, 2.0
FEW = {"schedule": "flow", "sampler": SAMPLER, "guidance": 1.0}  # for models not made for few calls


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
    def how(self) -> Text:
        """Sampler, levels and guidance in words."""
        sampler, schedule = Text(self.sampler), self.schedule
        if self._guided:
            return t(
                "{sampler}, levels of {schedule}, guidance {scale}",
                sampler=sampler,
                schedule=schedule,
                scale=f"{self.guidance:g}",
            )
        return t("{sampler}, levels of {schedule}", sampler=sampler, schedule=schedule)

    @property
    def _guided(self) -> bool:
        return self.guidance != 1 and self.cond is not None


def models(library: Library) -> list[LiveModel]:
    """Return the models to choose from, those made for few calls first."""
    found = []
    for name, path in library.newest().items():
        try:
            about = read_about(path)
        except InputError:  # a damaged file is told of where it is chosen by name
            continue
        few = "sample" in _dict(about.get("recipe"))
        found.append(LiveModel(name, about.get("class_names", []), few))
    return sorted(found, key=lambda m: (not m.few, m.name != "emoji"))


def few(library: Library, question: Question) -> Way:
    """Return the way of few calls that is asked for; InputError for what there is not."""
    checkpoint, network = _loaded(library, question)
    how = {**FEW, **_dict(checkpoint.recipe.get("sample"))}
    if how["sampler"] not in samplers.names():
        how["sampler"] = FEW["sampler"]
    steps = int(CALLS.check("calls", question.calls))
    cond = _cond(question, checkpoint.class_names)
    return Way(
        *(question.model, joined(network), how["schedule"], how["sampler"], steps),
        *(float(how["guidance"]), cond),
    )


def teacher(library: Library, question: Question) -> Way:
    """Return the way of many calls: of the teacher, if it is here, or of the model itself."""
    checkpoint, network = _loaded(library, question)
    name, scale = question.model, TEACHER_GUIDANCE
    taught = checkpoint.recipe.get("teacher")
    if taught in library.newest():
        before, other = library.load(taught)
        if (other.shape, before.class_names) == (network.shape, checkpoint.class_names):
            name, network = taught, other
            scale = float(_dict(checkpoint.recipe.get("distill")).get("guidance", scale))
    cond = _cond(question, checkpoint.class_names)
    return Way(name, joined(network), SCHEDULE, SAMPLER, TEACHER_STEPS, scale, cond)


def _loaded(library: Library, question: Question) -> tuple[Checkpoint, NetworkDenoiser]:
    name = question.model
    if name not in library.newest():  # a path is none, or pages could have any file read
        raise unknown("model", name, library.newest() or (t("none: train one first"),))
    return library.load(name)


def _cond(question: Question, names: tuple[str, ...]) -> Tensor | None:
    """Return the class of each picture; with "one of each" by its place, whatever the seed."""
    count = int(COUNT.check("pictures", question.pictures))
    word = question.class_name or (EACH if names else None)
    found = cond_for(word, names, range(count))
    return None if found is None else torch.tensor(found)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
