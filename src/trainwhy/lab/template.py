"""The template: imports TensorFlow once, runs no operation ever, and forks a keeper and a worker per run.

Forking TensorFlow is safe only while it has no threads, and its first operation makes them (an observed property, so
every release is tested for it). The template therefore proves before each fork that it has exactly one thread, and
refuses otherwise; whoever asked then starts a fresh process.

Started as `python -m trainwhy.lab.template FD`, with a sequenced-packet socket on descriptor FD. Each packet carries a
JSON document `{"folder": ..., "deadline": ...}` and four descriptors: events, output, status, lifeline. When the other
end of the lifeline closes, the run's processes die; when the socket closes, the template ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path

from trainwhy.lab.keeper import keep
from trainwhy.lab.one import run_here

PACKET = 64 * 1024
DESCRIPTORS = 4


def main() -> None:
    """Serve until the socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal group; the CLI decides
    refusal = _load()
    control.send(json.dumps({"ready": not refusal, "refused": refusal}).encode())
    while True:
        select.select([control], [], [], 1.0)
        _reap()
        with contextlib.suppress(BlockingIOError):
            packet, descriptors, _, _ = socket.recv_fds(control, PACKET, DESCRIPTORS, socket.MSG_DONTWAIT)
            if not packet:
                return
            _fork(control, json.loads(packet), descriptors)


def _load() -> str:
    """Import everything a worker needs; return why this process must not fork, or nothing."""
    import trainwhy.lab.jobs
    import trainwhy.lab.probes

    trainwhy.lab.probes.modules()
    return _unsafe()


def _unsafe() -> str:
    try:
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - only the count
    except OSError:
        return "this system does not tell how many threads a process has"
    return "" if threads == 1 else f"the template has {threads} threads"


def _fork(control: socket.socket, order: dict[str, object], descriptors: list[int]) -> None:
    events, output, status, lifeline = descriptors
    refusal = _unsafe()
    if refusal:
        os.write(status, json.dumps({"refused": refusal}).encode())
    elif os.fork() == 0:
        control.close()
        keep(
            lambda: run_here(Path(str(order["folder"])), events, output),
            folder=Path(str(order["folder"])),
            deadline=float(str(order["deadline"])),
            status=status,
            lifeline=lifeline,
            private=(events, output),
        )
    for descriptor in descriptors:
        os.close(descriptor)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main()
