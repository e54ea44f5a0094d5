"""The time machine: a run's rows of samples by step, and its kept models opened elsewhere."""

import base64
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.errors import UNEXPECTED, InputError
from playground.sources import choices
from playground.training.runs import manager
from playground.training.runs.folder import RunFolder
from playground.ui.context import Context
from playground.ui.i18n.text import Text, t
from playground.ui.page.contracts import from_json, plain, to_json
from playground.ui.page.part import page_part
from playground.ui.runtime.guard import guarded
from playground.ui.runtime.saying import said
from playground.ui.shell import Shell
from playground.ui.tabs.train import example
from playground.ui.tabs.train.messages import Row, RowList, RowQuestion
from playground.ui.tabs.train.view import View, clock, stamp

log = logging.getLogger(__name__)
STEP_SHOWN = "(run) => [run, +document.querySelector('#train-samples .scrub').dataset.step]"


@dataclass(frozen=True)
class Past:
    """The time machine, and the button that opens the model at its slider."""

    view: View
    run: gr.Dropdown
    button: gr.Button
    context: Context

    def opens_in(self, shell: Shell, tab: str) -> None:
        """Let the button choose the kept model in this tab, and go there."""
        library, model = self.context.library, shell.ports.models[tab]

        def open_at(run: str, step: float | None) -> tuple[Any, Any]:
            name = kept_model(self.context, run, step)
            return gr.Tabs(selected=tab), gr.Dropdown(choices(library, name), value=name)

        self.button.click(
            guarded(open_at),
            [self.run, gr.Number(visible=False)],
            [shell.tabs, model],
            js=STEP_SHOWN,
            api_name="train_open",
            show_progress="hidden",
        )


def build(context: Context, run: gr.Dropdown) -> Past:
    """Lay the time machine out here."""
    part = page_part(
        "tabs/train/page/time_machine",
        styles=["page/kit/play"],
        elem_id="train-samples",
        rows="",
        server_functions=[row_of(context)],
    )
    with gr.Row():
        button = gr.Button("Open in Denoise", elem_id="open-snapshot", scale=0, min_width=220)
    view = View(part, "rows", lambda run: stamp(run.samples, run.snapshots, run.ideal), _message)
    return Past(view, run, button, context)


def kept_model(context: Context, name: str, step: float | None) -> str:
    """Return the name of the kept model nearest to this step, or the newest; InputError: none."""
    run = manager.folder(context.library.runs, name)
    kept = run.snapshot_steps()
    if not kept:
        raise InputError("No model of {name} is kept yet; wait a few seconds.", name=name)
    return context.library.name_of(run.snapshot(_nearest(kept, step) if step else kept[-1]))


def _nearest(kept: list[int], step: float) -> int:
    """Return the nearest as the page does, on the scale on which the models were kept."""
    return min(kept, key=lambda k: abs(math.log(k / max(1.0, step))))


def _message(run: RunFolder) -> str:
    steps = [int(row.stem) for row in run.sample_rows()]
    return to_json(RowList(run.name, steps, run.snapshot_steps(), run.ideal.exists()))


def row_of(context: Context) -> Callable[[str], dict[str, Any]]:
    """Return what the page asks for, row by row."""

    def row(request: str) -> dict[str, Any]:
        """Return one row's picture and what to say of it, or the ideal row's."""
        try:
            asked = from_json(RowQuestion, request)
            run = _looked_at(context, asked.run)
            if asked.step == "ideal":
                return plain(Row(_read(run.ideal), []))
            step = int(asked.step)
            return plain(Row(_read(run.samples / f"{step:07d}.png"), _about(run, step)))
        except (InputError, OSError):
            return {"error": said(t("This row is gone."))}
        except Exception:
            log.exception("A row failed")
            return {"error": said(UNEXPECTED)}

    return row


def _looked_at(context: Context, name: str) -> RunFolder:
    runs = context.library.runs
    shown = example.of(runs) if name == example.NAME else None
    return shown or manager.folder(runs, name)


def _read(path: Any) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def _about(run: RunFolder, step: int) -> list[Text]:
    _, about = run.row(step)
    found = [match["copy"] for match in about["matches"]]
    copies = sum(copy is True for copy in found)
    texts = [t("after {time}", time=clock(about["seconds"]))]
    if copies:
        texts.append(
            t(
                "{copies} of {count} are copies of training pictures",
                copies=copies,
                count=len(found),
            )
        )
    return texts
