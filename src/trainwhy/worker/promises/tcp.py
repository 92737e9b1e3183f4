"""No TCP connection leaves a run, and none enters."""

from __future__ import annotations

import socket

from trainwhy.worker.promises import Ground, all_refused

TITLE = "open a TCP connection"
NEEDS = ("seccomp",)


def attempt(_: Ground) -> str:
    """Connect and listen, on both protocols."""
    return all_refused(
        ("connect", lambda: socket.create_connection(("127.0.0.1", 9), timeout=1.0).close()),
        ("listen", lambda: socket.create_server(("127.0.0.1", 0)).close()),
        ("version 6", lambda: socket.socket(socket.AF_INET6).close()),
    )
