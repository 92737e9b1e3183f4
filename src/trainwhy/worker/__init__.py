"""This side of the process that trains: the `Worker` protocol. No TensorFlow here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the background process needs none of it, and starts sooner without
    from collections.abc import Iterator

    from trainwhy.results import Event, Request


class Cancelled(Exception):
    """The run was cancelled from another thread; it has no result, and its processes are gone."""


class Worker(Protocol):
    """Runs requests. `Ended` is always the last event of a run, whatever happened to the process."""

    def run(self, request: Request) -> Iterator[Event]:
        """Yield the events of one run as they happen; closing the iterator cancels the run and kills its processes."""
        ...

    def cancel(self) -> None:
        """End every run that is on, from any thread; their iterators raise `Cancelled`."""
        ...

    def close(self) -> None:
        """End every process this worker started."""
        ...
