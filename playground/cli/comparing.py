"""`playground race` and `playground grid`: settings side by side from the terminal."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from playground.cli import app
from playground.cli.options import AsJson, Checkpoints, Runs, tell
from playground.errors import InputError

Model = Annotated[str, typer.Argument(help="A checkpoint's name or file, or 'ideal: emoji'.")]
Class = Annotated[str, typer.Option("--class", help="A class of the model, 'one of each' or any.")]
Scale = Annotated[float, typer.Option(help="Guidance scale; 1 is as learned.")]
Pictures = Annotated[int, typer.Option("-n", help="Pictures of each, 1 to 16.")]
Seed = Annotated[int, typer.Option(help="Of the first picture; the next have the next.")]


@app.command()
def race(
    model: Model,
    lane: Annotated[
        list[str] | None,
        typer.Option("--lane", help='2 to 6: "heun", "ddim:20", "ddim(eta=1)@cosine:20".'),
    ] = None,
    calls: Annotated[int, typer.Option(help="Network calls of a lane without steps.")] = 20,
    kind: Class = "any",
    guidance: Scale = 1.0,
    count: Pictures = 4,
    seed: Seed = 0,
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Race samplers from the same noise, and measure how far from a fine reference they end."""
    from rich.progress import Progress

    from playground.library import SHIPPED, Library
    from playground.sources import find
    from playground.studio.lanes import read_lanes
    from playground.studio.racing import race as raced
    from playground.studio.setup import read_setup

    folders = (SHIPPED,) if checkpoints is None else (SHIPPED, checkpoints)
    setup = read_setup(find(model, Library(runs, folders)), kind, guidance, seed, count)
    lanes = read_lanes(lane or [], setup.calls_each, calls)
    with Progress(transient=True, disable=as_json) as bar:
        task = bar.add_task("Racing", total=sum(one.calls for one in lanes))
        for state in raced(setup, lanes, rough=False):
            done = sum(run.frame.nfe for run in state.runs) + state.progress.done
            total = sum(one.calls for one in lanes) + state.progress.total
            bar.update(task, completed=done, total=total)
    about = {"model": model, "seeds": list(setup.seeds), "guidance": setup.guidance}
    facts = [run.about for run in state.runs]
    lines = [_line(one, run.lane.name) for one, run in zip(facts, state.runs, strict=True)]
    tell(about | {"lanes": facts}, "\n".join(lines), as_json)


@app.command()
def grid(
    model: Model,
    rows: Annotated[str, typer.Option(help="kind=value,value: sampler, schedule, class ...")],
    columns: Annotated[str, typer.Option(help="kind=value,value: steps, calls, seed ...")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="PNG to write; a .json is beside it.")
    ] = Path("grid.png"),
    sampler: Annotated[str, typer.Option(help="Of all cells.")] = "dpmpp_2m",
    schedule: Annotated[str, typer.Option(help="Of all cells.")] = "edm",
    steps: Annotated[int, typer.Option(help="Of all cells.")] = 20,
    measure: Annotated[bool, typer.Option(help="Against references of 1,000 calls.")] = False,
    kind: Class = "any",
    guidance: Scale = 1.0,
    count: Pictures = 4,
    seed: Seed = 0,
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Sample a grid of settings into one picture with its labels."""
    from rich.progress import Progress

    from playground.files import write_atomically
    from playground.library import SHIPPED, Library
    from playground.sources import find
    from playground.studio import sheet
    from playground.studio.grid import fill, plan
    from playground.studio.setup import Setup, read_setup

    if out.suffix.lower() != ".png":
        raise InputError("Cannot write {name}; end its name in .png.", name=out.name)
    folders = (SHIPPED,) if checkpoints is None else (SHIPPED, checkpoints)
    source = find(model, Library(runs, folders))

    def setup_for(words: dict[str, Any]) -> Setup:
        given: dict[str, Any] = {"class": kind, "guidance": guidance, "seed": seed} | words
        return read_setup(source, given["class"], given["guidance"], given["seed"], count)

    settings = {"sampler": sampler, "schedule": schedule, "steps": steps, "measured": measure}
    axes = {"rows": _axis(rows), "columns": _axis(columns)}
    what = plan(axes | settings, setup_for)
    with Progress(transient=True, disable=as_json) as bar:
        task = bar.add_task("Filling in", total=len(what.cells))
        for state in fill(what):
            bar.update(task, completed=len(state.made))
    whole, facts = sheet.picture(what, state.made), sheet.as_json(what, state.made)
    write_atomically(out, lambda p: whole.save(p, "PNG", optimize=True))
    table = out.with_suffix(".json")
    write_atomically(table, lambda p: p.write_text(facts, encoding="utf-8"))
    about = {"out": str(out), "facts": str(table), **json.loads(facts)}
    tell(about, f"Wrote {out} and {table}: {len(what.cells)} cells.", as_json)


def _axis(words: str) -> dict[str, list[str]]:
    kind, equals, values = words.partition("=")
    if not equals:
        raise InputError(
            "An axis must be kind=value,value, such as steps=5,10; you gave {words}.", words=words
        )
    return {kind.strip(): [value.strip() for value in values.split(",") if value.strip()]}


def _line(one: dict[str, Any], name: str) -> str:
    far = "stochastic: ends elsewhere by design" if one["stochastic"] else "from the reference"
    return (
        f"{name}: {one['steps']} steps, {one['nfe']} network calls, {one['seconds']:.2f} s, "
        f"{one['distance']:.4f} {far}"
    )
