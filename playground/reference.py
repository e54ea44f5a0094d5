"""The reference: every schedule, spacing, sampler and guidance, as Markdown from the registries."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from playground.diffusion import guidance, samplers, schedules, spacings
from playground.diffusion.registry import Entry, Knob
from playground.texts import Text, t

Say = Callable[[Text], str]
REMAKE = "playground reference -o docs/reference.md"


@dataclass(frozen=True)
class Part:
    """One registry and what is said of all its entries."""

    title: str
    registry: ModuleType
    about: str


PARTS = (
    Part(
        "Schedules",
        schedules,
        "A schedule is a path of levels: at t from 0 (clean) to 1 (noisiest) a sample is "
        "x = alpha x0 + sigma eps. log-SNR = ln(alpha^2 / sigma^2); alpha_bar = alpha^2 where "
        "alpha^2 + sigma^2 = 1; T is the knob `timesteps`. Each has the knob `spacing`, too, which "
        "is one of the spacings below.",
    ),
    Part(
        "Spacings",
        spacings,
        "A spacing says where along a schedule the levels of a grid of N steps lie: i = 0 is the "
        "noisiest, at t = start, and clean comes after i = N - 1. Where a schedule has no discrete "
        "steps, T is 1000.",
    ),
    Part(
        "Samplers",
        samplers,
        "A sampler walks a grid of levels. Primes mark the next level, x0 is the network's guess, "
        "eps and v are the noise and the velocity that follow from it, z is fresh noise, "
        "rho = sigma / alpha, y = x / alpha, phi = atan2(sigma, alpha), u = x / r with "
        "r^2 = alpha^2 + sigma^2. The last step, to clean, returns the guess and asks once.",
    ),
    Part(
        "Guidances",
        guidance,
        "A guidance is a wrapper around a model; a sampler knows nothing of it. The scale 1 is the "
        "model as it is. `free` is the guess without a class.",
    ),
)


def markdown() -> str:
    """Write the reference as a file of its own."""
    head = f"# Reference\n\nMade from the registries by `{REMAKE}`; do not edit it by hand.\n\n"
    return head + body()


def body(say: Say = str) -> str:
    """Write the reference without a title.

    say: puts each text into words of Markdown, by default those that it is written in.
    """
    links = " · ".join(f"[{say(Text(part.title))}](#{part.title.lower()})" for part in PARTS)
    return "\n\n".join([links, *(_part(part, say) for part in PARTS)]) + "\n"


def _part(part: Part, say: Say) -> str:
    entries = [part.registry.entry(name) for name in part.registry.names()]
    rows = "\n".join(f"| `{e.name}` | {_cell(e.summary, say)} |" for e in entries)
    shown = "\n\n".join(_entry(e, say) for e in entries)
    table = f"| {say(t('name'))} | {say(t('in short'))} |\n| --- | --- |\n{rows}"
    title, about = say(Text(part.title)), say(Text(part.about))
    return f"## {title}\n\n{about}\n\n{table}\n\n{shown}"


def _entry(entry: Entry[Any], say: Say) -> str:
    told, formula, use = told_of(entry)
    title = say(Text(entry.title))
    lines = [f"### `{entry.name}`: {title}", *(_plain(one, say) for one in told)]
    if formula:
        lines.append(f"```text\n{formula}\n```")
    facts = [f"**{say(t('Use it for'))}** {say(Text(use))}"] if use else []
    facts += [f"**{say(t('Source'))}** {entry.source}."]
    if entry.calls:
        facts.append(f"**{say(t('Network calls a step'))}** {entry.calls}.")
    if entry.order:
        facts.append(f"**{say(t('Order of convergence'))}** {entry.order}.")
    lines.append("\n".join(f"- {fact}" for fact in facts))
    own = {name: knob for name, knob in entry.knobs.items() if name != "spacing"}
    if own:
        titles = (t("knob"), t("default"), t("range"), t("what it does"))
        head = f"| {' | '.join(map(say, titles))} |\n| --- | --- | --- | --- |"
        rows = [_knob(name, knob, say) for name, knob in own.items()]
        lines.append("\n".join([head, *rows]))
    return "\n\n".join(lines)


def told_of(entry: Entry[Any]) -> tuple[list[str], str, str]:
    """Return a docstring's paragraphs, and what stands after its `Formula: ` and its `For: `."""
    text = inspect.getdoc(entry.function) or ""
    paragraphs = [" ".join(p.split()) for p in text.split("\n\n")]
    formula = use = ""
    told = []
    for paragraph in paragraphs:
        if paragraph.startswith("Formula: "):
            formula, _, use = paragraph.removeprefix("Formula: ").partition(". For: ")
        elif paragraph.startswith("For: "):
            use = paragraph.removeprefix("For: ")
        else:
            told.append(paragraph)
    return told, formula.rstrip("."), use


def _knob(name: str, knob: Knob, say: Say) -> str:
    if knob.choices:
        either = f" {say(t('or'))} "
        span = either.join(f"`{choice}`" for choice in knob.choices)
    else:
        span = say(t("{low} to {high}", low=f"{knob.low:g}", high=f"{knob.high:g}"))
    default = f"`{knob.default}`" if knob.choices else f"{knob.default:g}"
    return f"| `{name}` | {default} | {span} | {_cell(knob.help, say)} |"


def _plain(text: str, say: Say) -> str:
    told = say(Text(text))
    return text.replace("<", "&lt;") if told == text else told


def _cell(text: str, say: Say) -> str:
    return _plain(text, say).replace("|", "\\|")
