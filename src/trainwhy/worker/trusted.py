"""The client of one warm process for trusted jobs: judging weights, measuring experiments, describing tasks."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator

from trainwhy import wire
from trainwhy.results import Ended, Event, Request
from trainwhy.worker import Cancelled, confine, pipes

JOBS = ("judge", "experiment", "describe")
LOOK = 0.1  # seconds between looks at a cancellation
IMPORT_SECONDS = 120.0


class Unavailable(Exception):
    """The process does not answer; whoever asked takes another one."""


class Trusted:
    """Starts loading at once; answers one request at a time, callers wait for each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._home = tempfile.TemporaryDirectory(prefix="trainwhy-trusted-")
        self._cancelled = False
        self._ready = False
        self._pending = b""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "trainwhy.lab.serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._home.name,
            env=confine.environment(),
            start_new_session=True,
        )

    def busy(self) -> bool:
        """Whether it works on a request right now."""
        return self._lock.locked()

    def run(self, request: Request) -> Iterator[Event]:
        """Yield the events of a trusted job; raise Unavailable when the process cannot do it."""
        with self._lock:
            if self._process.poll() is not None or self._process.stdin is None:
                raise Unavailable
            with contextlib.suppress(BrokenPipeError):  # the end is seen when reading
                self._process.stdin.write(wire.dump_request(request).encode() + b"\n")
                self._process.stdin.flush()
            began = time.monotonic()
            for line in self._lines(began + request.deadline + (0.0 if self._ready else IMPORT_SECONDS)):
                if line == b"ready":
                    self._ready = True
                    continue
                event = wire.load_event(line)
                yield event
                if isinstance(event, Ended):
                    return
        raise Cancelled if self._cancelled else Unavailable

    def _lines(self, deadline: float) -> Iterator[bytes]:
        stream = self._process.stdout
        with contextlib.closing(pipes.watch([stream.fileno()] if stream else [])) as watched:
            while time.monotonic() < deadline and not self._cancelled:
                while b"\n" in self._pending:
                    line, _, self._pending = self._pending.partition(b"\n")
                    yield line
                for _, data in watched.wait(LOOK):
                    if not data:
                        return
                    self._pending += data

    def cancel(self) -> None:
        """End the job that is on, and the process with it."""
        self._cancelled = True
        self._process.kill()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        with contextlib.suppress(OSError):
            self._home.cleanup()


def possible() -> bool:
    """Whether this system can wait for a pipe without blocking; elsewhere trusted jobs get a process each."""
    return os.name == "posix"
