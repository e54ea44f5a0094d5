"""What stands beside the tabs: the stage with its beats, and the lesson."""

import json
from pathlib import Path

import gradio as gr

from playground.ui.page.joined import found
from playground.ui.page.route import UI, address

HERE = Path(__file__).parent
LESSON = HERE / "lesson.json"
STYLES = ("dialogs", "stage", "stage_train", "lesson")
TALK = ("stage", "stage_keys", "beats", "recorded", "beat_list")


def build(page: gr.Blocks) -> None:
    """Have the page run their scripts. Call it before `Link.build`: a link is followed last."""
    css = json.dumps("".join(_source(f"{name}.css") for name in STYLES))
    # Gradio's own way narrows @media rules to its part of the page
    style = f'document.head.append(make("style", {{ textContent: {css} }}));'
    words = f"const words = {json.dumps(address(LESSON.relative_to(UI).as_posix()))};"
    tools, talk = _source("page_tools.js"), "".join(_source(f"{name}.js") for name in TALK)
    for source in (style + words + _source("lesson.js"), talk):
        page.load(None, js=f"() => {{ {tools}{source} }}", api_visibility="private")


def _source(name: str) -> str:
    return found(name).read_text(encoding="utf-8")
