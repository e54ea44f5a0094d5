"""`playground distill`: a model that draws in one to four calls, from one that needs many."""

from pathlib import Path
from typing import Annotated, Any

import typer

from playground.cli import app, progress
from playground.cli.options import AsJson, Checkpoints, tell
from playground.errors import InputError

SAVE_SECONDS = 60.0


@app.command()
def distill(
    teacher: Annotated[str, typer.Argument(help="The model to learn from: emoji, a run, a file.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The new model's folder.")],
    minutes: Annotated[float, typer.Option(help="Time, in all sittings together.")] = 30.0,
    steps: Annotated[int | None, typer.Option(help="Updates, in place of minutes.")] = None,
    guidance: Annotated[
        float | None, typer.Option(help="The teacher's, baked in.", show_default="2, or 1")
    ] = None,
    batch: Annotated[int | None, typer.Option(help="Points an update.", show_default="32")] = None,
    rate: Annotated[
        float | None, typer.Option("--learning-rate", help="Peak, of Muon.", show_default="0.01")
    ] = None,
    adam_rate: Annotated[
        float | None, typer.Option(help="Peak, of AdamW.", show_default="0.004")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of noise and order.", show_default="0")] = None,
    resume: Annotated[bool, typer.Option(help="Go on with the model in --out.")] = False,
    checkpoints: Checkpoints = None,
    as_json: AsJson = False,
) -> None:
    """Distil a model into one that draws in 1 to 4 calls, guidance included; Ctrl-C saves.

    playground sample NAME --sampler consistency --schedule flow --steps 2 draws in two calls.
    """
    from playground.checkpoint import Checkpoint
    from playground.library import SHIPPED, Library
    from playground.machine import cores, lower_priority, set_threads, trainer_threads
    from playground.training.loop.distill import DistillConfig, DistillRun

    folders = (SHIPPED,) if checkpoints is None else (SHIPPED, checkpoints)
    model = Checkpoint.load(Library(out.parent, folders).path(teacher))
    given: dict[str, Any] = {
        "guidance": guidance,
        "batch": batch,
        "learning_rate": rate,
        "adam_rate": adam_rate,
        "seed": seed,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    changes |= {"steps": steps, "minutes": minutes if steps is None else None}
    last = out / "last.safetensors"
    set_threads(trainer_threads(cores()))
    lower_priority()
    if resume:
        run = DistillRun.resume(last, model, **changes)
    else:
        if out.exists() and any(out.iterdir() if out.is_dir() else [out]):
            raise InputError("{out} exists already; choose another -o, or --resume it.", out=out)
        if not model.config.classes:
            changes.setdefault("guidance", 1.0)
        run = DistillRun(model, DistillConfig(**changes))
    out.mkdir(parents=True, exist_ok=True)

    def save() -> None:
        run.save(last)
        run.checkpoint(out.name).save(out / "checkpoint.safetensors")

    loss = progress.train(run, save, SAVE_SECONDS, as_json, "points")
    state = "finished" if run.progress() == 1 else "stopped"
    about = {
        "checkpoint": str(out / "checkpoint.safetensors"),
        "state": state,
        "step": run.step,
        "seconds": round(run.seconds, 1),
        "loss": loss,
    }
    again = "" if state == "finished" else f" Go on: playground distill {teacher} -o {out} --resume"
    tell(about, f"{state.capitalize()}: the model is {about['checkpoint']}.{again}", as_json)
