"""All settings of one sampling, as plain JSON from which the same pictures can be made again."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from playground.classes import ANY
from playground.diffusion import guidance, samplers, schedules
from playground.diffusion.guidance import KIND
from playground.diffusion.sample import SAMPLER, SCHEDULE
from playground.errors import EITHER, InputError, unknown
from playground.texts import Text, joined, t

FORMAT, VERSION = "diffusion-playground settings", 1
PLANE = "diffusion-playground plane"  # what a film of the Plane tab carries instead: plane_film.py
LONGEST = 100_000  # characters of JSON; a recipe of MOST pictures has a third of that
MOST = 1024  # pictures
LAST_SEED = 2**63 - 1
STRONGEST = 1000.0  # guidance
WORDS = 400  # characters of a name
OPTIONAL = ("fingerprint", "weaker", "stopped_at")
NUMBER, KNOBS = (int, float), (dict,)
TYPES: dict[str, tuple[type, ...]] = {
    "model": (str,),
    "class_name": (str,),
    "guidance": NUMBER,
    "guidance_kind": (str,),
    "guidance_knobs": KNOBS,
    "schedule": (str,),
    "schedule_knobs": KNOBS,
    "sampler": (str,),
    "sampler_knobs": KNOBS,
    "steps": (int,),
    "seeds": (list,),
    "fingerprint": (str,),
    "weaker": (str,),
    "stopped_at": (int, type(None)),
}


@dataclass(frozen=True)
class Recipe:
    """Settings that were checked: names and knobs exist, numbers are in their ranges.

    Whether there is such a model, and whether it has such a class, is seen when it is resolved
    (`making.resolve`). fingerprint, weaker: sha256 of the file of the model, and of the weaker
    version that it is guided away from; "" where they are not known. stopped_at: the step after
    which it was stopped by hand. InputError, in one sentence, for what cannot be used.
    """

    model: str
    class_name: str = ANY
    guidance: float = 1.0
    guidance_kind: str = KIND
    guidance_knobs: dict[str, Any] = field(default_factory=dict)
    schedule: str = SCHEDULE
    schedule_knobs: dict[str, Any] = field(default_factory=dict)
    sampler: str = SAMPLER
    sampler_knobs: dict[str, Any] = field(default_factory=dict)
    steps: int = 20
    seeds: tuple[int, ...] = (0,)
    fingerprint: str = ""
    weaker: str = ""
    stopped_at: int | None = None

    def __post_init__(self) -> None:
        for name in ("guidance_knobs", "schedule_knobs", "sampler_knobs"):
            _check_knobs(name, getattr(self, name))
        for name in ("fingerprint", "weaker"):
            _check_fingerprint(getattr(self, name))
        guide = guidance.get(self.guidance_kind, self.guidance, **self.guidance_knobs)
        if abs(guide.scale) > STRONGEST:
            raise InputError(
                "guidance must be within {strongest}; you gave {scale}.",
                strongest=f"{STRONGEST:,.0f}",
                scale=f"{guide.scale:g}",
            )
        steps = schedules.check_steps(self.steps)
        given = {
            "model": _words("model", self.model),
            "class_name": _words("class", self.class_name or ANY),
            "guidance": guide.scale,
            "guidance_knobs": guide.knobs,
            "schedule_knobs": schedules.get(self.schedule, **self.schedule_knobs).knobs,
            "sampler_knobs": samplers.get(self.sampler, **self.sampler_knobs).knobs,
            "steps": steps,
            "seeds": check_seeds(self.seeds),
        }
        if self.model.replace("\\", "/").startswith("//"):
            raise InputError("The model must be on this machine; copy its file here first.")
        if self.stopped_at is not None and not 0 <= self.stopped_at <= steps:
            raise InputError(
                "stopped_at must be from 0 to {steps}; it is {stopped_at}.",
                steps=steps,
                stopped_at=self.stopped_at,
            )
        if self.stopped_at == steps:
            given["stopped_at"] = None
        for name, value in given.items():
            object.__setattr__(self, name, value)

    def to_json(self, indent: int | None = None) -> str:
        """Write all settings as JSON in ASCII, every knob with its value."""
        about = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(about, indent=indent, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """Read what `to_json` wrote; InputError for whatever else a stranger's file may hold."""
        return cls(**_read(text))

    def picked(self, number: int) -> "Recipe":
        """Return picture `number` of the batch alone, counted from 1."""
        if not 1 <= number <= len(self.seeds):
            count = len(self.seeds)
            raise InputError(
                "There are the pictures 1 to {count}; you asked for {number}.",
                count=count,
                number=number,
            )
        return replace(self, seeds=(self.seeds[number - 1],))

    @property
    def consecutive(self) -> bool:
        """Whether each seed is the one after the last, so that the first and a count tell all."""
        first = self.seeds[0]
        return self.seeds == tuple(range(first, first + len(self.seeds)))

    @property
    def line(self) -> Text:
        """The settings that differ most often, in a few words."""
        of = [] if self.class_name == ANY else [Text(self.class_name)]
        how = t("{sampler} on {schedule}", sampler=self.sampler, schedule=self.schedule)
        steps = t("1 step") if self.steps == 1 else t("{n} steps", n=self.steps)
        scale = f"{self.guidance:g}"
        if self.guidance == 1:
            guide = []
        elif self.guidance_kind == KIND:
            guide = [t("guidance {scale}", scale=scale)]
        else:
            kind = Text(guidance.entry(self.guidance_kind).title)
            guide = [t("guidance {scale} ({kind})", scale=scale, kind=kind)]
        first, last = self.seeds[0], self.seeds[-1]
        one = t("seed {seed}", seed=first)
        seeds = t("seeds {first} to {last}", first=first, last=last) if last != first else one
        return joined([self.model, *of, how, steps, *guide, seeds], " · ")


