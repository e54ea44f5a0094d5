"""A picture from a person: Gradio's image input, with the decoding left to this program."""

from typing import Any

import gradio as gr

from playground.ui.runtime.gradio_internals import UploadOrName, hands_over, paths_of


def picture_input(**settings: Any) -> gr.Image:
    """Lay out a gr.Image that hands over the upload's path, unread (None without a picture).

    Over the API a bare word is handed over as it is, so it may name a bundled picture: the handler
    must not open it as a path.

    Gradio itself would decode the file first: bombs would fill the memory, 16 bits be clipped and
    transparency dropped. `spaces.images.open_picture` does each of them right, with words.
    """
    made = gr.Image(type="filepath", **settings)
    hands_over(made, _name_or_path, UploadOrName)
    return made


def _name_or_path(payload: UploadOrName | None) -> str | None:
    if payload is None:
        return None
    given = payload.root
    return given if isinstance(given, str) else next(iter(paths_of(given)), None)
