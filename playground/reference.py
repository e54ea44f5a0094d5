"""The reference: every schedule, spacing, sampler and guidance, as Markdown from the registries."""

import inspect
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from playground.diffusion import guidance, samplers, schedules, spacings
from playground.diffusion.registry import Entry, Knob

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


def body() -> str:
    """Write the reference without a title."""
    links = " · ".join(f"[{part.title}](#{part.title.lower()})" for part in PARTS)
    return "\n\n".join([links, *(_part(part) for part in PARTS)]) + "\n"


def _part(part: Part) -> str:
    entries = [part.registry.entry(name) for name in part.registry.names()]
    rows = "\n".join(f"| `{e.name}` | {_cell(e.summary)} |" for e in entries)
    shown = "\n\n".join(_entry(e) for e in entries)
    table = f"| name | in short |\n| --- | --- |\n{rows}"
    return f"## {part.title}\n\n{part.about}\n\n{table}\n\n{shown}"


def _entry(entry: Entry[Any]) -> str:
    told, formula, use = told_of(entry)
    lines = [f"### `{entry.name}`: {entry.title}", *told]
    if formula:
        lines.append(f"```text\n{formula}\n```")
    facts = [f"**Use it for** {use}"] if use else []
    facts += [f"**Source** {entry.source}."]
    if entry.calls:
        facts.append(f"**Network calls a step** {entry.calls}.")
    if entry.order:
        facts.append(f"**Order of convergence** {entry.order}.")
    lines.append("\n".join(f"- {fact}" for fact in facts))
    own = {name: knob for name, knob in entry.knobs.items() if name != "spacing"}
    if own:
        rows = "\n".join(_knob(name, knob) for name, knob in own.items())
        head = "| knob | default | range | what it does |\n| --- | --- | --- | --- |\n"
        lines.append(head + rows)
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
            told.append(paragraph.replace("<", "&lt;"))
    return told, formula.rstrip("."), use


def _knob(name: str, knob: Knob) -> str:
    if knob.choices:
        span = " or ".join(f"`{choice}`" for choice in knob.choices)
    else:
        span = f"{knob.low:g} to {knob.high:g}"
    default = f"`{knob.default}`" if knob.choices else f"{knob.default:g}"
    return f"| `{name}` | {default} | {span} | {_cell(knob.help)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
