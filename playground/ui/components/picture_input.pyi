"""A picture from a person: Gradio's image input, with the decoding left to this program."""

from typing import Any

import gradio as gr

class PictureInput(gr.Image):
    """gr.Image that hands over the file's path unread.

    Gradio itself would decode the file first: bombs would fill the memory, 16 bits be clipped and
    transparency dropped. `spaces.images.open_picture` does each of them right, with words.
    """

    def get_block_name(self) -> str:
        """In the page it is Gradio's own image input."""
        return "image"

    def preprocess(self, payload: Any) -> str | None:
        """The path of the uploaded file."""
        return payload.path if payload else None
    from typing import Callable, Literal, Sequence, Any, TYPE_CHECKING
    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component
