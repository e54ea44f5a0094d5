"""A folder of one's own for what may go: other users of a machine have the same /tmp."""

import getpass
import os
import stat
import tempfile
from pathlib import Path


def own_folder(name: str) -> Path:
    """Return a folder of this name that nobody else can look into, made where it is not there.

    It is the same at each start, unless somebody else has one of that name: then it is a new one.
    """
    folder = Path(tempfile.gettempdir()).resolve() / f"{name}-{_user()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.lstat()
        if stat.S_ISDIR(about.st_mode) and _is_ours(about):
            folder.chmod(0o700)
            return folder
    except OSError:  # a file or a link is there, or the disk refuses
        pass
    return Path(tempfile.mkdtemp(prefix=f"{name}-"))


def _is_ours(about: os.stat_result) -> bool:
    return os.name == "nt" or about.st_uid == os.getuid()  # on Windows each user has a folder


def _user() -> str:
    if os.name != "nt":
        return str(os.getuid())
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "user"
