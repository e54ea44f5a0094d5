"""`playground serve`, which is also `playground` alone: the page."""

import gc
import os
import socket
import sys
import threading
import webbrowser
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from playground.cli import app
from playground.cli.addresses import others_reach
from playground.cli.options import Checkpoints, Runs
from playground.errors import InputError

FIRST_PORT = 7860
CONNECTIONS = 8192  # at a time; a browser holds up to seven
STAGE = "?present=1"  # of the page's address: it opens in presenter mode

Host = Annotated[str, typer.Option(help="Address to serve on.")]
Port = Annotated[int | None, typer.Option(help="Port; by default the first free one.")]
Share = Annotated[bool, typer.Option(help="Also by a public address of Gradio's.")]
Auth = Annotated[str, typer.Option(help="user:password that visitors must give.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open it.")]
DEMO = "For a talk: a random free port, models warmed first, the page in presenter mode."
Demo = Annotated[bool, typer.Option("--demo", help=DEMO)]


@app.callback(invoke_without_command=True)
def alone(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = None,
    share: Share = False,
    auth: Auth = "",
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    browser: Browser = True,
    demo: Demo = False,
) -> None:
    """Serve the page; see, feel and teach how diffusion models work."""
    if context.invoked_subcommand is None:
        serve(host, port, share, auth, checkpoints, runs, browser, demo)


@app.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = None,
    share: Share = False,
    auth: Auth = "",
    checkpoints: Checkpoints = None,
    runs: Runs = Path("runs"),
    browser: Browser = True,
    demo: Demo = False,
) -> None:
    """Serve the page (the same as `playground` alone)."""
    chosen = _free_port(host, port, at_random=demo)
    user, colon, password = auth.partition(":")
    if auth and not (user and colon and password):
        raise InputError("--auth must be user:password.")
    if checkpoints is not None and not checkpoints.is_dir():
        raise InputError(f"There is no folder {checkpoints}; check --checkpoints.")
    _allow_connections()
    gc.disable()  # all that the imports below make stays: to look through it takes half a second
    threading.Thread(target=_import_torch, daemon=True).start()  # beside gradio's own import
    from playground.library import SHIPPED, Library
    from playground.machine import set_threads
    from playground.ui import server as page
    from playground.ui.context import Context

    set_threads()
    folders = (SHIPPED,) if checkpoints is None else (SHIPPED, checkpoints)
    context = Context(Library(runs=runs, checkpoints=folders))
    who = (user, password) if auth else None
    others = others_reach(host, chosen)
    outside = next(iter(others), "")
    serving = partial(page.serve, context, host=host, port=chosen, outside=outside, warmed=demo)
    address, wait = serving(share=share, auth=who)
    gc.freeze()
    gc.enable()
    if demo:
        address = f"{address.rstrip('/')}/{STAGE}"
    typer.echo(f"Diffusion Playground is at {address} (Ctrl-C ends it; training goes on).")
    if others and not share:
        typer.echo(f"Others open {' or '.join(others)}.")
    if browser:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):  # a second Ctrl-C
        wait()
    # Python cannot end quietly while a thread samples: torch aborts the process. All is on disk.
    sys.stdout.flush()
    os._exit(0)


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


def _free_port(host: str, port: int | None, *, at_random: bool = False) -> int:
    if port is not None and not 1 <= port <= 65535:
        raise InputError(f"--port must be from 1 to 65535; you gave {port}.")
    usual = [0] if at_random else range(FIRST_PORT, FIRST_PORT + 100)  # 0: the system's choice
    for candidate in [port] if port else usual:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
                return int(probe.getsockname()[1])
            except socket.gaierror as error:
                raise InputError(f"{host} is no address of this machine.") from error
            except OSError:
                continue
    if port:
        raise InputError(f"Port {port} is taken on {host}; choose another with --port.")
    raise InputError(f"No port from {FIRST_PORT} on is free; choose one with --port.")
