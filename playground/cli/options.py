"""What several commands share: their options, and telling a program or a person."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]
Checkpoints = Annotated[Path | None, typer.Option(help="Folder of more checkpoints.")]
Runs = Annotated[Path, typer.Option(help="Folder of training runs.")]
Knobs = Annotated[list[str] | None, typer.Option("--knob", help="name=value; may be repeated.")]


def tell(about: dict[str, Any], sentence: str, as_json: bool) -> None:
    """Print facts for a program, or a sentence for a person."""
    typer.echo(json.dumps(about) if as_json else sentence)
