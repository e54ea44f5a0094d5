"""The Race tab: samplers and schedules side by side, from the same noise."""

import gradio as gr

from playground.ui.shell import Shell, Starts, Tab
from playground.ui.tabs.race import grid, lanes
from playground.ui.tabs.race.service import first_race
from playground.ui.tabs.race.setup import SetupControls


def build(shell: Shell, tab: gr.Tab) -> None:
    """Lay the tab out; other tabs may send it settings."""
    controls = SetupControls(shell.context, shell.page, tab)
    with gr.Tabs(overflow_behavior="wrap"):
        with gr.Tab("Lanes", id="race-lanes"):
            shell.ports.recipes["race"] = lanes.build(controls)
        with gr.Tab("Grid", id="race-grid"):
            grid.build(controls)


TAB = Tab(
    "race",
    "Race",
    build,
    group="Experiment",
    stage=("race", "grid"),
    starts=Starts("race", "race-go", "race-stop"),
    first=first_race,
    hints={
        "race-new-seed": "Another seed: other noise for all lanes and cells",
        "race-go": "Start all lanes from the same noise",
        "race-stop": "End it now; what the lanes made so far stays",
        "grid-go": "Sample every cell, one after the other",
        "grid-stop": "End it now; the cells made so far stay",
        "grid-save-png": "Save the cells made so far as one picture with its labels",
        "grid-save-csv": "Save settings, calls, seconds and distance of each cell as a table",
        "grid-save-json": "Save settings, calls, seconds and distance of each cell as JSON",
    },
)
