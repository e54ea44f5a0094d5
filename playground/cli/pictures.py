"""`playground noise` and `playground sample`: pictures from the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from playground.cli import app, points
from playground.cli.making import (
    Pick,
    Sheet,
    changed,
    library_of,
    make,
    recipe_from,
    seeds_of,
    settings,
)
from playground.cli.options import AsJson, Checkpoints, Knobs, Runs, tell
from playground.errors import InputError


@app.command()
def noise(
    picture: Annotated[Path, typer.Argument(help="A picture file.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="Picture to write: .png, .jpg, .webp ...")
    ] = Path("noised.png"),
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
    from playground.export.pictures import check_suffix, write_picture
    from playground.spaces.images import encode, open_picture, to_pil

    check_suffix(out)
    if not 8 <= size <= 2048:
        raise InputError("--size must be from 8 to 2048; you gave {size}.", size=size)
    chosen = schedules.get(schedule, **settings(knob))
    level = chosen.level(t)
    x = noised(encode([open_picture(picture)], size), chosen, t, seed)
    write_picture(out, to_pil(x[0]))
    about = {"out": str(out), "schedule": repr(chosen), "t": t, "seed": seed, **level._asdict()}
    tell(about, f"Wrote {out}: alpha {level.alpha:.4f}, sigma {level.sigma:.4f}.", as_json)


@app.command()
def sample(
    model: Annotated[
        str | None,
        typer.Argument(help="A checkpoint's name or file, 'ideal: emoji' or 'ideal: moons'."),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", help=".png, .gif, .mp4, .npz, with all settings; points: .csv."
        ),
    ] = Path("samples.png"),
    made: Annotated[
        Path | None,
        typer.Option("--from", help="A file made here: the same again, but for what is given."),
    ] = None,
    count: Annotated[
        int | None, typer.Option("-n", help="Samples.", show_default="16, or 1000 points")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--class", help="A class of the model, 'one of each' or any.", show_default="any"
        ),
    ] = None,
    guidance: Annotated[
        float | None, typer.Option(help="Guidance scale; 1 is as learned.", show_default="1.0")
    ] = None,
    guidance_kind: Annotated[
        str | None, typer.Option(help="See `playground list`.", show_default="classifier_free")
    ] = None,
    schedule: Annotated[
        str | None, typer.Option(help="See `playground list`.", show_default="edm")
    ] = None,
    sampler: Annotated[
        str | None, typer.Option(help="See `playground list`.", show_default="dpmpp_2m")
    ] = None,
    steps: Annotated[str | None, typer.Option(help="1 to 10,000.", show_default="20")] = None,
    seed: Annotated[
        int | None,
        typer.Option(help="Of the first picture; the next have the next.", show_default="0"),
    ] = None,
    pick: Pick = None,
    sheet: Sheet = False,
    knob: Knobs = None,
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Make pictures or points with a model, or again what a file shows."""
    from playground.export.files import kind_of
    from playground.recipe import Recipe

    is_table = out.suffix.lower() == ".csv"
    if not is_table:
        kind_of(out, sheet=sheet)
    if made is None and model is None:
        raise InputError("Name a model, such as emoji, or give --from a file made here.")
    before = Recipe(str(model), seeds=tuple(range(16))) if made is None else recipe_from(made)
    library = library_of(checkpoints, runs)
    if made is None and count is None:
        count = points.usual_count(model, library)
    given = {
        "model": model,
        "class_name": kind,
        "guidance": guidance,
        "guidance_kind": guidance_kind,
        "schedule": schedule,
        "sampler": sampler,
        "steps": steps,
        "seeds": seeds_of(before.seeds, seed, count),
    }
    recipe = changed(before, given, settings(knob))
    recipe = recipe if pick is None else recipe.picked(pick)
    if is_table:
        points.write_table(recipe, library, out, as_json)
    else:
        make(recipe, library, out, sheet, as_json)
