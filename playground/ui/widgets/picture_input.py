"""A picture from a person: Gradio's image input, with the decoding left to this program."""

from typing import Any

import gradio as gr
from gradio.data_classes import GradioRootModel, ImageData


class _Given(GradioRootModel):
    """An upload from the page, or a bare name from the API."""

    root: ImageData | str


def picture_input(**settings: Any) -> gr.Image:
    """A gr.Image that hands over the uploaded file's path, unread (None without a picture).

    Over the API a bare word is handed over as it is, so it may name a bundled picture: the handler
    must not open it as a path.

    Gradio itself would decode the file first: bombs would fill the memory, 16 bits be clipped and
    transparency dropped. `spaces.images.open_picture` does each of them right, with words.
    The instance is changed and no class derived, since Gradio writes a file beside each such class.
    """
    made = gr.Image(type="filepath", **settings)
    made.data_model = _Given  # type: ignore[assignment]
    made.preprocess = _handed_over  # type: ignore[assignment, method-assign]
    return made


def _handed_over(payload: _Given | None) -> str | None:
    if payload is None:
        return None
    return payload.root if isinstance(payload.root, str) else payload.root.path
