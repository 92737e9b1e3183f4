"""The template: imports TensorFlow once, runs no operation ever, and forks a keeper and a worker per run.

Forking TensorFlow is safe only while it has no threads, and its first operation makes them (an observed property, so
every release is tested for it). The template therefore proves before each fork that it has exactly one thread, and
refuses otherwise; whoever asked then starts a fresh process.

Started as `python -m trainwhy.lab.template FD READY`, with a sequenced-packet socket on descriptor FD. Each packet
carries `{"folder": ..., "deadline": ...}` and four descriptors: events, output, status, lifeline. When the other end of
the lifeline closes, the run's processes die; when the socket closes, the template ends. While nothing is asked of it,
the template keeps READY workers forked and warm, which saves the next run TensorFlow's first operations.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import NoReturn

from trainwhy import processors
from trainwhy.lab import keeper
from trainwhy.lab.importing import import_everything
from trainwhy.lab.keeper import Order
from trainwhy.lab.one import run_here

FAREWELL = 2.0  # seconds that keepers get to end what they keep
QUIET = 0.3  # seconds without an order before a worker is warmed up ahead of time


def main() -> None:
    """Serve until the socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    wanted = int(sys.argv[2])
    ready: list[socket.socket] = []
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal group; the CLI decides
    refusal = _load()
    control.send(json.dumps({"ready": not refusal, "refused": refusal}).encode())
    last = time.monotonic() - QUIET
    while True:
        heard, _, _ = select.select([control], [], [], QUIET if len(ready) < wanted else 2.0)
        _reap()
        if heard:
            order = keeper.receive(control)
            if order is None:
                _leave(ready)
            _give(order, ready)
            last = time.monotonic()
        elif len(ready) < min(wanted, _idle(ready)) and time.monotonic() - last >= QUIET and not _unsafe():
            ready.append(_fork_ready([control, *ready]))


def _load() -> str:
    """Import everything a worker needs; return why this process must not fork, or nothing."""
    import_everything()
    return _unsafe()


def _unsafe() -> str:
    try:
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - only the count
    except OSError:
        return "this system does not tell how many threads a process has"
    return "" if threads == 1 else f"the template has {threads} threads"


def _idle(ready: list[socket.socket]) -> int:
    """Processors that no run uses: warming up must not slow down what somebody waits for."""
    try:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    except OSError:  # a kernel that keeps no such list
        return processors.available()
    return processors.available() - (len(children) - len(ready))


def _give(order: Order, ready: list[socket.socket]) -> None:
    """Hand an order to a warm worker, or fork one for it; afterwards its descriptors are the keeper's alone."""
    refusal = _unsafe()
    if refusal:
        os.write(order.status, json.dumps({"refused": refusal}).encode())
    elif not (order.used and order.confined and _to_warm(order, ready)) and os.fork() == 0:
        keeper.keep(_work, order)
    for descriptor in order.descriptors:
        os.close(descriptor)


def _to_warm(order: Order, ready: list[socket.socket]) -> bool:
    while ready:
        with ready.pop(0) as first, contextlib.suppress(OSError):  # one that died while waiting is passed over
            keeper.pass_on(first, order)
            return True
    return False


def _fork_ready(foreign: list[socket.socket]) -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        for descriptor in (ours, *foreign):
            descriptor.close()
        keeper.keep_ready(_warm_up, _work, theirs)
    theirs.close()
    return ours


def _warm_up() -> None:
    from trainwhy.lab.warming import warm_up

    warm_up()


def _work(order: Order) -> None:
    run_here(order.folder, order.events, order.output, order.sandbox)


def _leave(ready: list[socket.socket]) -> NoReturn:
    """End at once: nothing here needs TensorFlow's two seconds of farewell. Keepers end by themselves first."""
    for one in ready:
        one.close()
    end = time.monotonic() + FAREWELL
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < end:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.005)
    os._exit(0)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main()
