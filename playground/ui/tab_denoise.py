"""The denoise tab."""

from playground.ui.house import House

CSS = ""


def build(house: House) -> None:
    """Lay the tab out."""
