"""The client of the template process: asks it for one forked worker per run. Linux only."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from trainwhy.worker import Cancelled, home
from trainwhy.worker.channel import Channel, Refused

ENDED = "the background process ended"
LOADING = 180.0  # seconds that TensorFlow may take to load
LOOK = 100  # milliseconds between looks at a cancellation
PARTING = 1000  # milliseconds in which the end of a background process shows after its last run was cut off


supported = home.supported


class Template:
    """A template that loads in the background from the moment it is asked for, reached through its control socket.

    It has a home when this command started it, and none when it is shared with other commands: then each run takes over
    the `setting` of this one.
    """

    def __init__(
        self, control: socket.socket, own: home.Home | None = None, setting: dict[str, Any] | None = None
    ) -> None:
        self._control = control
        self._own = own
        self._setting = setting or {}
        self._lock = threading.Lock()
        self._ready: bool | None = None
        self._words = ""

    @property
    def shared(self) -> bool:
        """Whether it outlives this command."""
        return self._own is None

    @property
    def pid(self) -> int:
        """Number of a process of this command's own; 0 for one that is shared."""
        return self._own.process.pid if self._own else 0

    @property
    def said_no(self) -> bool:
        """Whether it has loaded and cannot fork; another one could not either."""
        return self._ready is False

    def wait_ready(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Block until the template can fork; raise Refused with its words when it cannot, and Cancelled."""
        with self._lock:
            if self._ready is None:
                self._ready = self._hear(cancelled)
            if not self._ready:
                raise Refused("the template cannot fork")

    def _hear(self, cancelled: Callable[[], bool]) -> bool:
        try:
            self._control.settimeout(LOADING)
            answer = json.loads(self._control.recv(4096) or b"{}") if self._speaks(cancelled) else {}
        except (OSError, ValueError):  # it ended, or another thread gave it up
            answer = {}
        self._words = str(answer.get("words", ""))
        if "ready" not in answer:
            raise Refused(self.last_words() or "the template did not start")
        return bool(answer.get("ready"))

    def _speaks(self, cancelled: Callable[[], bool]) -> bool:
        """Wait until there is something to hear; raises Cancelled."""
        until = time.monotonic() + LOADING
        watched = select.poll()
        watched.register(self._control, select.POLLIN)
        while not (heard := watched.poll(LOOK)) and time.monotonic() < until:
            if cancelled():
                raise Cancelled
        return bool(heard)

    def last_words(self) -> str:
        """Return what the template wrote before it ended."""
        return self._own.last_words() if self._own else self._words

    def gone(self) -> bool:
        """Whether the process that was to fork for us has ended; waits a moment for its end to show.

        Once it is ready it says nothing more, so whatever there is to read is its end.
        """
        watched = select.poll()
        watched.register(self._control, select.POLLIN)
        return bool(watched.poll(PARTING))

    def start(
        self, folder: Path, deadline: float, *, confined: bool = True, used: bool = True, runs: int = 1
    ) -> Channel:
        """Fork a worker for the request in `folder`; return the reader's ends.

        With `used` it may be one that was warmed up, in which TensorFlow has run operations already.
        The deadline is for each of `runs`.
        """
        pipes = [os.pipe() for _ in range(4)]
        (events, events_w), (output, output_w), (status, status_w), (life_r, life) = pipes
        document = {"folder": str(folder), "deadline": deadline, "confined": confined, "used": used}
        order = json.dumps({**document, "setting": self._setting}).encode()
        try:
            with self._lock:
                socket.send_fds(self._control, [order], [events_w, output_w, status_w, life_r])
        except OSError as error:
            for descriptor in (events, output, status, life):
                os.close(descriptor)
            raise Refused(self.last_words() or (ENDED if self.shared else str(error))) from error
        finally:
            for descriptor in (events_w, output_w, status_w, life_r):
                os.close(descriptor)
        end = _Ender(life, status)
        gone = self.gone if self.shared else None
        one = Channel(folder, events, output, status, deadline, end=end, import_time=30.0, confined=confined, gone=gone)
        one.runs, one.more = runs, end.more
        return one

    def close(self, *, idle: bool = False) -> None:
        """End the template, or leave a shared one to the next command; runs that are on follow their lifelines."""
        if self._own is None:
            self._control.close()
        else:  # nothing runs, or nothing was ever asked: it may still be importing
            self._own.close(idle=idle or self._ready is None)


def private(ready: int = 0, template: Sequence[str] = home.TEMPLATE) -> Template:
    """Start a template for this command alone, which keeps `ready` workers warm."""
    own = home.Home(ready, template)
    return Template(own.control, own)


class _Ender:
    """Closes the lifeline once and waits until the keeper has reported that the tree is dead."""

    def __init__(self, life: int, status: int) -> None:
        self.life: int | None = life
        self.status = status

    def more(self) -> None:
        """Tell the keeper that one run is done: its deadline begins anew."""
        if self.life is not None:
            with contextlib.suppress(OSError):  # it is gone already
                os.write(self.life, b"+")

    def __call__(self) -> None:
        if self.life is None:
            return
        os.close(self.life)
        self.life = None
        os.set_blocking(self.status, True)
        with contextlib.suppress(OSError):
            while os.read(self.status, 4096):  # until the keeper, the last holder, is gone
                pass
