"""Many files from a person: Gradio's file input, which hands over what was sent and no more."""

from typing import Any

import gradio as gr
from gradio.data_classes import ListFiles


def files_input(**settings: Any) -> gr.File:
    """A gr.File for many files that hands over their paths (None without any).

    Gradio itself would also leave an empty temporary file a file behind, each time it is asked.
    """
    made = gr.File(file_count="multiple", **settings)
    made.preprocess = _handed_over  # type: ignore[assignment, method-assign]
    return made


def _handed_over(payload: ListFiles | None) -> list[str] | None:
    return None if payload is None else [file.path for file in payload]
