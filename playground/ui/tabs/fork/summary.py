"""Settings in words: what a film was made with, and what is otherwise in its branch."""

from dataclasses import replace
from typing import Any

from playground.diffusion.guidance import Guidance
from playground.ui.widgets.request import Request


def summary(request: Request) -> str:
    """The settings that a film from noise begins with."""
    path, sampler = request.schedule.name, request.sampler.name
    steps, seed = request.steps, request.seeds[0]
    return f"{request.model} · {kind(request)} · {path} · {sampler} · {steps} steps · seed {seed}"


def differences(before: Request, after: Request) -> list[str]:
    """What is set otherwise, in words."""
    pairs = [
        ("model", before.model, after.model),
        ("class", kind(before), kind(after)),
        ("guidance", *_guidance(before.guidance, after.guidance)),
        ("schedule", *_named(before.schedule, after.schedule)),
        ("sampler", *_named(before.sampler, after.sampler)),
        ("seed", str(before.seeds[0]), str(after.seeds[0])),
    ]
    return [f"{name} {old} → {new}" for name, old, new in pairs if old != new]


def kind(request: Request) -> str:
    """The class of the picture by name."""
    if request.cond is None:
        return "any"
    number = request.cond[0]
    return request.class_names[number] if number < len(request.class_names) else str(number)


def _guidance(old: Guidance, new: Guidance) -> tuple[str, str]:
    """Two guidances by scale; where more differs, in full."""
    if replace(old, scale=new.scale) == new:
        return f"{old.scale:g}", f"{new.scale:g}"
    return repr(old), repr(new)


def _named(old: Any, new: Any) -> tuple[str, str]:
    """Two samplers or schedules by name; where only knobs differ, those."""
    if old.name != new.name:
        return old.name, new.name
    moved = [knob for knob in new.knobs if new.knobs[knob] != old.knobs.get(knob)]
    first, second = (", ".join(f"{k}={one.knobs[k]}" for k in moved) for one in (old, new))
    return first, second
