"""The client of the template process: asks it for one forked worker per run. Linux only."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from trainwhy.worker import confine
from trainwhy.worker.channel import Channel, Refused


def supported() -> bool:
    """Whether this system has what forked workers need."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and Path("/proc/self/task").is_dir()


class Template:
    """A running template. It loads in the background from the moment it is made, and keeps `ready` workers warm."""

    def __init__(self, ready: int = 0, module: str = "trainwhy.lab.template") -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        self._lock = threading.Lock()
        self._home = tempfile.TemporaryDirectory(prefix="trainwhy-")
        self._log = Path(self._home.name) / "log"
        with theirs, self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, str(theirs.fileno()), str(ready)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._home.name,
                env=confine.environment(),
                start_new_session=True,
            )
        self._ready: bool | None = None

    def wait_ready(self, timeout: float = 180.0) -> None:
        """Block until the template can fork; raise Refused with its words when it cannot."""
        with self._lock:
            if self._ready is None:
                self._ready = self._hear(timeout)
            if not self._ready:
                raise Refused("the template cannot fork")

    def _hear(self, timeout: float) -> bool:
        try:
            self._control.settimeout(timeout)
            answer = json.loads(self._control.recv(4096) or b"{}")
        except (OSError, ValueError):  # it ended, or another thread gave it up
            answer = {}
        if not answer:
            raise Refused(self.last_words() or "the template did not start")
        return bool(answer.get("ready"))

    def last_words(self) -> str:
        """Return what the template wrote before it ended."""
        with contextlib.suppress(OSError):
            return self._log.read_text(encoding="utf-8", errors="replace").strip()[-4000:]
        return ""

    def start(self, folder: Path, deadline: float, *, confined: bool = True) -> Channel:
        """Fork a worker for the request in `folder`; return the reader's ends."""
        pipes = [os.pipe() for _ in range(4)]
        (events, events_w), (output, output_w), (status, status_w), (life_r, life) = pipes
        order = json.dumps({"folder": str(folder), "deadline": deadline, "confined": confined}).encode()
        try:
            with self._lock:
                socket.send_fds(self._control, [order], [events_w, output_w, status_w, life_r])
        except OSError as error:
            for descriptor in (events, output, status, life):
                os.close(descriptor)
            raise Refused(self.last_words() or str(error)) from error
        finally:
            for descriptor in (events_w, output_w, status_w, life_r):
                os.close(descriptor)
        end = _ender(life, status)
        return Channel(folder, events, output, status, deadline, end=end, import_time=30.0, confined=confined)

    def close(self, *, idle: bool = False) -> None:
        """End the template; the keepers of runs that are still on follow when their lifelines close."""
        self._control.close()
        if idle or self._ready is None:  # nothing runs, or nothing was ever asked: it may still be importing
            self.process.kill()
        try:
            self.process.wait(timeout=4)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._home.cleanup()


def _ender(life: int, status: int) -> _Ender:
    return _Ender(life, status)


class _Ender:
    """Closes the lifeline once and waits until the keeper has reported that the tree is dead."""

    def __init__(self, life: int, status: int) -> None:
        self.life: int | None = life
        self.status = status

    def __call__(self) -> None:
        if self.life is None:
            return
        os.close(self.life)
        self.life = None
        os.set_blocking(self.status, True)
        with contextlib.suppress(OSError):
            while os.read(self.status, 4096):  # until the keeper, the last holder, is gone
                pass
