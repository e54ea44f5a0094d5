"""The Race tab: samplers and schedules side by side, from the same noise."""

import gradio as gr

from playground.ui.house import House
from playground.ui.race import grid, lanes
from playground.ui.race.shared import SetupControls
from playground.ui.race.target import RaceTarget


def build(house: House, page: gr.Blocks) -> RaceTarget:
    """Lay the tab out in this page; where settings from elsewhere go."""
    controls = SetupControls(house, page)
    with gr.Tabs(overflow_behavior="wrap"):
        with gr.Tab("Lanes", id="race-lanes"):
            target = lanes.build(controls)
        with gr.Tab("Grid", id="race-grid"):
            grid.build(controls)
    return target
