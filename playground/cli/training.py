"""`playground train`: models from the terminal."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from playground.cli import app, points
from playground.cli.making import settings
from playground.cli.options import AsJson, Knobs, tell
from playground.cli.progress import bar, stop_asked
from playground.errors import InputError

BATCH, ADAM = "64, and 8 with --from", "0.01, and 0.002 for all weights with --from"


@app.command()
def train(
    source: Annotated[
        list[Path] | None, typer.Argument(help="Pictures, folders, zips; or one CSV of points.")
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="The run's folder.")] = Path("runs/run"),
    size: Annotated[int, typer.Option(help="Pixels a side: 16 to 64, divisible by 4.")] = 32,
    fit: Annotated[str, typer.Option(help="Crop to a square: centre, smart, whole.")] = "centre",
    grey: Annotated[bool, typer.Option(help="Grey pictures.")] = False,
    minutes: Annotated[float | None, typer.Option(help="Training time.")] = None,
    steps: Annotated[int | None, typer.Option(help="Updates, in place of minutes.")] = None,
    start: Annotated[
        str, typer.Option("--from", help="A model to start from: emoji, a run, a file.")
    ] = "",
    batch: Annotated[
        int | None, typer.Option(help="Pictures an update.", show_default=BATCH)
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option("--learning-rate", help="Peak, of Muon.", show_default="0.02"),
    ] = None,
    adam_rate: Annotated[
        float | None, typer.Option(help="Peak, of AdamW: not convolutions.", show_default=ADAM)
    ] = None,
    widths: Annotated[
        str, typer.Option(help="Channels at 1/2, 1/4, 1/8 size; not with --from.")
    ] = "48,64,96",
    blocks: Annotated[
        str, typer.Option(help="Residual blocks at each; not with --from.")
    ] = "1,1,2",
    flip: Annotated[bool, typer.Option(help="Mirror half of the pictures.")] = False,
    augment: Annotated[
        float, typer.Option(help="Share mirrored and moved in secret: copies less.")
    ] = 0.0,
    held_out: Annotated[float, typer.Option(help="Share kept from training.")] = 0.0,
    cloud: Annotated[str, points.Cloud] = "",
    target: Annotated[str, typer.Option(help="What is predicted: v, x0, eps or score.")] = "v",
    schedule: Annotated[
        str, typer.Option(help="Noise levels are its, not even in angle; see `playground list`.")
    ] = "",
    knob: Knobs = None,
    seed: Annotated[int, typer.Option(help="Of weights, order and noise.")] = 0,
    resume: Annotated[bool, typer.Option(help="Go on with the run in --out.")] = False,
    device: Annotated[str, typer.Option(help="auto (a GPU if there is one), cpu, cuda.")] = "auto",
    as_json: AsJson = False,
) -> None:
    """Train a model on pictures or points; Ctrl-C saves, --resume goes on.

    torchrun --nproc-per-node 4 -m playground train ... trains it on four processes.
    """
    from dataclasses import replace

    from playground.checkpoint import Checkpoint
    from playground.library import Library
    from playground.machine import cores, set_threads, trainer_threads
    from playground.training.config import TrainConfig
    from playground.training.data.dataset import Dataset
    from playground.training.distributed import parallel
    from playground.training.distributed.device import agreed
    from playground.training.loop import finetune
    from playground.training.runs import queue
    from playground.training.runs.folder import RunFolder
    from playground.training.runs.metrics import newest

    levels: dict[str, Any] = {"schedule": schedule, "schedule_knobs": settings(knob)}
    if points.are_points(source or [], cloud):
        given = {"batch": batch, "adam_rate": adam_rate, "seed": seed, "target": target, **levels}
        budget = {"steps": steps} if steps else {"minutes": 8 / 60 if minutes is None else minutes}
        points.train(source or [], cloud, out, resume, as_json, **given, **budget)
        return
    if not source:
        raise InputError("Give pictures, folders or zips, or --cloud with a cloud's name.")
    folder = RunFolder(out)

    def prepare() -> None:
        if resume or parallel.restarted(out):
            folder.config()
            return
        if out.exists() and any(out.iterdir() if out.is_dir() else [out]):
            raise InputError("{out} exists already; choose another -o, or --resume it.", out=out)
        config = TrainConfig(
            widths=_numbers("widths", widths),
            blocks=_numbers("blocks", blocks),
            steps=steps,
            minutes=(2.0 if minutes is None else minutes) if steps is None else None,
            flip=flip,
            augment=augment,
            held_out=held_out,
            seed=seed,
            target=target,
            **levels,
        )
        given: dict[str, Any] = {"batch": batch, "learning_rate": rate, "adam_rate": adam_rate}
        changes = {name: value for name, value in given.items() if value is not None}
        config = replace(config, **changes)
        model = Checkpoint.load(Library(out.parent).path(start)) if start else None
        dataset = Dataset.from_files(source, size, channels=1 if grey else 3, fit=fit)
        if not as_json:
            _tell_about(dataset)
        if model:
            config = finetune.settings(config, model, dataset, start=start, **changes)
        folder.create(dataset, config, model)
        parallel.note_launch(out)

    with parallel.joined() as world:
        set_threads(trainer_threads(cores(), world.local_size))
        place = agreed(device, world)
        world.settle(prepare if world.is_main else lambda: None)
        state = _train_with_bar(folder, as_json, world, place)
    if not world.is_main:
        return
    queue.advance(out.parent)
    lines = newest(folder.metrics, 1)
    about = {"run": str(out), "state": state, "checkpoint": str(folder.checkpoint)}
    about |= {k: lines[-1][k] for k in ("step", "loss", "seconds")} if lines else {}
    again = (
        ""
        if state == "finished"
        else f" Go on with: playground train {source[0]} -o {out} --resume"
    )
    tell(about, f"{state.capitalize()}: the model is {folder.checkpoint}.{again}", as_json)


def _tell_about(dataset: Any) -> None:
    classes = f" in {len(dataset.class_names)} classes" if dataset.class_names else ""
    typer.echo(f"{len(dataset)} pictures{classes}.")
    for problem in dataset.problems[:20]:
        typer.echo(f"Left out {problem}", err=True)
    if advice := dataset.advice():
        typer.echo(advice, err=True)


def _train_with_bar(folder: Any, quiet: bool, world: Any, device: Any) -> str:
    """Train here, with a progress bar; Ctrl-C or SIGTERM asks the trainer to save and end."""
    from playground.training.runs.worker import exclusive, truthful
    from playground.training.runs.worker import train as work

    with (
        stop_asked() as told,
        exclusive(folder, wait=5.0) if world.is_main else nullcontext(),
        truthful(folder, world),
        bar(quiet or not world.is_main) as shown,
    ):
        return work(folder, shown.show, told, world=world, device=device)


def _numbers(name: str, text: str) -> tuple[int, ...]:
    try:
        return tuple(int(word) for word in text.split(","))
    except ValueError as error:
        raise InputError("--{name} must be whole numbers such as 48,64,96.", name=name) from error
