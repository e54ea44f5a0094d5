"""The command line: `playground` serves the page, the other commands work without it."""

import io
import os
import sys
from typing import NoReturn

import typer

from playground.errors import InputError
from playground.process import prepare

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="See, feel and teach how diffusion models work.",
)

REFUSED: type[Exception] = typer.BadParameter.__mro__[2]  # ClickException, not exported by typer


def main() -> None:
    """Run the command; bad input is one sentence on stderr and exit code 2, never a traceback."""
    prepare()
    _say_what_can_be_said()
    from playground.cli import comparing, distilling, exporting, facts, pictures, server, training  # noqa: F401  (they register)

    try:
        code = app(standalone_mode=False) or 0
        if "torch" in sys.modules:
            # torch aborts a process that ends while one of its threads is at work; all is on disk
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(int(code))
        sys.exit(code)
    except REFUSED as error:  # a wrong option, which typer itself would tell in a box of six lines
        _refuse(error.format_message())  # type: ignore[attr-defined]
    except InputError as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"cannot use {error.filename or 'a file'} ({error.strerror}); choose another.")
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)


def _say_what_can_be_said() -> None:
    """Print "?" for a letter that the code page of a redirected output lacks, and go on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _refuse(sentence: str) -> NoReturn:
    """Say why on stderr, and leave; of processes that torchrun started, only the first one says."""
    if "TORCHELASTIC_RUN_ID" not in os.environ or os.environ.get("RANK", "0") == "0":
        print(f"playground: {sentence}", file=sys.stderr)
    sys.exit(2)
