"""The keeper of one run: the clean parent of a worker that owns its deadline and the end of its whole process tree."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from trainwhy.lab import tree
from trainwhy.worker import confine, surroundings

TICK = 0.25  # seconds between looks at the run's directory
HASTE = 0.02  # and at the processes of a run that has too many
LAST_WORDS = 0.2  # seconds a worker gets to write where it was
PACKET = 64 * 1024
DESCRIPTORS = 4
LONGEST = 2048  # characters of a path inside a run's directory


@dataclass(frozen=True)
class Order:
    """One run: where its request lies, how long it may take, and the descriptors that belong to it.

    `used` allows a worker in which TensorFlow has run operations; `setting` is what to take over from the command.
    """

    folder: Path
    deadline: float
    events: int
    output: int
    status: int
    lifeline: int
    confined: bool = True
    sandbox: str = confine.NONE  # what holds in the worker
    used: bool = True
    setting: dict[str, Any] = field(default_factory=dict)

    @property
    def descriptors(self) -> list[int]:
        """All four, in the order in which they travel."""
        return [self.events, self.output, self.status, self.lifeline]


Work = Callable[[Order], None]


def receive(control: socket.socket) -> Order | None:
    """Take one order from a socket; None when nobody is left to give one."""
    packet, descriptors, _, _ = socket.recv_fds(control, PACKET, DESCRIPTORS)
    if not packet:
        return None
    data = json.loads(packet)
    confined, used = bool(data.get("confined", True)), bool(data.get("used", True))
    events, output, status, lifeline = descriptors
    setting = dict(data.get("setting", {}))
    folder, deadline = Path(data["folder"]), float(data["deadline"])
    return Order(folder, deadline, events, output, status, lifeline, confined, used=used, setting=setting)


def pass_on(control: socket.socket, order: Order) -> None:
    """Hand an order to the process at the other end; the descriptors stay open here too."""
    document = {"folder": str(order.folder), "deadline": order.deadline, "confined": order.confined}
    packet = json.dumps({**document, "setting": order.setting}).encode()
    socket.send_fds(control, [packet], order.descriptors)


def keep(work: Work, order: Order) -> None:
    """Fork a worker for an order, wait for its end, kill what it leaves, write one JSON status; never returns."""
    _take_charge(*order.descriptors)
    _see_through(_start(work, order), order)


def _start(work: Work, order: Order) -> int:
    keeper = os.getpid()
    worker = os.fork()
    if worker == 0:
        _as_worker(keeper, lambda: _cold(work, order))
    return worker


def _cold(work: Work, order: Order) -> None:
    confine.close_others([order.events, order.output])
    sandbox = confine.seal(order.folder) if order.confined else confine.NONE
    _limited(work, replace(order, sandbox=sandbox))


def keep_ready(warm_up: Callable[[], None], work: Work, control: socket.socket) -> None:
    """Fork a worker that makes itself warm, and give it the one order that comes from `control`; never returns.

    It is confined before it is warm, while it has one thread, to a directory that becomes the run's: what it may write
    is tied to the directory itself, so moving it to where the run's directory stood moves the permission along.
    """
    _take_charge(control.fileno())
    keeper = os.getpid()
    own = Path(tempfile.mkdtemp(prefix="run-", dir=Path.cwd()))  # the template's home, which goes when it goes
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    worker = os.fork()
    if worker == 0:
        ours.close()
        control.close()
        _as_worker(keeper, lambda: _warm_then(warm_up, work, own, theirs))
    theirs.close()
    order = receive(control)
    if order is None:
        tree.end(worker)
        os._exit(0)
    if _take_place(own, order.folder):
        pass_on(ours, order)
    else:  # it lies on another file system: a cold worker can write there
        tree.end(worker)
        worker = _start(work, order)
    ours.close()
    _see_through(worker, order)


def _take_place(own: Path, folder: Path) -> bool:
    """Put the directory `own`, with all that is in `folder`, where `folder` is; False when they lie on two disks."""
    if own.stat().st_dev != folder.stat().st_dev:
        shutil.rmtree(own, ignore_errors=True)
        return False
    for name in os.listdir(folder):  # noqa: PTH208 - names are enough
        (folder / name).rename(own / name)
    own.rename(folder)
    return True


def _take_charge(*kept: int) -> None:
    confine.die_with_parent(os.getppid())
    confine.adopt_orphans()
    confine.close_others(kept)  # the template's own, and what leads to other workers


def _warm_then(warm_up: Callable[[], None], work: Work, own: Path, control: socket.socket) -> None:
    confine.close_others([control.fileno()])
    tempfile.tempdir = str(own)
    sandbox = confine.seal(own)
    warm_up()
    order = receive(control)
    control.close()
    if order is not None:
        os.close(order.status)
        os.close(order.lifeline)
        _limited(work, replace(order, sandbox=sandbox))


def _limited(work: Work, order: Order) -> None:
    surroundings.take_over(order.setting)
    if order.confined:
        confine.limit(order.deadline)
    work(order)


def _as_worker(keeper: int, run: Callable[[], None]) -> None:
    code = 70
    try:
        os.setsid()
        confine.die_with_parent(keeper)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
        code = 0
    finally:
        os._exit(code)  # no exit handler of the learner's, no flush of buffers the template had


def _see_through(worker: int, order: Order) -> None:
    began = time.monotonic()
    os.close(order.events)
    os.close(order.output)
    why = _wait(worker, order.folder if order.confined else None, order.lifeline, order.deadline)
    code = tree.end(worker)
    document = {"why": why, "code": code, "seconds": time.monotonic() - began}
    with contextlib.suppress(OSError):
        os.write(order.status, json.dumps(document).encode())
    os._exit(0)


def _wait(worker: int, folder: Path | None, lifeline: int, seconds: float) -> str:
    """Wait until the worker ends or must end; return "ended", "deadline", "cancelled" or "files".

    A byte on the lifeline says that one of several runs is done: the next one has as many seconds.
    """
    child, deadline, tick = os.pidfd_open(worker), time.monotonic() + seconds, TICK
    before = tree.threads()
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                _ask_where(worker)
                return "deadline"
            ready, _, _ = select.select([child, lifeline], [], [], min(left, tick))
            if child in ready:
                return "ended"
            if lifeline in ready:
                if not os.read(lifeline, 1):
                    return "cancelled"
                deadline = time.monotonic() + seconds
            if folder is not None:
                if _full(folder):
                    return "files"
                tick = HASTE if tree.crowded(worker, before) else TICK  # what was starting is looked for soon
    finally:
        os.close(child)


def _ask_where(worker: int) -> None:
    """Let faulthandler in the worker write the stack it is stuck in."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker, signal.SIGUSR1)
        time.sleep(LAST_WORDS)


def _full(folder: Path) -> bool:
    """Whether a run wrote more than it may, in bytes or in files; folders nested beyond reach count as that too."""
    size = entries = 0
    waiting = [str(folder)]
    while waiting:
        with (
            contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError),
            os.scandir(waiting.pop()) as found,
        ):
            for entry in found:
                entries += 1
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    if len(entry.path) > LONGEST:
                        return True
                else:
                    size += _bytes(entry)
                if size > confine.DIRECTORY_BYTES or entries > confine.DIRECTORY_ENTRIES:
                    return True
    return False


def _bytes(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:  # it is gone already
        return 0
