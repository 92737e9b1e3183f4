"""What reaches the loop of `watch`: saves and keys, and what runs say, all in one queue."""

from __future__ import annotations

import queue
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from trainwhy import watching
from trainwhy.cli import keys, sitting
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise
    from trainwhy.results import Progress, Report
    from trainwhy.worker import Worker


@dataclass(frozen=True, slots=True)
class Said:
    """Something a run said on its way."""

    ticket: int
    event: Progress


@dataclass(frozen=True, slots=True)
class Done:
    """How a run ended: with a report, or with a failure of ours."""

    ticket: int
    report: Report | None = None
    failure: BaseException | None = None


Message = Union[watching.Event, Said, Done]
Inbox = queue.SimpleQueue[Message]


def run(tools: Tools, place: Here, one: Exercise, worker: Worker, *, ticket: int, inbox: Inbox) -> None:
    """Check the file as it is now, from a thread of its own, and put everything that comes of it into the queue."""
    try:
        report = sitting.check(tools, place, one, worker, lambda event: inbox.put(Said(ticket, event)))
    except BaseException as failure:  # noqa: BLE001 - the main thread decides what it means
        inbox.put(Done(ticket, failure=failure))
    else:
        inbox.put(Done(ticket, report))


@contextmanager
def pressed(tools: Tools, inbox: Inbox) -> Iterator[None]:
    """Put every key into the queue while the block runs; without a terminal there are none."""
    if not tools.screen.keyboard:
        yield
        return
    with keys.listening(lambda key: inbox.put(watching.Pressed(key))):
        yield


@contextmanager
def saved(path: Path, inbox: Inbox, *, poll: bool) -> Iterator[None]:
    """Put every save of the file into the queue while the block runs."""
    if not path.parent.is_dir():
        raise Usage(f"the folder {path.parent} is missing", "`trainwhy init` in the workspace makes it again")
    stop, since = threading.Event(), watching.digest(path)

    def post() -> None:
        for event in watching.changes(path, stop, poll=poll, since=since):
            inbox.put(event)

    thread = threading.Thread(target=post, daemon=True, name="saves")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(2)
