"""Parts whose scripts are still joined strings; each becomes a module, and this file goes."""

from pathlib import Path
from typing import Any

import gradio as gr

from playground.ui.page.route import UI


def joined_part(name: str, *, shared: tuple[str, ...] = (), **props: Any) -> gr.HTML:
    """Return a gr.HTML built from `name`.html and `name`.js; Python talks to it by its props.

    shared: names of scripts and styles that come before its own, after those of every part.
    """
    names = ("redrawn", *shared, name)
    return gr.HTML(
        html_template=found(f"{name}.html").read_text(encoding="utf-8"),
        js_on_load=_joined(names, "js"),
        css_template=_joined(names, "css"),
        elem_id=props.pop("elem_id", name),
        container=False,
        padding=False,
        **props,
    )


def found(file: str) -> Path:
    """Return where this file lies below the page's folders; their names are all different."""
    return next(UI.rglob(f"page/**/{file}"), UI / file)


def _joined(names: tuple[str, ...], kind: str) -> str:
    files = (found(f"{name}.{kind}") for name in names)
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())
