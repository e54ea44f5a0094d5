"""A free port at an address of this machine, or the reason why there is none."""

import errno
import socket

from playground.errors import InputError

FIRST_PORT = 7860
USUAL = range(FIRST_PORT, FIRST_PORT + 100)
ANYONES = 1024  # ports below are the system's on most machines


def free_port(host: str, port: int | None, *, at_random: bool = False) -> int:
    """Return the port that is given, or the first free usual one, once it can be listened at.

    host: a name or an address, IPv6 without brackets. at_random: the system's choice. InputError,
    with the reason, where it cannot be.
    """
    if port is not None and not 1 <= port <= 65535:
        raise InputError("--port must be from 1 to 65535; you gave {port}.", port=port)
    try:
        family = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][0]
    except (socket.gaierror, UnicodeError) as error:
        raise InputError(
            "{host} is no address of this machine; check --host.", host=host
        ) from error
    for candidate in [port] if port else [0] if at_random else USUAL:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
                return int(probe.getsockname()[1])
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise _refusal(host, candidate, error) from error
    if port:
        raise InputError(
            "Port {port} is taken on {host}; choose another with --port.", port=port, host=host
        )
    raise InputError(
        "No port from {first_port} on is free; choose one with --port.", first_port=FIRST_PORT
    )


def _refusal(host: str, port: int, error: OSError) -> InputError:
    if error.errno == errno.EADDRNOTAVAIL:
        return InputError(
            "{host} is an address of another machine; give one of this machine to --host, or "
            "0.0.0.0 for all of them.",
            host=host,
        )
    if error.errno in (errno.EACCES, errno.EPERM) and port < ANYONES:
        return InputError(
            "Port {port} needs rights that you do not have here; choose one from {anyones} on "
            "with --port.",
            port=port,
            anyones=ANYONES,
        )
    return InputError(
        "{host}, port {port} cannot be listened at: {strerror}.",
        host=host,
        port=port,
        strerror=error.strerror,
    )
