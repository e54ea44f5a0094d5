"""`playground list`: schedules, samplers, guidance, clouds, checkpoints and runs."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from playground.cli import app
from playground.cli.options import AsJson, Checkpoints, Runs
from playground.errors import unknown

KINDS = ("schedules", "samplers", "guidance", "clouds", "checkpoints", "runs")


@app.command("list")
def listing(
    kind: Annotated[str, typer.Argument(help="One of them, or all.")] = "all",
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """List what there is, with sources and knobs."""
    from playground.diffusion import guidance, samplers, schedules
    from playground.library import SHIPPED, Library
    from playground.spaces import clouds
    from playground.training.runs import manager

    if kind not in (*KINDS, "all"):
        raise unknown("list", kind, (*KINDS, "all"))
    folders = (SHIPPED,) if checkpoints is None else (SHIPPED, checkpoints)
    library = Library(runs, folders)
    facts: dict[str, list[dict[str, Any]]] = {
        "schedules": [_about(schedules.entry(n)) for n in schedules.names()],
        "samplers": [_about(samplers.entry(n)) for n in samplers.names()],
        "guidance": [_about(guidance.entry(n)) for n in guidance.names()],
        "clouds": [_about(clouds.entry(n)) for n in clouds.names()],
        "checkpoints": [
            {"name": n, "file": str(p)} for n, p in (library.models() | library.points()).items()
        ],
        "runs": [{"name": n, "state": _state(manager, runs, n)} for n in manager.names(runs)],
    }
    shown = facts if kind == "all" else {kind: facts[kind]}
    if as_json:
        typer.echo(json.dumps(shown))
        return
    for title, rows in shown.items():
        typer.echo(title if rows else f"{title}: none")
        for row in rows:
            rest = [str(v) for k, v in row.items() if k not in ("name", "knobs")]
            knobs = ", ".join(row.get("knobs", {}))
            typer.echo(f"  {row['name']:<14} {' · '.join(rest)}{f' · {knobs}' if knobs else ''}")


@app.command()
def reference(
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Markdown file to write; else it is printed.")
    ] = None,
) -> None:
    """Write the reference of schedules, spacings, samplers and guidances."""
    from playground.files import write_atomically
    from playground.reference import markdown

    if out is None:
        typer.echo(markdown(), nl=False)
        return
    write_atomically(out, lambda p: p.write_text(markdown(), encoding="utf-8", newline="\n"))
    typer.echo(f"Wrote {out}.")


def _about(entry: Any) -> dict[str, Any]:
    knobs = {
        name: {"default": k.default, "help": k.help}
        | ({"choices": k.choices} if k.choices else {"low": k.low, "high": k.high})
        for name, k in entry.knobs.items()
    }
    return {"name": entry.name, "summary": entry.summary, "source": entry.source, "knobs": knobs}


def _state(manager: Any, runs: Path, name: str) -> str:
    return str(manager.status(manager.folder(runs, name)).state)