def check_seeds(given: Iterable[Any]) -> tuple[int, ...]:
    """Return the seeds, 1 to MOST whole numbers; InputError otherwise."""
    if isinstance(given, Sequence) and len(given) > MOST:
        raise InputError(
            "At most {most} pictures are made at a time; you asked for more.", most=f"{MOST:,}"
        )
    seeds = list(given)
    if not seeds:
        raise InputError("Give one seed for every picture, and at least one.")
    for seed in seeds:
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LAST_SEED:
            told = repr(seed)[:40]
            raise InputError(
                "A seed must be a whole number of 0 or more; you gave {told}.", told=told
            )
    return tuple(seeds)


def _read(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise InputError("The settings are far too long to be this program's; use another file.")
    try:
        found = json.loads(text, parse_constant=_no_number)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError("The settings are no JSON of this program; use another file.") from error
    if isinstance(found, dict) and found.get("format") == PLANE:
        raise InputError("These are settings of the Plane tab; drop the file there.")
    if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
        raise InputError("There are no settings of this program in it; use another file.")
    version = found.pop("version", None)
    if version != VERSION or isinstance(version, bool):
        told = repr(version)[:40]
        raise InputError(
            "The settings have version {told}, this program reads {version}; use a matching "
            "release.",
            told=told,
            version=VERSION,
        )
    for name in found:
        if name not in TYPES:
            raise unknown("setting", name[:WORDS], TYPES)
    for name, types in TYPES.items():
        if name not in found and name not in OPTIONAL:
            raise InputError("The settings lack {name}; use a file that is whole.", name=name)
        value = found.get(name)
        if name in found and (isinstance(value, bool) or not isinstance(value, types)):
            names = {str(i): JSON_NAMES[kind] for i, kind in enumerate(types)}
            kinds = Text(EITHER[len(types)], names)
            raise InputError(
                "{name} must be {kinds} in the settings; use another file.", name=name, kinds=kinds
            )
    return found


JSON_NAMES = {
    str: t("a text"),
    int: t("a whole number"),
    float: t("a number"),
    dict: t("knobs by name"),
    list: t("a list"),
    type(None): t("null"),
}


def _no_number(name: str) -> Any:
    raise InputError("{name} is no number that the settings can have; use another file.", name=name)


def _check_knobs(name: str, given: Any) -> None:
    if not isinstance(given, dict):
        raise InputError('Knobs must be given by name, such as {"eta": 0.5}.')
    for knob, value in given.items():
        plain = not isinstance(value, bool | list | dict)  # the rest is for the knob to say
        if not isinstance(knob, str) or not plain or len(str(knob)) > WORDS:
            told = name.replace("_", " ")
            raise InputError(
                "The {told} must be numbers or words by name; {knob} is not.",
                told=told,
                knob=f"{knob!s:.40}",
            )


def _check_fingerprint(given: str) -> None:
    if given and (len(given) != 64 or set(given) - set("0123456789abcdef")):
        raise InputError("A model's fingerprint must be a sha256 in hex; use another file.")


def _words(name: str, given: Any) -> str:
    if not isinstance(given, str) or not given or len(given) > WORDS or not given.isprintable():
        raise InputError(
            "The {name} must be a name of 1 to {words} printable characters.",
            name=name,
            words=WORDS,
        )
    return given


assert set(TYPES) == {one.name for one in fields(Recipe)}  # a new setting must not be forgotten
