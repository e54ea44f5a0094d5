"""A part of the page with its own script: gr.HTML with the .html and .js that lie here."""

from pathlib import Path
from typing import Any

import gradio as gr

HERE = Path(__file__).parent


def page_part(name: str, **props: Any) -> gr.HTML:
    """A gr.HTML built from `name`.html and `name`.js; Python talks to it by its props."""
    return gr.HTML(
        html_template=(HERE / f"{name}.html").read_text(encoding="utf-8"),
        js_on_load=(HERE / f"{name}.js").read_text(encoding="utf-8"),
        css_template=(HERE / f"{name}.css").read_text(encoding="utf-8"),
        elem_id=props.pop("elem_id", name),
        container=False,
        padding=False,
        **props,
    )
