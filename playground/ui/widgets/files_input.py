"""Many files from a person: Gradio's file input, which hands over what was sent and no more."""

from typing import Any

import gradio as gr

from playground.ui.runtime.gradio_internals import hands_over, paths_of


def files_input(**settings: Any) -> gr.File:
    """Lay out a gr.File for many files that hands over their paths (None without any).

    Gradio itself would also leave an empty temporary file a file behind, each time it is asked.
    """
    made = gr.File(file_count="multiple", **settings)
    hands_over(made, lambda payload: None if payload is None else paths_of(payload))
    return made
