"""The command line: `playground` serves the page, the other commands work without it."""

import sys

import typer

from playground.errors import InputError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="See, feel and teach how diffusion models work.",
)

REFUSED: type[Exception] = typer.BadParameter.__mro__[2]  # ClickException, not exported by typer


def main() -> None:
    """Run the command; bad input is one sentence on stderr and exit code 2, never a traceback."""
    from playground.cli import facts, pictures, server, training  # noqa: F401  (they register)

    try:
        sys.exit(app(standalone_mode=False) or 0)
    except REFUSED as error:  # a wrong option, which typer itself would tell in a box of six lines
        print(f"playground: {error.format_message()}", file=sys.stderr)  # type: ignore[attr-defined]
        sys.exit(2)
    except InputError as error:
        print(f"playground: {error}", file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        what = error.filename or "a file"
        print(f"playground: cannot use {what} ({error.strerror}); choose another.", file=sys.stderr)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
