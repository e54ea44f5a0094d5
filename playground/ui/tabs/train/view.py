"""A part of the page that shows one side of a run, and is sent anew only where that changed."""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from torch import Tensor

from playground.spaces.images import contact_sheet
from playground.training.runs.folder import RunFolder


@dataclass(frozen=True)
class View:
    """A component, what it depends on in a run's folder, and the property it is sent."""

    part: gr.HTML
    prop: str
    stamp: Callable[[RunFolder], Any]  # equal stamps, equal messages
    message: Callable[[RunFolder], str]

    def update(self, run: RunFolder | None) -> gr.HTML:
        """Return what to send for this run, or for none."""
        props: dict[str, Any] = {self.prop: self.message(run) if run else ""}
        return gr.HTML(**props)


def stamp(*files: Path) -> tuple[Any, ...]:
    """Return when these files changed last; None for one that is not there."""
    return tuple(_changed(file) for file in files)


def _changed(file: Path) -> tuple[int, int] | None:
    try:
        about = file.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size


def png(x: Tensor) -> str:
    """Write pictures (B,C,H,W) side by side as a PNG in base64, 2 pixels apart."""
    data = io.BytesIO()
    contact_sheet(x, len(x)).save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


def clock(seconds: float) -> str:
    """Write seconds as h:mm:ss, or m:ss below an hour."""
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
