"""One run inside this process: private descriptors, quiet streams, the request from a file, events as JSON lines."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from trainwhy import wire
from trainwhy.results import Ended, Event, Failure, Request
from trainwhy.worker import confine

REQUEST = "request.json"
WORK = "work"


Emit = Callable[[Event], None]


class Perform(Protocol):
    """What carries a request out and says what happened."""

    def __call__(self, request: Request, emit: Emit, *, sandbox: str) -> None:
        """Do what the request asks."""
        ...


def run_here(
    folder: Path, events: int, output: int, sandbox: str = confine.NONE, perform: Perform | None = None
) -> None:
    """Carry out `folder/request.json`. Prints go to `output`, events to a descriptor the learner is not told of.

    `sandbox` says what holds in this process; `perform` does other work than training.
    """
    request = wire.load((folder / REQUEST).read_bytes(), Request)
    (folder / REQUEST).unlink()
    private = _private_streams(events, output)
    _remember_where(folder)
    if request.script is None or request.script.pristine:
        os.chdir(folder / WORK)
    if request.script is None or request.script.confined:
        tempfile.tempdir = str(folder)  # what the run leaves behind, autograph's files too, goes when the run goes
        os.environ["TMPDIR"] = str(folder)
    os.environ[confine.HOLDS] = sandbox
    owner, leave = os.getpid(), os._exit

    def emit(event: Event) -> None:
        if os.getpid() != owner:  # a process that the script forked has nothing to say
            return
        data = wire.dump_event(event).encode() + b"\n"
        try:
            while data:
                data = data[os.write(private, data) :]
        except OSError:  # the learner's program closed it: nothing more can be said
            os._exit(0)

    if request.needs_sandbox and not confine.is_whole(sandbox):
        emit(Ended("internal", 0.0, Failure("NoSandbox", f"the sandbox here is {sandbox}; nothing was run")))
        os._exit(70)

    try:
        (perform or _any_job())(request, emit, sandbox=sandbox)
    except (
        BaseException
    ) as error:  # a fault of trainwhy or of a task; what the learner's file raises is caught further in
        try:
            text = "".join(traceback.format_exception(type(error), error, error.__traceback__))[-4000:]
            emit(Ended("internal", 0.0, Failure(type(error).__name__, text)))
        finally:  # a file may have changed what is needed to say so: the exit code still tells
            leave(70)
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
        sys.stderr.flush()


def _any_job() -> Perform:
    from trainwhy.lab.jobs import perform

    return perform


def _private_streams(events: int, output: int) -> int:
    """Point 0 at nothing and 1 and 2 at `output`; return a high duplicate of `events` that children do not get."""
    high = _high(events)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, output), (2, output)):
        os.dup2(source, target)
    for descriptor in {nothing, events, output} - {0, 1, 2, high}:
        os.close(descriptor)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the process's own streams
    sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    return high


def _high(descriptor: int) -> int:
    try:
        import fcntl
    except ImportError:  # Windows
        return os.dup(descriptor)
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 100)


def _remember_where(folder: Path) -> None:
    """On a signal from the keeper, write the Python stack to a file, even from inside C code."""
    if hasattr(signal, "SIGUSR1"):
        trace = open(folder / "trace.txt", "w", encoding="utf-8")  # noqa: SIM115, PTH123 - stays open until the end
        faulthandler.register(signal.SIGUSR1, file=trace, all_threads=False)
