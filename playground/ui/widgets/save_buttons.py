"""The buttons that save what the player shows, each in a format, with its settings in the file."""

import gradio as gr

from playground import export
from playground.ui.media.downloads import DOWNLOAD, download_path
from playground.ui.media.film_cache import Film
from playground.ui.runtime.guard import for_all


class SaveButtons:
    """A button a format, laid out where it is made; `follow` gives them their film."""

    def __init__(self) -> None:
        with gr.Row(elem_classes="save-row", elem_id="save-row") as self.row:
            self.buttons = {
                kind: gr.Button(
                    kind.upper() if kind != "sheet" else "Sheet",
                    min_width=46,
                    elem_id=f"save-{kind}",
                )
                for kind in export.FORMATS
            }
        self.file = gr.File(visible=False)

    def follow(self, film: gr.State, at_first: Film) -> None:
        """Save the film in this state at each press; at_first: until there is one."""
        for kind, button in self.buttons.items():
            made = button.click(
                for_all(lambda film, kind=kind: save(film or at_first, kind)),
                film,
                self.file,
                api_name=f"denoise_{kind}",
                show_progress="hidden",
            )
            made.success(None, self.file, None, js=DOWNLOAD, api_visibility="private")


def save(film: Film, kind: str) -> str:
    """Return the film in this format, as a file to download."""
    name = f"{film.name}-sheet.png" if kind == "sheet" else f"{film.name}.{kind}"
    path = download_path(name)
    export.written(path, film.take(), kind)
    return path
