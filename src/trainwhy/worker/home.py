"""The process of a template, with a folder of its own: started here, by a command or by the background process."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from trainwhy.worker import confine

TEMPLATE = ("-m", "trainwhy.lab.template")
LOG_BYTES = 1 << 20


def supported() -> bool:
    """Whether this system has what forked workers need."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and Path("/proc/self/task").is_dir()


class Home:
    """A template's process, which loads from the moment this is made; `control` is our end of its socket."""

    def __init__(self, ready: int, template: Sequence[str] = TEMPLATE) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._folder = tempfile.TemporaryDirectory(prefix="trainwhy-")
        self._log = Path(self._folder.name) / "log"
        with theirs, self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *template, str(theirs.fileno()), str(ready)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder.name,
                env=confine.environment(),
                start_new_session=True,
            )

    def last_words(self) -> str:
        """Return what the template wrote before it ended."""
        with contextlib.suppress(OSError):
            return self._log.read_text(encoding="utf-8", errors="replace").strip()[-4000:]
        return ""

    def keep_small(self) -> None:
        """Empty the log when it has grown: nothing of trainwhy's fills it."""
        with contextlib.suppress(OSError):
            if self._log.stat().st_size > LOG_BYTES:
                os.truncate(self._log, 0)

    def close(self, *, idle: bool) -> None:
        """End the template; an idle one at once, else the keepers of runs that are on follow their lifelines."""
        self.control.close()
        if idle:
            self.process.kill()
        try:
            self.process.wait(timeout=4)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._folder.cleanup()
