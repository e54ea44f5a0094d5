"""`playground serve`, which is also `playground` alone: the page."""

import gc
import os
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from playground import __version__
from playground.cli import app
from playground.cli.addresses import bracketed, others_reach
from playground.cli.options import Checkpoints, Runs
from playground.cli.ports import free_port
from playground.errors import InputError
from playground.ui.runtime.allowance import Limits
from playground.ui.runtime.hosts import is_loopback

if TYPE_CHECKING:
    from playground.ui.runtime.access import Access

LIMITS = Limits()
CONNECTIONS = 8192  # at a time; a browser holds up to seven
STAGE = "?present=1"  # of the page's address: it opens in presenter mode

HOST = (
    "Address to serve on; 0.0.0.0 lets others in. They look, drag and sample; only who has opened "
    "the printed link, with its key, may train, rename, delete and see what is yours. A visitor "
    f"may leave {LIMITS.uploads} uploads, {LIMITS.links} pictures and drawings in links and "
    f"{LIMITS.megabytes} MB a day here, all of them together {LIMITS.audience_megabytes} MB."
)
OPEN = "Everybody may do everything, without a key: for a class that trains together."
SHARE = "Also by a public address of Gradio's; others have the same rights as with --host."
ROOT = (
    "Path or whole address under which a proxy offers the app, as /play or https://a.example/play."
)
Host = Annotated[str, typer.Option(help=HOST)]
Port = Annotated[int | None, typer.Option(help="Port; by default the first free one.")]
Share = Annotated[bool, typer.Option(help=SHARE)]
Open = Annotated[bool, typer.Option("--open", help=OPEN)]
Root = Annotated[str, typer.Option("--root-path", envvar="GRADIO_ROOT_PATH", help=ROOT)]
Auth = Annotated[str, typer.Option(help="user:password that visitors must give.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open it.")]
DEMO = "For a talk: a random free port, models warmed first, the page in presenter mode."
Demo = Annotated[bool, typer.Option("--demo", help=DEMO)]


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


VERSION = typer.Option("--version", callback=_tell_version, is_eager=True, help="Print it.")
Version = Annotated[bool, VERSION]


@app.callback(invoke_without_command=True)
def alone(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = None,
    share: Share = False,
    everybody: Open = False,
    root: Root = "",
    auth: Auth = "",
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    browser: Browser = True,
    demo: Demo = False,
    version: Version = False,
) -> None:
    """Serve the page; see, feel and teach how diffusion models work."""
    if context.invoked_subcommand is None:
        serve(host, port, share, everybody, root, auth, checkpoints, runs, browser, demo)


@app.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = None,
    share: Share = False,
    everybody: Open = False,
    root: Root = "",
    auth: Auth = "",
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    browser: Browser = True,
    demo: Demo = False,
) -> None:
    """Serve the page (the same as `playground` alone)."""
    host = host.strip().strip("[]")
    chosen = free_port(host, port, at_random=demo)
    if root and not root.startswith(("/", "http://", "https://")):
        raise InputError(
            "--root-path must be as /play or https://a.example/play, not {root}.", root=root
        )
    user, colon, password = auth.partition(":")
    if auth and not (user and colon and password):
        raise InputError("--auth must be user:password.")
    if checkpoints is not None and not checkpoints.is_dir():
        raise InputError(
            "There is no folder {checkpoints}; check --checkpoints.", checkpoints=checkpoints
        )
    _allow_connections()
    gc.disable()  # all that the imports below make stays: to look through it takes half a second
    threading.Thread(target=_import_torch, daemon=True).start()  # beside gradio's own import
    from playground.library import SHIPPED, Library
    from playground.machine import set_threads
    from playground.ui import server as page
    from playground.ui.context import Context
    from playground.ui.runtime.access import Access

    set_threads()
    folders = (SHIPPED,) if checkpoints is None else (SHIPPED, checkpoints)
    context = Context(Library(runs=runs, checkpoints=folders))
    who = (user, password) if auth else None
    others = [root] if "://" in root else others_reach(host, chosen)
    inward = is_loopback(host) and not share and "://" not in root
    access = Access() if inward or everybody else Access.keyed()
    served = page.serve(
        context,
        host=bracketed(host),
        port=chosen,
        outside=next(iter(others), ""),
        warmed=demo,
        share=share,
        auth=who,
        access=access,
        root=root,
    )
    gc.freeze()
    gc.enable()
    address = served.address.replace("[::]", "[::1]")
    address = access.link(f"{address.rstrip('/')}/{STAGE}" if demo else address)
    typer.echo(f"Diffusion Playground is at {address} (Ctrl-C ends it; training goes on).")
    _tell_others(others + ([served.tunnel] if served.tunnel else []), access)
    if browser:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):  # a second Ctrl-C
        served.wait()
    # Python cannot end quietly while a thread samples: torch aborts the process. All is on disk.
    sys.stdout.flush()
    os._exit(0)


def _tell_others(others: list[str], access: "Access") -> None:
    """Say who opens what, and what they may do."""
    may = "may do all that you may"
    if access.key is not None:
        may = "look, drag and sample"
        typer.echo("That link has your key: it gives all rights, so keep it to yourself.")
    if others:
        typer.echo(f"Others open {' or '.join(others)}; they {may}.")
        if access.key is not None:
            typer.echo(f"You, from another machine: {access.link(others[-1])}")


def _allow_connections() -> None:
    """Allow as many open files as a hall needs connections; macOS lets a program have 256."""
    with suppress(ImportError, OSError, ValueError):  # Windows counts otherwise
        import resource

        allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        if allowed < CONNECTIONS and allowed != resource.RLIM_INFINITY:
            most_here = CONNECTIONS if most == resource.RLIM_INFINITY else min(CONNECTIONS, most)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most_here, most))


def _import_torch() -> None:
    import torch  # noqa: F401
