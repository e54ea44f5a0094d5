"""A picture from a person: Gradio's image input, with the decoding left to this program."""

from typing import Any

import gradio as gr


def picture_input(**settings: Any) -> gr.Image:
    """A gr.Image that hands over the uploaded file's path, unread (None without a picture).

    Gradio itself would decode the file first: bombs would fill the memory, 16 bits be clipped and
    transparency dropped. `spaces.images.open_picture` does each of them right, with words.
    The instance is changed and no class derived, since Gradio writes a file beside each such class.
    """
    made = gr.Image(type="filepath", **settings)
    made.preprocess = lambda payload: payload.path if payload else None  # type: ignore[method-assign]
    return made
