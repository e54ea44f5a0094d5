"""Set up `.venv` beside this file and run the app or the tests; needs nothing but Python 3.11+.

python3 bootstrap.py app [options of `playground`]
python3 bootstrap.py test [options of pytest]
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def set_up(extra: str) -> None:
    """Make the virtual environment once, and install again only when pyproject.toml changed."""
    wanted = extra + hashlib.sha256((HOME / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / f".installed-{extra or 'app'}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        venv.create(VENV, with_pip=True)
    print("Installing (once, some minutes) ...", flush=True)
    target = f".[{extra}]" if extra else "."
    run(str(PYTHON), "-m", "pip", "install", "--quiet", "--editable", target)
    stamp.write_text(wanted)


def run(*command: str) -> None:
    """Run a command in the project's folder; leave with its exit code if that is not 0."""
    try:
        code = subprocess.run(command, cwd=HOME, check=False).returncode
    except KeyboardInterrupt:
        code = 130
    if code:
        sys.exit(code)


def main() -> None:
    """Read the word on the command line and do it."""
    if sys.version_info < (3, 11):  # noqa: UP036 (it runs before anything checked)
        sys.exit("Diffusion Playground needs Python 3.11 or newer.")
    word, *options = sys.argv[1:] or ["app"]
    if word == "app":
        set_up("")
        run(str(PYTHON), "-m", "playground", *options)
    elif word == "test":
        set_up("test")
        for name, *rest in CHECKS:
            run(str(BIN / name), *rest)
        run(str(PYTHON), "-m", "pytest", *options)
    else:
        sys.exit(f"Say app or test, not {word!r}.")


if __name__ == "__main__":
    main()
