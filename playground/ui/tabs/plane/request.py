"""What the Plane tab, or another program, asks for: read and checked."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from PIL import Image

from playground.diffusion import guidance, samplers, schedules
from playground.diffusion.guidance import KIND, Guidance
from playground.diffusion.registry import Knob
from playground.errors import InputError, unknown
from playground.models.targets import TARGETS
from playground.spaces.images import MAX_PIXELS, open_picture
from playground.spaces.points import from_picture, read_csv
from playground.training.config import TrainConfig
from playground.training.data import clouds
from playground.training.data.clouds import CloudSet
from playground.ui.widgets.knobs import SEED, knob_settings
from playground.ui.widgets.request import GUIDANCE

POINTS = Knob(800, 50, 5000, 50, "Particles.")
STEPS = Knob(12, 1, 200, 1, "Levels from noise to clean.")
WIDTH = Knob(128, 8, 512, 8, "Of each layer.")
DEPTH = Knob(3, 1, 8, 1, "Blocks of two layers.")
RATE = Knob(0.004, 1e-5, 0.1, 1e-5, "AdamW's peak.")
MILLISECONDS = Knob(200, 1, 60_000, 1, "Of training in one go.")
NETWORK, EXACT, STUDENT = "network", "exact", "student"
ANY = "any"
DARK = 5000  # points of a picture
TEXT = 4_000_000  # characters of a table of points


@dataclass(frozen=True)
class Ask:
    """One question, as a mapping whose values are checked when they are read."""

    given: Mapping[str, Any]

    @classmethod
    def read(cls, given: Any) -> "Ask":
        """From JSON or a mapping; InputError for anything else."""
        try:
            found = json.loads(given) if isinstance(given, str) else given
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise InputError('Ask with names and values, such as {"cloud": "moons"}.')
        return cls(found)

    def number(self, name: str, knob: Knob) -> Any:
        """A number within its knob's range."""
        return knob.check(name, self.given.get(name, knob.default))

    def word(self, name: str, choices: tuple[str, ...]) -> str:
        """One of these words, the first by default."""
        word = self.given.get(name, choices[0])
        if word not in choices:
            raise unknown(name, str(word), choices)
        return str(word)

    @property
    def with_classes(self) -> bool:
        """Whether the network is told the classes."""
        return bool(self.given.get("classes", False))

    def whole_cloud(self) -> CloudSet:
        """The cloud by name, as points [[x, y, class?], ...] or as text, with its classes."""
        cloud = self.given.get("cloud", "moons")
        if isinstance(cloud, str):
            return clouds.named(cloud)
        text = json.dumps(cloud)
        if len(text) > TEXT:
            raise InputError("These are too many points; give fewer.")
        return _given(text)

    def cloud(self) -> CloudSet:
        """The cloud, without its classes unless they are asked for."""
        whole = self.whole_cloud()
        return whole if self.with_classes else whole.free

    def schedule(self) -> schedules.Schedule:
        """The schedule with its knobs."""
        name = str(self.given.get("schedule", "flow"))
        return schedules.get(name, **knob_settings(name, self.given.get("schedule_knobs")))

    def sampler(self) -> samplers.Sampler:
        """The sampler with its knobs."""
        name = str(self.given.get("sampler", "dpmpp_2m"))
        return samplers.get(name, **knob_settings(name, self.given.get("sampler_knobs")))

    def guidance(self) -> Guidance:
        """The guidance with its scale; 1 is none."""
        kind = str(self.given.get("guidance_kind") or KIND)
        scale = GUIDANCE.check("guidance", self.given.get("guidance", 1.0))
        return guidance.get(kind, scale, **knob_settings(kind, self.given.get("guidance_knobs")))

    def seeds(self) -> range:
        """One seed a particle, the first as given."""
        first = SEED.check("seed", self.given.get("seed", 0))
        return range(first, first + self.number("count", POINTS))

    def config(self) -> TrainConfig:
        """The settings of a training run."""
        return clouds.config(
            widths=(self.number("width", WIDTH),),
            blocks=(self.number("depth", DEPTH),),
            adam_rate=self.number("rate", RATE),
            target=self.word("target", TARGETS),
            seed=SEED.check("seed", self.given.get("seed", 0)),
        )


@lru_cache(maxsize=16)  # a page that trains asks many times for the same
def _given(text: str) -> CloudSet:
    cloud = json.loads(text)
    if isinstance(cloud, dict) and isinstance(cloud.get("csv"), str):
        return clouds.given(*read_csv(cloud["csv"]))
    if isinstance(cloud, dict) and isinstance(cloud.get("picture"), str):
        generator = torch.Generator().manual_seed(0)
        return clouds.given(from_picture(picture_in(cloud["picture"]), DARK, generator))
    points = cloud.get("points") if isinstance(cloud, dict) else None
    if not isinstance(points, list):
        raise InputError(
            'A cloud is a name, {"points": [[x, y], ...]}, {"csv": "x,y ..."} or {"picture": '
            '"a PNG in base64"}.'
        )
    return _drawn(points)


def file_in(text: Any, name: str) -> bytes:
    """A file from its base64, which may come as a data address; InputError for what is none."""
    try:
        return base64.b64decode(text.partition(",")[2] or text, validate=True)
    except (ValueError, AttributeError) as error:
        raise InputError(f"{name} must be a file in base64.") from error


def picture_in(text: Any, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """A picture from the base64 of its file; InputError as of `open_picture`."""
    return open_picture(file_in(text, "The picture"), name="The picture", max_pixels=max_pixels)


def _drawn(points: list[Any]) -> CloudSet:
    try:
        pairs = [(float(p[0]), float(p[1])) for p in points]
        kinds = [int(p[2]) if len(p) > 2 else 0 for p in points]
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise InputError("Points must be pairs of numbers, x and y.") from error
    found = sorted(set(kinds))
    if len(found) < 2:
        return clouds.given(pairs, as_drawn=True)
    labels = torch.tensor([found.index(kind) for kind in kinds])
    return clouds.given(pairs, labels, tuple("ABCDEFGHI"[: len(found)]), as_drawn=True)
