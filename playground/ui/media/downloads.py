"""Files that a page offers for download, in Gradio's own folder for uploads and results."""

import os
import re
import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from playground.files import write_atomically

# What a page does with a file that was just made. A gr.DownloadButton downloads at the press what
# it had before the press: nothing the first time, and the last pictures later.
DOWNLOAD = """(file) => {
  const link = document.createElement("a");
  link.href = file.url;
  link.download = file.orig_name || "";
  document.body.append(link);
  link.click();
  link.remove();
}"""


def served_folder() -> Path:
    """Return the folder in which Gradio keeps uploads, and which it clears by age."""
    return Path(os.environ.get("GRADIO_TEMP_DIR") or Path(tempfile.gettempdir()) / "gradio")


def is_served(path: str) -> bool:
    """Return whether this file lies in that folder, so that showing it gives nothing away."""
    return Path(path).resolve().is_relative_to(served_folder().resolve())


def download_path(name: str) -> str:
    """Return a new path in that folder, ending in this name."""
    folder = served_folder() / uuid.uuid4().hex
    folder.mkdir(parents=True)
    return str(folder / name)


def is_download(path: str) -> bool:
    """Return whether this is such a new path, and no file that others are shown, too."""
    folder = Path(path).parent
    return folder.parent == served_folder() and bool(re.fullmatch(r"[0-9a-f]{32}", folder.name))


def shared_file(folder: str, name: str, write: Callable[[Path], object]) -> str:
    """Return a file in that folder for whichever page asks, written where it is not there."""
    path = served_folder() / folder / name
    if path.is_file():
        os.utime(path)  # the folder is cleared by age
    else:
        write_atomically(path, write)
    return str(path)


def shared_copy(path: Path) -> str:
    """Copy this file there: of others Gradio gives pages only those below where it started."""
    return shared_file(path.stem, path.name, lambda to: shutil.copyfile(path, to))
