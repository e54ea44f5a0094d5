"""How a run is doing: its figures, and in tabs its samples, its loss and its copies."""

from typing import Any

import gradio as gr
import psutil

from playground.errors import InputError
from playground.training.runs import manager
from playground.training.runs.folder import RunFolder
from playground.training.runs.metrics import newest
from playground.training.runs.queue import WAITING
from playground.ui.context import Context
from playground.ui.i18n.in_html import in_html
from playground.ui.i18n.text import Text, Value, joined, t
from playground.ui.runtime.guard import guarded
from playground.ui.runtime.on_load import at_start
from playground.ui.tabs.train import compare, copies, example, history, loss, run_list
from playground.ui.tabs.train.pictures import QUIET
from playground.ui.tabs.train.pulse import Pulse
from playground.ui.tabs.train.view import clock

NONE = t("There is no run yet: choose pictures and press Start.")
Seen = tuple[Any, ...] | None


def build(context: Context, page: gr.Blocks, run: gr.Dropdown, pulse: Pulse) -> history.Past:
    """Lay it out here, following the run that the dropdown names; its time machine."""
    runs = context.library.runs
    facts = gr.HTML("", elem_id="train-facts")
    # all parts are there from the start, to be told of what is new
    with gr.Tabs(overflow_behavior="wrap") as tabs:
        with gr.Tab("Samples", id="samples", render_children=True):
            past = history.build(context, run)
        with gr.Tab("Loss", id="loss", render_children=True) as loss_tab:
            losses = loss.build(context, run)
        with gr.Tab("Copies", id="copies", render_children=True) as copies_tab:
            meter = copies.build(context, run)
        with gr.Tab("All runs", id="runs", render_children=True) as runs_tab:
            listed = run_list.build(context, page, run, pulse, runs_tab)
            compare.build(context, listed, pulse, runs_tab)
    listed.opens_in(tabs, "samples")
    views = [past.view, *losses, meter]
    seen = gr.State(None)  # what this page shows now

    def now_of(name: str | None, found: RunFolder | None) -> list[Any]:
        text = _facts(context, found) if found else in_html(NONE, "p", "said")
        return [text, *((name, found and view.stamp(found)) for view in views)]

    def watched(name: str | None) -> Any:
        known = manager.names(runs)
        found = RunFolder(runs / name) if name and name in known else example.of(runs)
        return known, now_of(name, found)

    def show(name: str | None, seen: Seen) -> tuple[Any, ...]:
        known = manager.names(runs)
        chosen: dict[str, Any] = {}
        if name not in known:
            if name and seen and seen[-1] != name:  # renamed or deleted just now, it may be that
                return *[gr.skip()] * (len(shown) - 1), [*seen[:-1], name]  # another comes at once
            name = known[0] if known else None
            chosen = {"value": name}
        found = RunFolder(runs / name) if name else example.of(runs)
        text, *stamps = now_of(name, found)
        now = [(known, name), text, *stamps, None]
        changed = [a != b for a, b in zip(now, seen or [None] * len(now), strict=True)]
        return (  # sending only what is new keeps an open list open and the page calm
            # no value but where it must change: another may have been chosen since we were asked
            gr.Dropdown(known, **chosen) if changed[0] or chosen else gr.skip(),
            text if changed[1] else gr.skip(),
            *(
                view.update(found) if new else gr.skip()
                for view, new in zip(views, changed[2:-1], strict=True)
            ),
            now,
        )

    shown = [run, facts, *(view.part for view in views), seen]
    pulse.watch(watched)
    pulse.follow(run)
    pulse.beat(show, [run, seen], shown)
    anew = guarded(lambda name: show(name, None))
    # what was sent out of view may be lost
    gr.on([loss_tab.select, copies_tab.select], anew, run, shown, **QUIET)
    at_start(page, anew, [run], shown)
    return past


def _facts(context: Context, run: RunFolder) -> str:
    now = manager.status(run)
    cells: list[tuple[Text, Value]]
    cells = [(t("state"), Text(now.state)), (t("step"), f"{now.step:,}")]
    if now.loss is not None and now.images_per_second is not None:
        cells += [(t("loss"), f"{now.loss:.4f}"), (t("images/s"), f"{now.images_per_second:.0f}")]
        cells += [(t("learning rate"), _rate(run)), *_of_config(run, now.step)]
        cells += [(t("time"), clock(now.seconds))]
    if now.alive:
        cells += [(t("left"), clock(now.eta))] if now.eta is not None else []
        cells += [(t("memory"), _memory(run))]
    shown = "".join(
        f"<div>{in_html(name)}{in_html(joined([value]), 'b')}</div>" for name, value in cells
    )
    if run.name == example.NAME:
        message = in_html(joined([NONE, example.SAYS]), "p", "said")
    elif now.message:
        message = in_html(now.message, "p", "said" + " warn" * (now.state != WAITING))
    elif run.checkpoint.exists():
        model = context.library.name_of(run.checkpoint)
        text = t("Its model is <b>{model}</b> in the Denoise tab.", model=model)
        message = in_html(text, "p", "said")
    else:  # the line is kept, so that nothing moves when there is something to say
        soon = t("Its model can be used after some seconds of training.")
        message = in_html(soon, "p", "said")
    return f"<div class='facts-row'>{shown}</div>{message}"


def _rate(run: RunFolder) -> str:
    """Return the learning rate of the newest update."""
    lines = newest(run.metrics, 1)
    return f"{lines[-1]['learning_rate']:.2g}" if lines else "–"


def _of_config(run: RunFolder, step: int) -> list[tuple[Text, Value]]:
    """Return over how many updates the weights are averaged, a share of the run; its schedule."""
    try:
        config = run.config()
    except InputError:  # an older run, or a damaged one
        return [(t("EMA width"), "–")]
    width = round(config.ema * step)
    steps = t("1 step") if width == 1 else t("{n} steps", n=f"{width:,}")
    about: list[tuple[Text, Value]] = [(t("EMA width"), steps)]
    return [*about, (t("levels"), config.schedule)] if config.schedule else about


def _memory(run: RunFolder) -> str:
    """Return the memory of the trainer's process, rounded so that the figure stays calm."""
    try:
        used = psutil.Process(run.read("state.json")["pid"]).memory_info().rss
    except (InputError, KeyError, psutil.Error):
        return "–"
    return f"{used / 1e9:.2f} GB"
