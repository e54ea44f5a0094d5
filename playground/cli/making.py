"""What `sample` and `export` share: a recipe changed by options, and made into a file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from playground.cli.options import tell
from playground.errors import InputError

if TYPE_CHECKING:
    from playground.library import Library
    from playground.recipe import Recipe

Sheet = Annotated[
    bool, typer.Option("--sheet", help="PNG of the way from noise: frames across, pictures down.")
]
Pick = Annotated[
    int | None, typer.Option(help="Picture 7, say, of the batch alone, as it was in it.")
]


def settings(given: list[str] | None) -> dict[str, Any]:
    """Read `name=value` words as a dict: numbers as such, other words for the knob to judge."""
    found: dict[str, Any] = {}
    for word in given or []:
        name, equals, value = word.partition("=")
        if not equals:
            raise InputError("--knob must be name=value; you gave {word}.", word=word)
        try:
            found[name] = float(value)
        except ValueError:
            found[name] = value
    return found


def library_of(checkpoints: Path | None, runs: Path) -> "Library":
    """Return the shipped models, those of this folder and those of runs."""
    from playground.library import SHIPPED, Library

    return Library(runs, (SHIPPED,) if checkpoints is None else (SHIPPED, checkpoints))


def recipe_from(path: Path) -> "Recipe":
    """Read the recipe in a file that this program made."""
    from playground import plane_film
    from playground.export import read_settings
    from playground.recipe import Recipe

    text = read_settings(path)
    if not plane_film.is_of_plane(text):
        return Recipe.from_json(text)
    recipe, warning = plane_film.recipe(text)
    if warning:
        typer.echo(f"playground: {warning}", err=True)
    return recipe


def changed(recipe: "Recipe", given: dict[str, Any], knobs: dict[str, Any]) -> "Recipe":
    """Change the recipe where something was given (not None) in place of its own settings.

    A sampler, schedule or guidance of another name comes with its own knobs. knobs: of whichever of
    the three has one of that name.
    """
    from playground.diffusion import guidance, samplers

    new = {name: value for name, value in given.items() if value is not None}
    for name in ("sampler", "schedule", "guidance_kind"):
        if new.get(name, getattr(recipe, name)) != getattr(recipe, name):
            new[f"{name.removesuffix('_kind')}_knobs"] = {}
    if new.get("model", recipe.model) != recipe.model:
        new |= {"fingerprint": "", "weaker": ""}
    if "steps" in new:
        new["stopped_at"] = None
    made = replace(recipe, **new)
    of_sampler = {k: v for k, v in knobs.items() if k in samplers.entry(made.sampler).knobs}
    of_kind = {k: v for k, v in knobs.items() if k in guidance.entry(made.guidance_kind).knobs}
    of_schedule = {k: v for k, v in knobs.items() if k not in of_sampler | of_kind}
    return replace(
        made,
        sampler_knobs=made.sampler_knobs | of_sampler,
        guidance_knobs=made.guidance_knobs | of_kind,
        schedule_knobs=made.schedule_knobs | of_schedule,
    )


def seeds_of(before: Sequence[int], first: int | None, count: int | None) -> tuple[int, ...]:
    """Return seeds that follow each other where a first one or a count is given, else `before`."""
    from playground.recipe import LAST_SEED, MOST

    if count is not None and not 1 <= count <= MOST:
        raise InputError("-n must be from 1 to {most}; you gave {count}.", most=MOST, count=count)
    if first is None and count is None:
        return tuple(before)
    start = before[0] if first is None else first
    if not 0 <= start <= LAST_SEED:
        raise InputError(
            "A seed must be a whole number of 0 or more; you gave {start}.", start=start
        )
    return tuple(range(start, start + (len(before) if count is None else count)))


def make(recipe: "Recipe", library: "Library", out: Path, sheet: bool, as_json: bool) -> None:
    """Sample what the recipe says into this file, and tell of it."""
    from rich.progress import track

    from playground.export import Take, written
    from playground.export.files import kind_of
    from playground.making import resolve

    kind = kind_of(out, sheet=sheet)
    made = resolve(recipe, library)
    for warning in made.warnings:
        typer.echo(f"playground: {warning}", err=True)
    own = made.recipe
    take = Take(seeds=own.seeds, settings=own.to_json(), title=str(own.line), rows=made.labels)
    nfe = 0
    frames = made.frames()
    for frame in track(frames, "Sampling", total=made.steps + 1, transient=True, disable=as_json):
        nfe = frame.nfe
        take.add(frame, last_only=kind in ("png", "npz"))
    files = [str(path) for path in written(out, take, kind, beside=True)]
    about = {
        "out": str(out),
        "files": files,
        "model": made.model,
        "schedule": repr(made.schedule),
        "sampler": repr(made.sampler),
        "guidance": repr(made.guidance),
        "steps": made.steps,
        "nfe": nfe,
        "seeds": list(made.seeds),
        "warnings": [str(one) for one in made.warnings],
    }
    count, what = len(made.seeds), "point" if made.are_points else "picture"
    pictures = f"1 {what}" if count == 1 else f"{count} {what}s"
    tell(about, f"Wrote {' and '.join(files)}: {pictures}, {nfe} network calls.", as_json)
