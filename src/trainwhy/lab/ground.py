"""A template without TensorFlow, on which the promises of the sandbox are tried: it starts in a tenth of a second.

Keeper, worker, limits and confinement are those of every run. Started as `python -m trainwhy.lab.ground FD`.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import signal
import socket
import sys
from pathlib import Path

from trainwhy import wire
from trainwhy.lab import keeper
from trainwhy.lab.keeper import Order
from trainwhy.lab.one import Emit, run_here
from trainwhy.results import Measured, Request, Started
from trainwhy.worker import promises


def main() -> None:
    """Serve until the socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wire.load(wire.dump(Request("promise", "")).encode(), Request)  # readers are made once, before the forks
    wire.dump_event(Started("", ""))
    control.send(json.dumps({"ready": True, "refused": ""}).encode())
    while (order := keeper.receive(control)) is not None:
        if os.fork() == 0:
            keeper.keep(_work, order)
        for descriptor in order.descriptors:
            os.close(descriptor)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    os._exit(0)


def _work(order: Order) -> None:
    run_here(order.folder, order.events, order.output, order.sandbox, perform)


def perform(request: Request, emit: Emit, *, sandbox: str) -> None:
    """Try promises one after another and say what was measured."""
    emit(Started("", "", sandbox, platform.python_version()))
    parents = tuple(int(pid) for pid in request.answers["parents"].split(","))
    ground = promises.Ground(Path(request.answers["outside"]), parents)
    for name in request.exercise.split(","):
        if all(part in sandbox for part in promises.load(name).NEEDS):  # else it is not promised here
            held, said = _tried(name, ground)
            emit(Measured(facts={"promise": name, "held": held}, text=said))
    emit(Measured())


def _tried(name: str, ground: promises.Ground) -> tuple[bool, str]:
    try:
        return True, promises.load(name).attempt(ground)
    except promises.Broken as broken:
        return False, str(broken)
    except Exception as error:  # neither refused nor done: nobody knows
        return False, f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    main()
