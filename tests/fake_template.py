"""The real template with nothing to load: a run executes its request's source, with `emit` to say something."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from trainwhy import wire
from trainwhy.lab import template
from trainwhy.results import Event, Observed, Request, Run, Started

if TYPE_CHECKING:
    from trainwhy.lab.keeper import Order


def work(order: Order) -> None:
    request = wire.load((order.folder / "request.json").read_bytes(), Request)
    os.chdir(order.folder / "work")
    for target in (1, 2):
        os.dup2(order.output, target)

    def emit(event: Event) -> None:
        os.write(order.events, wire.dump_event(event).encode() + b"\n")

    emit(Started("2.21.0", "3.15.1", "landlock(files)+seccomp"))  # what holds here is for other tests
    exec(request.source, {"emit": emit, "json": json, "os": os, "pids": (os.getpid(), os.getppid())})  # noqa: S102
    sys.stdout.flush()
    emit(Observed(Run(request.seed)))


if __name__ == "__main__":
    template.import_everything = lambda: None
    template._warm_up = lambda: None
    template._work = work
    template.main()
