"""More that one can do with the run in view: rename, duplicate, continue and delete it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from playground.training.runs import lineage, manager, overview
from playground.ui.context import Context
from playground.ui.i18n.text import Value, t
from playground.ui.runtime.gradio_internals import upload_folder
from playground.ui.runtime.guard import guarded, plain
from playground.ui.runtime.saying import said
from playground.ui.tabs.train import service
from playground.ui.tabs.train.picture_source import RUN, SIZES, PictureForm, colour_of
from playground.ui.tabs.train.pictures import QUIET, Pictures
from playground.ui.tabs.train.runs import Runs
from playground.ui.tabs.train.start import Start, launch
from playground.ui.widgets.knobs import with_names


def build(context: Context, chosen: Pictures, start: Start, shown: Runs) -> None:
    """Lay the buttons out here, and what they ask before they do it."""
    with gr.Accordion("More with this run", open=False, elem_id="train-run-more"):
        with gr.Row(elem_classes="small-buttons"):
            rename = gr.Button("Rename", size="md", min_width=80, elem_id="train-rename")
            duplicate = gr.Button("Duplicate", size="md", min_width=80, elem_id="train-duplicate")
            go_on = gr.Button("Continue", size="md", min_width=80, elem_id="train-continue")
            delete = gr.Button("Delete", size="md", min_width=80, elem_id="train-delete")
        _rename(context, rename, chosen, shown)
        _duplicate(context, duplicate, chosen, start, shown)
        _continue(context, go_on, chosen, shown)
        _delete(context, delete, chosen, shown)


def _rename(context: Context, button: gr.Button, chosen: Pictures, shown: Runs) -> None:
    runs = context.library.runs
    with gr.Row(visible=False, elem_classes="bottom") as asked:
        name = gr.Textbox(label="New name", info="Of the run and of its model.", scale=3)
        yes = gr.Button("Rename it", variant="primary", min_width=100, elem_id="train-rename-yes")
        no = gr.Button("Cancel", min_width=80, elem_id="train-rename-no")

    def do(run: str, name: str) -> tuple[Any, Any]:
        renamed = manager.rename(manager.folder(runs, run), name)
        return gr.Dropdown(manager.names(runs), value=renamed.name), gr.Row(visible=False)

    _opens(button, no, asked)
    button.click(lambda run: run, shown.run, name, **QUIET)
    inputs, outputs = [shown.run, name], [shown.run, asked]
    done = yes.click(guarded(do), inputs, outputs, api_name="train_rename", show_progress="hidden")
    for renamed in (done, name.submit(guarded(do), inputs, outputs, **QUIET)):
        _of_a_known_run(context, chosen, renamed)


def _duplicate(
    context: Context, button: gr.Button, chosen: Pictures, start: Start, shown: Runs
) -> None:
    filled = ["source", "of_run", "size", "colour"]

    def do(run: str) -> list[Any]:
        form = service.form_of(context, run)
        channels, size = service.pictures_of(context, run)
        if size not in SIZES:
            other = "Its pictures have {size} pixels a side; choose one of these sizes."
            gr.Info(said(t(other, size=size)))
            size = min(SIZES, key=lambda one: abs(one - size))
        known = gr.Dropdown(manager.names(context.library.runs), value=run)
        return [RUN, known, size, colour_of(channels), *start.shown(form)]

    button.click(
        guarded(do),
        shown.run,
        [*(chosen.control(one) for one in filled), *start.controls.values()],
        api_name="train_duplicate",
        show_progress="hidden",
    ).success(None, js=_to("#train-start"), api_visibility="private")


def _continue(context: Context, button: gr.Button, chosen: Pictures, shown: Runs) -> None:
    def do(run: str, *values: Any) -> tuple[Any, service.Facts]:
        manager.folder(context.library.runs, run)  # or InputError, before any picture is read
        form = PictureForm(*values)
        more = None if form.is_empty else chosen.source.read(form)
        made = service.go_on(context, run, more, form.uploads)
        chosen.source.forget()
        count = (overview.shape(made) or (0,))[0]
        about: dict[str, Value] = {"name": made.name, "run": run, "count": f"{count:,}"}
        same = "{name} begins with the model of {run}, on the same {count} pictures."
        both = "{name} begins with the model of {run}, on its and your {count} pictures."
        gr.Info(plain(said(t(same, **about) if more is None else t(both, **about))))
        return launch(made)

    button.click(
        guarded(with_names(do, ["run", *chosen.parameters])),
        [shown.run, *chosen.inputs],
        [shown.run, shown.status],
        api_name="train_continue",
        show_progress="hidden",
    )


def _delete(context: Context, button: gr.Button, chosen: Pictures, shown: Runs) -> None:
    runs = context.library.runs
    with gr.Row(visible=False, elem_classes="bottom") as asked:
        gr.Markdown("Delete this run, its pictures and the files they came from, for good?")
        yes = gr.Button(
            "Yes, delete", variant="stop", scale=0, min_width=160, elem_id="train-delete-yes"
        )
        no = gr.Button("No", scale=0, min_width=120, elem_id="train-delete-no")

    def do(run: str) -> tuple[Any, Any]:
        lineage.delete(manager.folder(runs, run), within=upload_folder())
        chosen.source.forget()
        known = manager.names(runs)
        return gr.Dropdown(known, value=known[0] if known else None), gr.Row(visible=False)

    def still_there(files: list[str] | None) -> Any:
        left = [file for file in files or () if Path(file).exists()]
        return gr.File(value=left or None) if len(left) < len(files or ()) else gr.skip()

    _opens(button, no, asked)
    done = yes.click(
        guarded(do), shown.run, [shown.run, asked], api_name="train_delete", show_progress="hidden"
    )
    files = chosen.control("files")
    done.success(guarded(still_there), files, files, **QUIET)
    _of_a_known_run(context, chosen, done)


def _of_a_known_run(context: Context, chosen: Pictures, done: gr.events.Dependency) -> None:
    """Have pictures of a run that went with this no longer chosen: Continue would look for it."""
    of_run = chosen.control("of_run")

    def still_known(name: str | None) -> Any:
        known = manager.names(context.library.runs)
        return gr.Dropdown(known, value=name if name in known else None)

    done.success(guarded(still_known), of_run, of_run, **QUIET)


def _opens(button: gr.Button, no: gr.Button, asked: gr.Row) -> None:
    """Let the button open this row, and another one close it."""
    for pressed, visible in ((button, True), (no, False)):
        pressed.click(_showing(visible), None, asked, **QUIET)


def _showing(visible: bool) -> Callable[[], Any]:
    return lambda: gr.Row(visible=visible)


def _to(place: str) -> str:
    return f"() => document.querySelector('{place}').scrollIntoView({{block: 'nearest'}})"
