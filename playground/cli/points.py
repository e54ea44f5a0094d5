"""Training and sampling points from the terminal: the part that is not as for pictures."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from playground.cli import progress
from playground.cli.options import tell
from playground.errors import InputError

TABLES = (".csv", ".tsv", ".txt")
SAVE_SECONDS = 10.0
POINTS = 1000  # that are sampled unless told


def are_points(sources: Sequence[Path], cloud: str) -> bool:
    """Return whether a training is of points: a cloud by name, or a table of them."""
    if cloud and sources:
        raise InputError("Give a cloud by name or files, not both.")
    return bool(cloud) or (len(sources) == 1 and sources[0].suffix.lower() in TABLES)


def train(
    sources: Sequence[Path], cloud: str, out: Path, resume: bool, as_json: bool, **given: Any
) -> None:
    """Train a network on points until its budget or Ctrl-C; `out` holds it, and what resumes it."""
    from playground.machine import cores, set_threads, trainer_threads
    from playground.training.data import clouds
    from playground.training.loop.run import TrainingRun

    set_threads(trainer_threads(cores()))
    chosen = clouds.named(cloud) if cloud else _table(sources[0])
    last = out / "last.safetensors"
    if not resume and out.exists() and any(out.iterdir() if out.is_dir() else [out]):
        raise InputError("{out} exists already; choose another -o, or --resume it.", out=out)
    config = clouds.config(**{name: value for name, value in given.items() if value is not None})
    run = TrainingRun.resume(last, chosen.data) if resume else TrainingRun(config, chosen.data)
    out.mkdir(parents=True, exist_ok=True)

    def save() -> None:
        run.save(last)
        chosen.model(run.checkpoint(out.name)).save(out / "checkpoint.safetensors")

    loss = progress.train(run, save, SAVE_SECONDS, as_json, "points")
    distance, floor = _distance(run, chosen)
    state = "finished" if run.progress() == 1 else "stopped"
    about = {"checkpoint": str(out / "checkpoint.safetensors"), "state": state, "step": run.step}
    about |= {"seconds": round(run.seconds, 1), "loss": loss, "distance": distance, "floor": floor}
    sentence = (
        f"{state.capitalize()}: samples are {distance:.3f} from held-out points, real ones "
        f"{floor:.3f}. The model is {about['checkpoint']}."
    )
    tell(about, sentence, as_json)


def write_table(recipe: Any, library: Any, out: Path, as_json: bool) -> None:
    """Sample points as the recipe says and write them, in their cloud's coordinates, as CSV."""
    import torch

    from playground.files import write_text
    from playground.making import resolve
    from playground.spaces.points import write_csv

    made = resolve(recipe, library)
    if not made.are_points:
        raise InputError("Only points can be written as .csv; end the name in .png or .gif.")
    *_, last = made.frames()
    points = made.source.frame.decode(last.x)
    labels = None if made.cond is None else torch.tensor(made.cond)
    write_text(out, write_csv(points, labels, made.class_names))
    about = {"out": str(out), "model": made.model, "nfe": last.nfe, "points": len(points)}
    tell(about, f"Wrote {out}: {len(points)} points, {last.nfe} network calls.", as_json)


def _table(path: Path) -> Any:
    from playground.code_pages import text_of
    from playground.spaces.tables import read_csv
    from playground.training.data import clouds

    if (text := text_of(path.read_bytes())) is None:
        raise InputError("{name} is no text; give lines of x,y.", name=path.name)
    return clouds.given(*read_csv(text))


def _distance(run: Any, cloud: Any) -> tuple[float, float]:
    """Return the distance of samples to the held-out points, and that of as many real ones."""
    from playground.diffusion.sample import sample

    count = min(2000, len(cloud.data))
    labels = cloud.held_out.labels
    cond = None if labels is None else labels.repeat(-(-count // len(labels)))[:count]
    ways = sample(run.denoiser(), "flow", "dpmpp_2m", steps=20, seeds=range(count), cond=cond)
    *_, last = ways
    return cloud.distance(last.x), cloud.floor(count)


def usual_count(model: str | None, library: Any) -> int | None:
    """Return how many points there are unless told; None for a model of pictures."""
    from playground.sources import IDEAL
    from playground.spaces import clouds

    of_points = model is not None and (
        model in library.points() or model in [IDEAL + name for name in clouds.names()]
    )
    return POINTS if of_points else None


Cloud = typer.Option(help="Points in place of pictures: a cloud by name, such as moons.")
