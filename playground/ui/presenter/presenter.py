"""What stands beside the tabs: the stage with its beats, and the lesson."""

from collections.abc import Sequence
from pathlib import Path

import gradio as gr

from playground.ui.page.part import page_part
from playground.ui.shell import Tab

HERE = Path(__file__).parent
LESSON = HERE / "lesson.json"
STYLES = ("dialogs", "stage", "lesson")


def build(tabs: Sequence[Tab]) -> None:
    """Lay out the part that makes their buttons and boxes."""
    with gr.Row(elem_classes="unseen"):
        page_part(
            "presenter/page/presenter",
            stages=[part for tab in tabs for part in tab.stage],
            starts={tab.id: list(tab.starts) for tab in tabs if tab.starts},
        )


def style(tabs: Sequence[Tab]) -> str:
    """Return the <style> of the stage and the boxes, for the page's head.

    Gradio's own way narrows @media rules to its part of the page.
    """
    own = [HERE / "page" / f"{name}.css" for name in STYLES]
    files = [*own, *(tab.stage_style for tab in tabs if tab.stage_style)]
    return f"<style>{''.join(file.read_text(encoding='utf-8') for file in files)}</style>"
