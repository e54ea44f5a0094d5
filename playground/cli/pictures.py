"""`playground noise` and `playground sample`: pictures from the terminal."""

from pathlib import Path
from typing import Annotated, Any

import typer

from playground.cli import app, points
from playground.cli.options import AsJson, Checkpoints, Runs, tell
from playground.errors import InputError

Knobs = Annotated[list[str] | None, typer.Option("--knob", help="name=value; may be repeated.")]


def settings(given: list[str] | None) -> dict[str, Any]:
    """`name=value` words as a dict; numbers are numbers."""
    found: dict[str, Any] = {}
    for word in given or []:
        name, equals, value = word.partition("=")
        if not equals:
            raise InputError(f"--knob must be name=value; you gave {word}.")
        found[name] = float(value) if value.replace(".", "").replace("-", "").isdigit() else value
    return found


@app.command()
def noise(
    picture: Annotated[Path, typer.Argument(help="A picture file.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="PNG to write.")] = Path("noised.png"),
    schedule: Annotated[str, typer.Option(help="See `playground list`.")] = "cosine",
    t: Annotated[float, typer.Option(help="0 clean to 1 noisiest.")] = 0.5,
    seed: Annotated[int, typer.Option(help="Decides the noise.")] = 0,
    size: Annotated[int, typer.Option(help="Pixels a side, 8 to 2048.")] = 256,
    knob: Knobs = None,
    as_json: AsJson = False,
) -> None:
    """Noise a picture: alpha(t) x0 + sigma(t) eps."""
    from playground.diffusion import schedules
    from playground.diffusion.sample import noise as noised
    from playground.files import write_atomically
    from playground.spaces.images import encode, open_picture, to_pil

    if not 8 <= size <= 2048:
        raise InputError(f"--size must be from 8 to 2048; you gave {size}.")
    chosen = schedules.get(schedule, **settings(knob))
    level = chosen.level(t)
    x = noised(encode([open_picture(picture)], size), chosen, t, seed)
    write_atomically(out, lambda p: to_pil(x[0]).save(p, "PNG"))
    about = {"out": str(out), "schedule": repr(chosen), "t": t, "seed": seed, **level._asdict()}
    tell(about, f"Wrote {out}: alpha {level.alpha:.4f}, sigma {level.sigma:.4f}.", as_json)


@app.command()
def sample(
    model: Annotated[
        str, typer.Argument(help="A checkpoint's name or file, 'ideal: emoji' or 'ideal: moons'.")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help=".png or .gif; points: .csv, too.")
    ] = Path("samples.png"),
    count: Annotated[
        int | None, typer.Option("-n", help="Samples.", show_default="16, or 1000 points")
    ] = None,
    kind: Annotated[
        str, typer.Option("--class", help="A class of the model, 'one of each' or any.")
    ] = "any",
    guidance: Annotated[float, typer.Option(help="Guidance scale; 1 is as learned.")] = 1.0,
    guidance_kind: Annotated[str, typer.Option(help="See `playground list`.")] = "classifier_free",
    schedule: Annotated[str, typer.Option(help="See `playground list`.")] = "edm",
    sampler: Annotated[str, typer.Option(help="See `playground list`.")] = "dpmpp_2m",
    steps: Annotated[str, typer.Option(help="1 to 10,000.")] = "20",
    seed: Annotated[int, typer.Option(help="Of the first picture; the next have the next.")] = 0,
    knob: Knobs = None,
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Make pictures, or points, with a model."""
    import torch
    from rich.progress import track

    from playground import export
    from playground.diffusion import guidance as kinds
    from playground.diffusion import samplers, schedules
    from playground.diffusion.sample import sample as frames_of
    from playground.library import SHIPPED, Library
    from playground.sources import cond_for, denoiser, guidance_for, recipe_of

    if out.suffix.lower() not in (".png", ".gif", ".csv"):
        raise InputError(f"Cannot write {out.name}; end its name in .png or .gif.")
    given = settings(knob)
    of_sampler = {k: v for k, v in given.items() if k in samplers.entry(sampler).knobs}
    of_kind = {k: v for k, v in given.items() if k in kinds.entry(guidance_kind).knobs}
    of_schedule = {k: v for k, v in given.items() if k not in of_sampler | of_kind}
    curve, stepper = schedules.get(schedule, **of_schedule), samplers.get(sampler, **of_sampler)
    number = schedules.check_steps(steps)
    folders = (SHIPPED,) if checkpoints is None else (SHIPPED, checkpoints)
    library = Library(runs, folders)
    who, names = denoiser(model, library)
    are_points = len(who.shape) == 1
    if out.suffix.lower() == ".csv" and not are_points:
        raise InputError("Only points can be written as .csv; end the name in .png or .gif.")
    count = points.tell_count(count, are_points)
    guide = guidance_for(model, library, guidance_kind, guidance, of_kind)
    seeds = range(seed, seed + count)
    cond = cond_for(kind, names, seeds)
    made = frames_of(who, curve, stepper, steps=number, seeds=seeds, cond=cond, guidance=guide)
    kept: list[Any] = []
    nfe = 0
    for frame in track(made, "Sampling", total=number + 1, transient=True, disable=as_json):
        nfe = frame.nfe
        kept = [*kept, frame] if out.suffix.lower() == ".gif" else [frame]
    if are_points:
        labels = None if cond is None else torch.as_tensor(cond)
        points.save(out, kept, labels, names, recipe_of(model, library))
    else:
        export.save(out, [f.shown for f in kept] if len(kept) > 1 else [kept[0].x])
    about: dict[str, Any] = {
        "out": str(out),
        "model": model,
        "schedule": repr(curve),
        "sampler": repr(stepper),
        "guidance": repr(guide),
    }
    about |= {"steps": number, "nfe": nfe, "seeds": list(seeds)}
    tell(
        about,
        f"Wrote {out}: {count} {'points' if are_points else 'pictures'}, {nfe} network calls.",
        as_json,
    )
