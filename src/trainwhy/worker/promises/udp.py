"""No datagram leaves a run, of whatever kind of network."""

from __future__ import annotations

import socket

from trainwhy.worker.promises import Ground, all_refused

TITLE = "send a UDP datagram"
NEEDS = ("seccomp",)


def attempt(_: Ground) -> str:
    """Make sockets that are not TCP."""
    datagram = socket.SOCK_DGRAM
    netlink = getattr(socket, "AF_NETLINK", socket.AF_INET)
    return all_refused(
        ("UDP", lambda: socket.socket(socket.AF_INET, datagram).sendto(b".", ("127.0.0.1", 9))),
        ("UDP, version 6", lambda: socket.socket(socket.AF_INET6, datagram).close()),
        ("netlink", lambda: socket.socket(netlink, socket.SOCK_RAW).close()),
    )
