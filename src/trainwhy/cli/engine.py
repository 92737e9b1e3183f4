"""A worker that can be stopped: by Ctrl-C, or by a save while it runs."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trainwhy.errors import Interrupted
from trainwhy.worker import Cancelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainwhy.results import Event, Request
    from trainwhy.worker import Worker


class Stoppable:
    """A worker whose runs end, with `Interrupted`, once `stop` was called; the worker behind it stays warm."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End all runs, and refuse new ones: the core may be about to start the next of several."""
        if not self._stopped.is_set():
            self._stopped.set()
            self._worker.cancel()

    def run(self, request: Request) -> Iterator[Event]:
        """Yield the events of one run; its processes are gone when this raises or is closed."""
        self._refuse()
        try:
            with closing(self._worker.run(request)) as events:
                for event in events:
                    self._refuse()
                    yield event
        except Cancelled as cancelled:
            raise Interrupted from cancelled

    def cancel(self) -> None:
        """End the runs that are on."""
        self._worker.cancel()

    def close(self) -> None:
        """Stop the runs; the worker behind belongs to somebody else."""
        self.stop()

    def _refuse(self) -> None:
        if self._stopped.is_set():
            raise Interrupted


@contextmanager
def closing(events: Iterator[Event]) -> Iterator[Iterator[Event]]:
    """Close a generator when the block ends; a plain iterator needs none."""
    try:
        yield events
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()


@contextmanager
def stopping(worker: Worker) -> Iterator[Stoppable]:
    """Give a stoppable worker that is stopped by Ctrl-C, and when the block ends."""
    stoppable = Stoppable(worker)
    with _stopped_by_signals(stoppable):
        try:
            yield stoppable
        finally:
            stoppable.stop()


@contextmanager
def _stopped_by_signals(stoppable: Stoppable) -> Iterator[None]:
    """Raise the flag before the exception.

    The core runs seeds in threads and waits for them on its way out; they leave because the flag is up already.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def interrupt(_number: int, _frame: object) -> None:
        stoppable.stop()
        raise Interrupted

    for number in before:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
