"""Bundled pictures to choose from, shown small; gr.Examples has each page fetch them whole."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import gradio as gr

from playground.spaces.images import open_picture
from playground.ui.media.downloads import download_path, shared_copy
from playground.ui.runtime.guard import for_all

SHOWN = 160  # pixels, as sharp as a phone shows them


def bundled(paths: Sequence[Path], picture: gr.Image, label: str) -> None:
    """Lay them out here; the one that is pressed becomes the picture."""
    small = [[_small(path)] for path in paths]
    shown = gr.Dataset(components=[picture], samples=small, type="index", label=label)
    shown.click(
        for_all(lambda number: shared_copy(paths[number])),
        shown,
        picture,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )


@lru_cache
def _small(path: Path) -> str:
    file = download_path(f"{path.stem}.jpg")
    image = open_picture(path)
    image.thumbnail((SHOWN, SHOWN))
    image.save(file, quality=85)
    return file
