"""Where the files lie that come with the program: bundled pictures, shipped checkpoints."""

from importlib import resources
from pathlib import Path


def folder(name: str) -> Path:
    """Return the folder `name`: within the package as installed, beside it in a clone."""
    installed = Path(str(resources.files("playground"))) / name
    return installed if installed.is_dir() else installed.parent.parent / name


ASSETS = folder("assets")
SHIPPED = folder("checkpoints")
