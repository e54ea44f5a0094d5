"""A part of the page: gr.HTML with the .html, .css and ES module that lie beside each other."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from playground.ui.page.route import UI, address

# The module's address is baked in: a part whose tab was never opened has only the props that came
# last. `signal` fires when the part leaves the page, and its module lets go of everything.
MOUNT = """
const module = (path) => import(new URL(path, window.gradio_config.root + "/").href);
Promise.all([module(KIT), module(PART)]).then(([{ leaving }, { mount }]) =>
  mount({ element, props, server, trigger, watch, upload, signal: leaving(element) }),
).catch((error) => console.error(error));
"""
PART = "page-part"  # says its own texts; those of other elements are looked up in its stead
STARTED = """(...values) => import(new URL(SCRIPT, window.gradio_config.root + "/").href)
  .then(({ start }) => start(ABOUT, ...values))"""


def page_part(
    name: str,
    *,
    styles: Sequence[str] = (),
    elem_id: str | None = None,
    server_functions: Sequence[Callable[..., Any]] = (),
    **props: Any,
) -> gr.HTML:
    """Return the part `name`, "tabs/live/page/live_board": its .html, .css and .js below ui.

    The script exports `mount`; Python talks to it by its props. styles: names of style sheets of
    other parts that come before its own.
    """
    script = f"{name}.js"
    if not (UI / script).is_file():
        raise FileNotFoundError(UI / script)
    baked = MOUNT.replace("KIT", json.dumps(address("page/kit/leaving.js")))
    return gr.HTML(
        html_template=_text(f"{name}.html"),
        js_on_load=baked.replace("PART", json.dumps(address(script))),
        css_template="\n".join(_text(f"{one}.css") for one in (*styles, name)),
        elem_id=elem_id or Path(name).name,
        elem_classes=PART,
        container=False,
        padding=False,
        server_functions=list(server_functions),
        **props,
    )


def started(script: str, about: Any = None) -> str:
    """Return the JavaScript of an event that calls `start(about, ...values)` of a module."""
    if not (UI / script).is_file():
        raise FileNotFoundError(UI / script)
    told = json.dumps(about, ensure_ascii=False)
    return STARTED.replace("SCRIPT", json.dumps(address(script))).replace("ABOUT", told)


def _text(name: str) -> str:
    file = UI / name
    return file.read_text(encoding="utf-8") if file.is_file() else ""
