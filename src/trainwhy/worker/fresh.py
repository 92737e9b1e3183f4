"""One new process per run: slower than forking, and possible everywhere."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from trainwhy.worker import confine
from trainwhy.worker.channel import Channel


def start(folder: Path, deadline: float, *, confined: bool = True, runs: int = 1) -> Channel:
    """Start `trainwhy.lab.fresh` for the request in `folder`; the deadline begins when it says it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "trainwhy.lab.fresh", str(folder), str(deadline), "confined" if confined else "free"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=confine.environment(),
        start_new_session=True,
    )
    events, output = _own(process.stdout), _own(process.stderr)
    return Channel(folder, events, output, None, deadline, end=lambda: _end(process), confined=confined, runs=runs)


def _own(stream: object) -> int:
    """Take a descriptor out of a pipe object, which is then closed."""
    descriptor = os.dup(stream.fileno())  # type: ignore[attr-defined]  # Popen made a pipe
    stream.close()  # type: ignore[attr-defined]
    return descriptor


def _end(process: subprocess.Popen[bytes]) -> int:
    """Kill the process group; a process that has ended by itself keeps its own exit code."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=0.2)
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
    return process.wait()
