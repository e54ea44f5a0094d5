"""The copy meter: samples beside their nearest training pictures, and how many are copies."""

from typing import Any

import gradio as gr

from playground.checkpoint import read_tensors
from playground.errors import InputError
from playground.training.data.dataset import FEW
from playground.training.runs.folder import RunFolder, read_lines
from playground.ui.context import Context
from playground.ui.i18n.text import Text, t
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part
from playground.ui.tabs.train.loss import FIGURE
from playground.ui.tabs.train.messages import Copies, Verdict
from playground.ui.tabs.train.view import View, png, stamp

RULE = t(
    "A sample counts as a copy when it lies nearer to a training picture than half of that "
    "picture's distance to its own nearest neighbour in the training set."
)


def build(context: Context, run: gr.Dropdown) -> View:
    """Lay the meter out here."""
    part = page_part("tabs/train/page/copy_meter", styles=[FIGURE], copies="")
    return View(part, "copies", lambda run: stamp(run.copies), _message)


def _message(run: RunFolder) -> str:
    try:
        tensors, about = read_tensors(run.copies, "copies")
    except InputError:  # not there yet
        return ""
    matches = [Verdict(m["distance"], m["neighbour"], m["copy"]) for m in about["matches"]]
    message = Copies(
        run=run.name,
        step=about["step"],
        headline=headline(about),
        base=base_rate(about),
        warning=warning(about),
        rule=RULE,
        matches=matches,
        samples=png(tensors["samples"].float()),
        nearest=png(tensors["nearest"].float()),
        shares=[(line["step"], line["share"]) for line in read_lines(run.copy_shares)],
    )
    return to_json(message)


def headline(about: dict[str, Any]) -> Text:
    """Return how many samples are copies, as a sentence."""
    if about["share"] is None:
        return t("With one picture there is no telling a copy.")
    copies, count = about["copies"], about["count"]
    if not copies:
        return t("None of {count} samples are copies.", count=count)
    if copies == 1:
        return t("{copies} of {count} samples is a copy.", copies=copies, count=count)
    return t("{copies} of {count} samples are copies.", copies=copies, count=count)


def base_rate(about: dict[str, Any]) -> Text:
    """Return how many pictures that are none would count as copies, too."""
    if about["held_out_share"] is None:
        return t("No picture is held out, so there is nothing to compare with.")
    held_out = about["held_out"]
    copies = round(about["held_out_share"] * held_out)
    if not copies:
        return t(
            "To compare: none of {count} held-out pictures, which the run never saw, would count "
            "as copies by the same rule.",
            count=held_out,
        )
    if copies == 1:
        return t(
            "To compare: {copies} of {count} held-out pictures, which the run never saw, would "
            "count as one by the same rule.",
            copies=copies,
            count=held_out,
        )
    return t(
        "To compare: {copies} of {count} held-out pictures, which the run never saw, would count "
        "as copies by the same rule.",
        copies=copies,
        count=held_out,
    )


def warning(about: dict[str, Any]) -> Text | None:
    """Return a plain word where the set is too small to do anything but remember."""
    count = about["pictures"]
    if count >= FEW:
        return None
    if count == 1:
        return t(
            "With one picture a model can do little but remember; train on {few} or more.", few=FEW
        )
    return t(
        "With {count} pictures a model can do little but remember; train on {few} or more.",
        count=count,
        few=FEW,
    )
