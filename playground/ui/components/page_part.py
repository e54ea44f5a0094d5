"""A part of the page with its own script: gr.HTML with the .html and .js that lie here."""

from pathlib import Path
from typing import Any

import gradio as gr

HERE = Path(__file__).parent


def page_part(name: str, *, shared: tuple[str, ...] = (), **props: Any) -> gr.HTML:
    """A gr.HTML built from `name`.html and `name`.js; Python talks to it by its props.

    shared: names of scripts and styles that come before its own, after those of every part.
    """
    names = ("redrawn", *shared, name)
    return gr.HTML(
        html_template=(HERE / f"{name}.html").read_text(encoding="utf-8"),
        js_on_load=_joined(names, "js"),
        css_template=_joined(names, "css"),
        elem_id=props.pop("elem_id", name),
        container=False,
        padding=False,
        **props,
    )


def _joined(names: tuple[str, ...], kind: str) -> str:
    files = (HERE / f"{name}.{kind}" for name in names)
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())
