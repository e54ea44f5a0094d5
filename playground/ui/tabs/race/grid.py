"""A grid of settings: its axes are chosen, it fills in cell by cell, and it is saved."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gradio as gr

from playground.diffusion.sample import SAMPLER, SCHEDULE
from playground.errors import InputError
from playground.files import write_atomically
from playground.serving.joined import ENGINE
from playground.studio import sheet
from playground.studio.axes import KINDS, MOST
from playground.studio.grid import Made, Plan, fill, plan
from playground.ui.i18n.text import Text
from playground.ui.media.downloads import DOWNLOAD, download_path
from playground.ui.page.contracts import to_json
from playground.ui.page.part import page_part, started
from playground.ui.permalinks.restorable import as_value, given_again, shown_again
from playground.ui.runtime.guard import for_all
from playground.ui.runtime.queueing import in_turn
from playground.ui.tabs.race.grid_stream import grid_news
from playground.ui.tabs.race.messages import waiting_message
from playground.ui.tabs.race.service import registry_facts
from playground.ui.tabs.race.setup import SetupControls, SetupForm

FIRST = {
    "rows": {"sampler": ["ddim", "heun", "dpmpp_2m", "ddpm"]},
    "columns": {"steps": [5, 10, 20, 40]},
    "sampler": SAMPLER,
    "schedule": SCHEDULE,
    "steps": 20,
    "measured": True,
}


@dataclass
class Filled:
    """The grid that a page shows."""

    plan: Plan | None = None
    cells: list[Made] = field(default_factory=list)


def _state(value: str) -> dict[str, Any]:
    """Return the grid as a link tells it; whether it can be filled in is seen when it is."""
    try:
        state = json.loads(value)
    except ValueError:
        state = None
    if not isinstance(state, dict) or not all(
        isinstance(state.get(axis), dict)
        and len(state[axis]) == 1
        and all(kind in KINDS and isinstance(values, list) for kind, values in state[axis].items())
        for axis in ("rows", "columns")
    ):
        raise InputError('Say what the grid holds as {"rows": {"sampler": ["ddim"]}, ...}.')
    return {**FIRST, **{name: state[name] for name in FIRST if name in state}}


def build(controls: SetupControls) -> None:
    """Lay the grid out."""
    context = controls.context
    with gr.Row(elem_classes="race-buttons"):
        go = gr.Button("Fill in", variant="primary", elem_id="grid-go", scale=2, min_width=90)
        stop = gr.Button("Stop", variant="stop", elem_id="grid-stop", scale=1, min_width=70)
        saves = [
            (gr.Button(kind.upper(), elem_id=f"grid-save-{kind}", scale=1, min_width=70), kind)
            for kind in ("png", "csv", "json")
        ]
    fixed: dict[str, Any] = {
        "registry": json.dumps(registry_facts()),
        "kinds": json.dumps({name: kind.title for name, kind in KINDS.items()}),
        "most": MOST,
    }
    classes = json.dumps(controls.choice.classes)
    part = page_part(
        "tabs/race/page/grid",
        classes=classes,
        value=as_value(FIRST),
        filled="",
        given="",
        **fixed,
    )
    shown_again(part, lambda value, _: given_again(_state(value), classes=classes, **fixed))
    facts, filled = gr.JSON(visible=False), gr.State(Filled())

    def planned(form: SetupForm, grid: Any) -> Plan:
        fields = {"class": "class_name", "guidance": "guidance", "seed": "seed"}

        def setup_for(words: dict[str, Any]) -> Any:
            return replace(form, **{fields[k]: value for k, value in words.items()}).setup(context)

        return plan(grid, setup_for)

    def run(form: SetupForm, grid: Any) -> Iterator[tuple[Filled, gr.HTML, list[dict[str, Any]]]]:
        what = planned(form, grid)
        now = Filled(what)
        with (
            ENGINE.sampling(what.cells[0].setup.denoiser),  # type: ignore[arg-type]
            closing(grid_news(fill(what))) as stream,  # type: ignore[type-var]
        ):
            for cells, news in stream:
                now.cells = cells
                yield now, gr.HTML(filled=to_json(news)), [one.about for one in cells]

    def waiting(place: Text | None) -> tuple[Any, gr.HTML, Any]:
        return gr.skip(), gr.HTML(filled=waiting_message(place)), gr.skip()

    def once(form: SetupForm, grid: Any) -> tuple[str, list[dict[str, Any]]]:
        what = planned(form, grid)
        *_, state = fill(what)
        path = _saved(Filled(what, state.made), "png")
        return path, [one.about for one in state.made]

    running = go.click(
        in_turn(controls.handled(run, "grid"), waiting),
        [*controls.components, part],
        [filled, part, facts],
        api_name="grid",
        show_progress="hidden",
        js=started("tabs/race/page/starting.js", "grid"),
        trigger_mode="multiple",
        concurrency_limit=None,
    )
    stop.click(None, None, None, cancels=[running], api_visibility="private")
    halt = started("tabs/race/page/halting.js", "grid")
    stop.click(None, None, None, js=halt, api_visibility="private")
    whole = gr.Button(visible=False)
    whole.click(
        in_turn(controls.handled(once, "grid"), waiting),
        [*controls.components, part],
        [gr.File(visible=False), gr.JSON(visible=False)],
        api_name="grid_png",
        concurrency_limit=None,
    )
    for button, kind in saves:
        file = gr.File(visible=False)
        saved = button.click(
            for_all(lambda filled, kind=kind: _saved(filled, kind)),
            filled,
            file,
            api_name=f"grid_save_{kind}",
            show_progress="hidden",
        )
        saved.success(None, file, None, js=DOWNLOAD, api_visibility="private")
    controls.choice.kind.change(
        for_all(lambda name: gr.HTML(classes=json.dumps(controls.choice.classes_for(name)))),
        controls.choice.model,
        part,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )


def _saved(filled: Filled, kind: str) -> str:
    """Return the path of the cells made so far as a file of this kind."""
    if filled.plan is None or not filled.cells:
        raise InputError("There is nothing to save yet; fill in a grid first.")
    path = download_path(f"grid.{kind}")
    if kind == "png":
        whole = sheet.picture(filled.plan, filled.cells)
        write_atomically(path, lambda p: whole.save(p, "PNG", optimize=True))
    else:
        table = sheet.as_csv if kind == "csv" else sheet.as_json
        Path(path).write_text(table(filled.plan, filled.cells), encoding="utf-8", newline="")
    return path
