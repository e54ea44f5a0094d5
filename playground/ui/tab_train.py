"""The Train tab: drop pictures, press Start, and watch samples sharpen."""

import gradio as gr

from playground.ui.house import House
from playground.ui.train import history, more, pictures, progress, runs, start, waiting


def build(house: House, page: gr.Blocks, tab: gr.Tab) -> history.Past:
    """Lay the tab out in this page; the part that opens kept models in another tab."""
    timer = gr.Timer(0.7)
    with gr.Row(equal_height=False):
        with gr.Column(scale=0, min_width=460, elem_classes="train-controls"):
            chosen = pictures.build(house)
            begin = start.build(house, tab, chosen)
            waiting.build(house, page, timer)
            chosen.taken.render()
        with gr.Column(scale=1, min_width=320):
            shown = runs.build(house)
            more.build(house, chosen, begin, shown)
            past = progress.build(house, page, shown.run, timer)
    begin.begins(shown)
    return past
