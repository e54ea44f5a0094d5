"""Settings in words: what a film was made with, and what is otherwise in its branch."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from playground.classes import ANY
from playground.diffusion.guidance import Guidance
from playground.ui.i18n.text import Text, t
from playground.ui.widgets.request import Request

SEED = "seed "  # begins the key of a change of the seed


def summary(request: Request) -> Text:
    """Return the settings that a film from noise begins with."""
    return t(
        "{model} · {kind} · {schedule} · {sampler} · {n} steps · seed {seed}",
        model=request.model,
        kind=Text(kind(request)),
        schedule=request.schedule.name,
        sampler=request.sampler.name,
        n=request.steps,
        seed=request.seeds[0],
    )


def differences(before: Request, after: Request) -> list[Text]:
    """Return what is set otherwise, a text for each setting."""
    guidance = _guidance(before.guidance, after.guidance)
    schedule = _named(before.schedule, after.schedule)
    sampler = _named(before.sampler, after.sampler)
    seed = {"old": before.seeds[0], "new": after.seeds[0]}
    changes = [
        t("model {old} → {new}", old=before.model, new=after.model),
        t("class {old} → {new}", old=Text(kind(before)), new=Text(kind(after))),
        t("guidance {old} → {new}", old=guidance[0], new=guidance[1]),
        t("schedule {old} → {new}", old=schedule[0], new=schedule[1]),
        t("sampler {old} → {new}", old=sampler[0], new=sampler[1]),
        t("seed {old} → {new}", **seed),
    ]
    return [change for change in changes if change.values["old"] != change.values["new"]]


def listed(texts: Sequence[Text]) -> Text:
    """Return the texts as one, with a comma between; one at least."""
    last = texts[-1]
    for before in reversed(texts[:-1]):
        last = t("{first}, {rest}", first=before, rest=last)
    return last


def kind(request: Request) -> str:
    """Return the class of the picture by name."""
    if request.cond is None:
        return ANY
    number = request.cond[0]
    return request.class_names[number] if number < len(request.class_names) else str(number)


def _guidance(old: Guidance, new: Guidance) -> tuple[str, str]:
    """Return two guidances by scale; where more differs, in full."""
    if replace(old, scale=new.scale) == new:
        return f"{old.scale:g}", f"{new.scale:g}"
    return repr(old), repr(new)


def _named(old: Any, new: Any) -> tuple[str, str]:
    """Return two samplers or schedules by name; where only knobs differ, those."""
    if old.name != new.name:
        return old.name, new.name
    moved = [knob for knob in new.knobs if new.knobs[knob] != old.knobs.get(knob)]
    first, second = (", ".join(f"{k}={one.knobs[k]}" for k in moved) for one in (old, new))
    return first, second
