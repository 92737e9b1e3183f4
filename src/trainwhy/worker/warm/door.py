"""The command's side of the background process: connect to it, start it, ask it, stop it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trainwhy.errors import NotWritten
from trainwhy.lock import locked
from trainwhy.worker import confine, forking, home, surroundings
from trainwhy.worker.warm import key, peers, place
from trainwhy.worker.warm.settings import Settings

MODULE = "trainwhy.worker.warm.background"
ANSWER = 3.0  # seconds that a process which has nothing else to do may take to answer
START = 10.0  # seconds until a new one listens; TensorFlow loads later
FAREWELL = 6.0  # seconds to end everything in, before it is ended without a word
TURNS = 3
PACKET = 64 * 1024


class Silent(Exception):
    """Somebody listens, and is not the background process in working order; carries what was found."""


def template(settings: Settings, notes: list[str]) -> forking.Template | None:
    """Reach the template in the background, starting it if need be; None, with a note, when it is not to be had."""
    if peers.inside_a_run():
        return None
    try:
        with place.opened(settings.folder) as folder:
            line = _served(settings, folder)
    except (place.Unsafe, Silent) as reason:
        notes.append(f"no background process: {reason}")
        return None
    except (place.Unusable, OSError):  # `doctor` tells; a machine without a place for it is not news at every run
        return None
    return None if line is None else forking.Template(line, setting=surroundings.here())


def status(settings: Settings) -> dict[str, Any] | None:
    """Ask the background process what it does; None when there is none. Raises Unusable and Silent."""
    with _there(settings) as line:
        if line is None:
            return None
        told = _ask(line, {"want": "status"})
        if told.get("refused"):
            raise Silent(f"it refuses this command: {told['refused']}")
        return told or None


def stop(settings: Settings) -> int | None:
    """End the background process at once, in whatever state it is, and return its number; None when there is none."""
    with _there(settings) as line:
        if line is None:
            return None
        pid, _ = peers.credentials(line)  # it listens now, so the number is its own
        handle = os.pidfd_open(pid)
    try:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, number)
            until = time.monotonic() + FAREWELL
            while time.monotonic() < until:
                if peers.ended(handle):
                    return pid
                time.sleep(0.01)
    finally:
        os.close(handle)
    return pid


@contextlib.contextmanager
def _there(settings: Settings) -> Iterator[socket.socket | None]:
    """Connect, if anybody is there; nothing is made, and who listens is checked."""
    if not (home.supported() and settings.folder.exists()):
        yield None
        return
    with place.opened(settings.folder) as folder:
        line = _dialled(folder)
    with line or contextlib.nullcontext():
        yield line


def _served(settings: Settings, folder: int) -> socket.socket | None:
    """Come to terms with the background process; one that has something else loaded makes room for a new one."""
    mine = key.of(settings)
    for _ in range(TURNS):
        line = _dialled(folder)
        started = line is None
        line = line or _started(settings, folder)
        answer = _ask(line, {"want": "runs", "key": mine})
        if answer.get("welcome"):
            return line
        line.close()
        if answer.get("refused"):
            return None
        if started and answer.get("retired"):
            raise Silent("it loads something else than this command would")
    return None


def _dialled(folder: int) -> socket.socket | None:
    """Connect to whoever listens, and make sure that it is a process like this one and no run's."""
    try:
        line = place.dial(folder, ANSWER)
    except TimeoutError as error:
        raise Silent("it does not answer") from error
    if line is None:
        return None
    why = peers.refusal(line)
    if why:
        line.close()
        if "ended" in why:
            return None
        raise Silent(f"somebody else answers: {why}")
    return line


def _started(settings: Settings, folder: int) -> socket.socket:
    """Start it, unless another command was faster; return when it listens."""
    line = None
    with contextlib.suppress(NotWritten), locked(Path(place.path(folder, place.LOCK)), wait=START):
        line = _dialled(folder)
        if line is None:
            _start(settings)
            line = _dialled(folder)
    if line is None:
        raise Silent("it did not start")
    return line


def _start(settings: Settings) -> None:
    """Start a process that leaves terminal, folder and streams behind, and wait until its child listens."""
    # One word for the template: as words of their own they would make this process look like one.
    words = [str(settings.folder.absolute()), str(settings.idle), json.dumps(settings.template)]
    command = [sys.executable, "-m", MODULE, *words]
    starter = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=confine.environment(),
        start_new_session=True,
    )
    try:
        starter.wait(timeout=START)
    except subprocess.TimeoutExpired:
        starter.kill()
        starter.wait()


def _ask(line: socket.socket, question: dict[str, Any]) -> dict[str, Any]:
    """Be let in, ask and hear; nothing when the other end has closed. Raises `Silent` when no answer comes."""
    line.settimeout(ANSWER)
    try:
        answer = json.loads(line.recv(PACKET) or b"{}")
        if "hello" in answer:
            line.send(json.dumps({"protocol": key.PROTOCOL, **question}).encode())
            answer = json.loads(line.recv(PACKET) or b"{}")
    except TimeoutError as error:
        line.close()
        raise Silent("it does not answer") from error
    except (OSError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}
