"""A process that never runs a learner's code: it works through trusted requests, one after another, and stays warm.

Requests come as lines on standard input; events leave as lines on standard output, `Ended` last for each request. The
first line it says is the word `ready`.
"""

from __future__ import annotations

import os
import sys
import traceback

from trainwhy import wire
from trainwhy.lab.importing import import_everything
from trainwhy.results import Ended, Event, Failure, Request
from trainwhy.worker import confine

TRUSTED = ("judge", "experiment", "describe")


def main() -> None:
    """Serve until standard input closes."""
    confine.die_with_parent(os.getppid())
    private = os.dup(1)
    os.dup2(2, 1)  # whatever libraries print goes to the log
    import_everything()
    _warm_up()
    os.write(private, b"ready\n")
    for line in sys.stdin:
        _serve(wire.load(line, Request), private)
    os._exit(0)


def _warm_up() -> None:
    from trainwhy.lab.warming import warm_up

    warm_up()


def _serve(request: Request, private: int) -> None:
    def emit(event: Event) -> None:
        data = wire.dump_event(event).encode() + b"\n"
        while data:
            data = data[os.write(private, data) :]

    import keras

    from trainwhy.lab.jobs import perform

    keras.utils.clear_session()
    if request.job not in TRUSTED:
        emit(Ended("internal", 0.0, Failure("NotTrusted", f"a {request.job} job runs a learner's code")))
        return
    try:
        perform(request, emit)
    except Exception as error:  # a fault of trainwhy or of a task
        text = "".join(traceback.format_exception(type(error), error, error.__traceback__))[-4000:]
        emit(Ended("internal", 0.0, Failure(type(error).__name__, text)))
        return
    emit(Ended("finished", 0.0))


if __name__ == "__main__":
    main()
