"""What the Plane tab, or another program, asks for: one typed value, parsed once at the door.

Its fields are the one vocabulary of the tab: the page's controls, what links and films hold and the
type of the page's scripts are all derived from them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from playground.diffusion import guidance, samplers, schedules
from playground.diffusion.guidance import KIND, Guidance
from playground.diffusion.registry import Knob
from playground.diffusion.samplers import Sampler
from playground.errors import InputError
from playground.models.targets import TARGETS
from playground.plane_film import MODEL
from playground.spaces import clouds as spaces
from playground.training.config import TrainConfig
from playground.training.data import clouds
from playground.training.data.clouds import CloudSet
from playground.ui.page.contracts import contract
from playground.ui.tabs.plane.fields import Changes, anything, asked, flag, one_of, read, word
from playground.ui.tabs.plane.own_cloud import own_cloud
from playground.ui.widgets.knobs import SEED, knob_settings

POINTS = Knob(800, 50, 5000, 50, "Particles.")
STEPS = Knob(12, 1, 200, 1, "Levels from noise to clean.")
SCALE = Knob(1.0, 0.0, 10.0, 0.1, "1: as learned; above: more of its class.")
WIDTH = Knob(128, 8, 512, 8, "Of each layer.")
DEPTH = Knob(3, 1, 8, 1, "Blocks of two layers.")
RATE = Knob(0.004, 1e-5, 0.1, 1e-5, "AdamW's peak.")
MILLISECONDS = Knob(200.0, 1, 60_000, 1, "Of training in one go.")
SECONDS = Knob(8.0, 0.01, 600, 0.01, "Of training that another program asks for in one call.")
TIME = Knob(0.0, 0.0, 1.0, 0.001, "0 clean, 1 noise.")

NETWORK, EXACT, STUDENT = "network", "exact", "student"
ANY = "any"
ACTIONS = ("go", "step", "new", "reflow", "distill", "teach")
FILES = ("gif", "mp4", "csv", "html")
RACERS = ("ddim", "heun", "dpmpp_2m", "ddpm")  # that race unless others are asked for
MOST_RACERS = 8


@contract
@dataclass(frozen=True)
class Control:
    """A control of the page: its name there and in links, and the field of a request it sets."""

    name: str
    field: str
    kind: Literal["word", "number", "flag"]
    first: str | bool  # as the tab opens
    changes: Changes  # what has to be made anew: the cloud, samples, a run, or the picture alone
    view: bool  # whether the field is of the request's view


def _who(name: str, value: Any) -> str:
    kept = isinstance(value, str) and value.startswith(MODEL)
    return value if kept else one_of(NETWORK, EXACT, STUDENT)(name, value)


def _cloud(name: str, value: Any) -> str | Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    return spaces.entry(str(value)).name  # or InputError, naming near ones


def _racers(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_RACERS:
        raise InputError("Choose 1 to {most_racers} samplers to race.", most_racers=MOST_RACERS)
    return tuple(samplers.entry(str(one)).name for one in value)


@contract
@dataclass(frozen=True)
class PlaneView:
    """How the pictures show it."""

    heat: str = asked("density", one_of("density", "samples", "error", "none"), "picture")
    arrows: str = asked(
        "none", one_of("none", "velocity", "score", "velocity-lines", "score-lines"), "picture"
    )
    lines: str = asked("trails", one_of("trails", "guesses", "none"), "picture")
    beside: str = asked(
        "none",
        one_of("none", "who", "steps", "schedule", "sampler", "guidance", "kind"),
        "picture",
    )
    space: str = asked("flat", one_of("flat", "spacetime"), "picture")
    t: float = asked(0.0, TIME, "picture")

    @property
    def needs_field(self) -> bool:
        """Whether it shows what the denoiser guesses all over the plane."""
        return self.heat == "error" or self.arrows != "none"


def _view(name: str, value: Any) -> PlaneView:
    return read(PlaneView, value if isinstance(value, Mapping) else {})


@contract
@dataclass(frozen=True)
class PlaneRequest:
    """One question to the tab: what is drawn and trained, and what is to be done."""

    cloud: str | Mapping[str, Any] = asked("moons", _cloud, "cloud")
    classes: bool = asked(False, flag, "cloud")
    schedule: str = asked("flow", word, "cloud")
    schedule_knobs: Mapping[str, Any] = asked({}, anything)
    who: str = asked(NETWORK, _who, "samples")
    sampler: str = asked("dpmpp_2m", word, "samples")
    sampler_knobs: Mapping[str, Any] = asked({}, anything)
    steps: int = asked(STEPS.default, STEPS, "samples")
    count: int = asked(POINTS.default, POINTS, "samples")
    seed: int = asked(0, SEED, "cloud")
    class_name: str = asked(ANY, word, "samples", control="kind", wire="class")
    guidance_kind: str = asked(KIND, word, "samples", control="guide")
    guidance: float = asked(1.0, SCALE, "samples")
    guidance_knobs: Mapping[str, Any] = asked({}, anything)
    target: str = asked("v", one_of(*TARGETS), "run")
    width: int = asked(WIDTH.default, WIDTH, "run", control="net-width")
    depth: int = asked(DEPTH.default, DEPTH, "run")
    rate: float = asked(RATE.default, RATE, "run")
    view: PlaneView = asked(PlaneView(), _view)
    # of one thing that is done
    action: str = asked("go", one_of(*ACTIONS))
    milliseconds: float = asked(MILLISECONDS.default, MILLISECONDS)
    seconds: float = asked(SECONDS.default, SECONDS)
    samplers: tuple[str, ...] = asked(RACERS, _racers)
    file: str = asked("gif", one_of(*FILES), wire="as")
    name: str = asked("", word)
    data: Any = asked(None, anything)  # a file that is read back, in base64
    points: Any = asked(None, anything)  # [[x, y], ...] to decode
    pictures: Any = asked(None, anything)  # of a film, drawn by the page, in base64
    page: str = asked("", word)
    on: bool = asked(False, flag)  # go on with the piece of work that was begun

    @classmethod
    def read(cls, given: Any) -> "PlaneRequest":
        """Return the request of JSON text or a mapping; absent fields are as they are by default.

        Raise InputError, in one sentence, for a value out of its range or an unknown name.
        """
        try:
            found = json.loads(given) if isinstance(given, str) else given
        except ValueError:
            found = None
        if not isinstance(found, Mapping):
            raise InputError('Ask with names and values, such as {"cloud": "moons"}.')
        made: PlaneRequest = read(cls, found)
        for chosen in ("chosen_schedule", "chosen_sampler", "chosen_guidance"):
            getattr(made, chosen)  # or InputError
        return made

    @cached_property
    def whole_cloud_set(self) -> CloudSet:
        """The cloud, by name or one's own, with its classes; InputError for one that is neither."""
        if isinstance(self.cloud, str):
            return clouds.named(self.cloud)
        return own_cloud(self.cloud)

    @cached_property
    def cloud_set(self) -> CloudSet:
        """The cloud, without its classes unless they are asked for."""
        return self.whole_cloud_set if self.classes else self.whole_cloud_set.free

    @cached_property
    def chosen_schedule(self) -> schedules.Schedule:
        """The schedule with its knobs."""
        knobs = knob_settings(self.schedule, self.schedule_knobs)
        return schedules.get(self.schedule, **knobs)

    @cached_property
    def chosen_sampler(self) -> Sampler:
        """The sampler with its knobs."""
        return samplers.get(self.sampler, **knob_settings(self.sampler, self.sampler_knobs))

    @cached_property
    def chosen_guidance(self) -> Guidance:
        """The guidance with its scale; 1 is none."""
        kind = self.guidance_kind or KIND
        return guidance.get(kind, self.guidance, **knob_settings(kind, self.guidance_knobs))

    @property
    def seeds(self) -> range:
        """One seed a particle, the first as asked."""
        return range(self.seed, self.seed + self.count)

    @property
    def config(self) -> TrainConfig:
        """The settings of a training run."""
        return clouds.config(
            widths=(self.width,),
            blocks=(self.depth,),
            adam_rate=self.rate,
            target=self.target,
            seed=self.seed,
        )
