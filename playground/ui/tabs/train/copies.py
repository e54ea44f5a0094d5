"""The copy meter: samples beside their nearest training pictures, and how many are copies."""

import json
from typing import Any

import gradio as gr

from playground.checkpoint import read_tensors
from playground.errors import InputError
from playground.training.data.dataset import FEW
from playground.training.runs import manager
from playground.training.runs.folder import RunFolder, read_lines
from playground.ui.context import Context
from playground.ui.page.joined import joined_part
from playground.ui.runtime.guard import guarded
from playground.ui.tabs.train.view import View, png, stamp

RULE = (
    "A sample counts as a copy when it lies nearer to a training picture than half of that "
    "picture's distance to its own nearest neighbour in the training set."
)


def build(context: Context, run: gr.Dropdown) -> View:
    """Lay the meter out here."""
    part = joined_part("copy_meter", copies="")
    asked = gr.Button(visible=False)
    asked.click(
        guarded(lambda name: facts(context, name)),
        run,
        gr.JSON(visible=False),
        api_name="train_copies",
    )
    return View(part, "copies", lambda run: stamp(run.copies), _message)


def facts(context: Context, name: str) -> dict[str, Any]:
    """The newest verdicts of a run, a sample each, and the shares of copies so far."""
    run = manager.folder(context.library.runs, name)
    about = read_tensors(run.copies, "copies")[1] if run.copies.exists() else {}
    about.pop("kind", None)
    return {"run": name, "rule": RULE, **about, "shares": read_lines(run.copy_shares)}


def _message(run: RunFolder) -> str:
    try:
        tensors, about = read_tensors(run.copies, "copies")
    except InputError:  # not there yet
        return ""
    return json.dumps(
        {
            "run": run.name,
            "step": about["step"],
            "headline": headline(about),
            "base": base_rate(about),
            "warning": warning(about),
            "rule": RULE,
            "matches": [[m["distance"], m["neighbour"], m["copy"]] for m in about["matches"]],
            "samples": png(tensors["samples"].float()),
            "nearest": png(tensors["nearest"].float()),
            "shares": [[line["step"], line["share"]] for line in read_lines(run.copy_shares)],
        }
    )


def headline(about: dict[str, Any]) -> str:
    """How many samples are copies, as a sentence."""
    if about["share"] is None:
        return "With one picture there is no telling a copy."
    copies, count = about["copies"], about["count"]
    return f"{copies or 'None'} of {count} samples {'is a copy' if copies == 1 else 'are copies'}."


def base_rate(about: dict[str, Any]) -> str:
    """How many pictures that are none would count as copies, too."""
    if about["held_out_share"] is None:
        return "No picture is held out, so there is nothing to compare with."
    copies = round(about["held_out_share"] * about["held_out"])
    return (
        f"To compare: {copies or 'none'} of {about['held_out']} held-out pictures, which the run "
        f"never saw, would count as {'one' if copies == 1 else 'copies'} by the same rule."
    )


def warning(about: dict[str, Any]) -> str:
    """A plain word where the set is too small to do anything but remember."""
    count = about["pictures"]
    if count >= FEW:
        return ""
    what = "one picture" if count == 1 else f"{count} pictures"
    return f"With {what} a model can do little but remember; train on {FEW} or more."
