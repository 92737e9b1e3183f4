"""Sockets of other programs on this machine, a container engine's or a desktop's, are not reached."""

from __future__ import annotations

import socket

from trainwhy.worker.promises import Ground, all_refused

TITLE = "reach another program's Unix socket"
NEEDS = ("seccomp",)


def attempt(_: Ground) -> str:
    """Make a socket, or a pair that can send by address; a pair between its own processes is left to it."""
    for one in socket.socketpair():
        one.close()
    datagram = socket.SOCK_DGRAM
    return all_refused(
        ("stream", lambda: socket.socket(socket.AF_UNIX).close()),
        ("datagram", lambda: socket.socket(socket.AF_UNIX, datagram).close()),
        ("pair of datagrams", lambda: socket.socketpair(socket.AF_UNIX, datagram)),
    )
