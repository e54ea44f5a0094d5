"""`playground export`: a model as one file, or what was made as a file of another format."""

from pathlib import Path
from typing import Annotated

import typer

from playground.cli import app
from playground.cli.making import Pick, Sheet, library_of, make, recipe_from
from playground.cli.options import AsJson, Checkpoints, Runs, tell
from playground.errors import InputError

MADE = (".png", ".gif", ".mp4", ".npz", ".json")


@app.command()
def export(
    source: Annotated[
        Path, typer.Argument(help="A run's folder, a checkpoint, or a picture or film made here.")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help=".safetensors, or .png, .gif, .mp4, .npz.")
    ],
    half: Annotated[bool, typer.Option(help="Weights in 16 bits: half the size.")] = False,
    sheet: Sheet = False,
    pick: Pick = None,
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Write a run's model as one file, or make what a file shows again in another format."""
    if source.suffix.lower() in MADE and not source.is_dir():
        recipe = recipe_from(source)
        recipe = recipe if pick is None else recipe.picked(pick)
        make(recipe, library_of(checkpoints, runs), out, sheet, as_json)
        return
    if out.suffix.lower() in MADE:
        raise InputError(
            "{source} is nothing made here; use a PNG, GIF, MP4, NPZ or JSON that is.",
            source=source,
        )
    _model(source, out, half, as_json)


def _model(source: Path, out: Path, half: bool, as_json: bool) -> None:
    from dataclasses import replace

    from playground.checkpoint import Checkpoint

    if out.suffix.lower() != ".safetensors":
        raise InputError(
            "A model is written as {stem}.safetensors; end its name so.", stem=out.stem
        )
    path = source / "checkpoint.safetensors" if source.is_dir() else source
    checkpoint = replace(Checkpoint.load(path), name=out.stem)
    if half:
        weights = {k: v.half() for k, v in checkpoint.weights.items()}
        checkpoint = replace(checkpoint, weights=weights)
    checkpoint.save(out)
    about = {"out": str(out), "bytes": out.stat().st_size, "recipe": checkpoint.recipe}
    tell(about, f"Wrote {out}, {out.stat().st_size / 1e6:.1f} MB.", as_json)
