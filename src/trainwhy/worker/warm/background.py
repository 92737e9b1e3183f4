"""The background process: keeps one template, and hands it the orders of any command of its user's.

Started as `python -m trainwhy.worker.warm.background FOLDER IDLE TEMPLATE`, the last of them a list in JSON; the
process that was started ends as soon as its child listens. A command connects, says what it wants and which key it has,
and gets a line over which it orders runs as it would from a template of its own. This process reads no request and runs
no learner's code: it looks at who asks, and passes orders on. It ends when nobody has asked for IDLE seconds, when its
socket is gone from the folder, when the template ends, or when a command needs other versions.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trainwhy.errors import NotWritten
from trainwhy.lock import locked
from trainwhy.worker import confine, home
from trainwhy.worker.warm import key, peers, place, upkeep
from trainwhy.worker.warm.settings import Settings

READY = 2  # workers that are kept warm
CLIENTS = 32
BACKLOG = 64
TICK = 1.0  # seconds between looks while somebody is served
REST = 4.0  # and while nobody is
GREETING = 5.0  # seconds until a connection has to say what it wants
PACKET = 64 * 1024
DESCRIPTORS = 4
MEMORY = 2 << 30  # bytes after which a template that grew is not kept for the next command


@dataclass
class Line:
    """One connection: since when, and whether it was let in."""

    since: float
    welcome: bool = False


@dataclass
class Office:
    """Everything the process holds."""

    settings: Settings
    folder: int
    key: str
    listener: socket.socket | None
    home: home.Home
    number: int | None
    began: float = field(default_factory=time.time)
    used: float = field(default_factory=time.monotonic)
    lines: dict[socket.socket, Line] = field(default_factory=dict)
    loaded: dict[str, Any] | None = None
    runs: int = 0


def main() -> None:
    """Let go of whoever started this, and serve until nobody needs it."""
    settings = Settings(Path(sys.argv[1]), float(sys.argv[2]), tuple(json.loads(sys.argv[3])))
    waiting, told = os.pipe()
    if os.fork():
        os.close(told)
        os.read(waiting, 1)
        os._exit(0)
    os.close(waiting)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    confine.adopt_orphans()
    with place.opened(settings.folder) as folder:
        if peers.inside_a_run():
            return
        mine = key.of(settings)
        with place.listen(folder, BACKLOG) as listener:
            os.close(told)
            own = home.Home(READY, settings.template)
            office = Office(settings, folder, mine, listener, own, place.number(folder))
            try:
                serve(office)
            finally:
                _leave(office)


def serve(office: Office) -> None:
    """Work until there is nothing left to do."""
    while not _done(office):
        listening = [office.listener] if office.listener else []
        heard, _, _ = select.select([*listening, office.home.control, *office.lines], [], [], _pause(office))
        _tidy(office)
        for one in heard:
            if one is office.listener:
                _meet(office, one)
            elif one is office.home.control:
                _hear_template(office)
            elif one in office.lines:
                _hear(office, one)


def _done(office: Office) -> bool:
    """Whether nobody is served, and nobody is to be waited for."""
    if any(line.welcome for line in office.lines.values()):
        office.used = time.monotonic()
        return False
    return office.listener is None or time.monotonic() - office.used >= office.settings.idle


def _pause(office: Office) -> float:
    """Seconds until there is something to look after."""
    left = office.used + office.settings.idle - time.monotonic()
    return TICK if office.lines else min(max(left, 0.0), REST)


def _tidy(office: Office) -> None:
    """Look at the clock, at the name in the folder, at memory, and at processes that lost their keeper."""
    now = time.monotonic()
    for one, line in list(office.lines.items()):
        if not line.welcome and now - line.since > GREETING:
            _drop(office, one)
    if place.number(office.folder) != office.number or upkeep.memory(office.home.process.pid) > MEMORY:
        _retire(office)
    office.home.keep_small()
    upkeep.end_strays(office.home.process.pid)


def _meet(office: Office, listener: socket.socket) -> None:
    """Look at who connects, and speak first: nothing is read from whoever is refused."""
    line, _ = listener.accept()
    why = peers.refusal(line, os.getpid())
    if not why and len(office.lines) >= CLIENTS:
        why = "too many commands at once"
    if why:
        _say(line, {"refused": why})
        line.close()
    else:
        office.lines[line] = Line(time.monotonic())
        _say(line, {"hello": os.getpid()})


def _hear(office: Office, line: socket.socket) -> None:
    try:
        packet, descriptors, _, _ = socket.recv_fds(line, PACKET, DESCRIPTORS, socket.MSG_DONTWAIT)
    except OSError:
        packet, descriptors = b"", []
    try:
        if not packet:
            _drop(office, line)
        elif office.lines[line].welcome:
            _order(office, line, packet, descriptors)
        else:
            _greet(office, line, packet)
    finally:
        for one in descriptors:
            os.close(one)


def _greet(office: Office, line: socket.socket, packet: bytes) -> None:
    """Answer the first packet of a line."""
    try:
        asked = dict(json.loads(packet))
    except (TypeError, ValueError):
        _drop(office, line)
        return
    if asked.get("want") == "status":
        _say(line, _status(office))
        _drop(office, line)
    elif asked.get("protocol") != key.PROTOCOL or asked.get("key") != office.key:
        _retire(office)
        _say(line, {"retired": True})
        _drop(office, line)
    else:
        office.lines[line].welcome = True
        _say(line, {"welcome": True})
        if office.loaded is not None:
            _say(line, office.loaded)


def _order(office: Office, line: socket.socket, packet: bytes, descriptors: list[int]) -> None:
    """Pass an order on as it came."""
    if len(descriptors) != DESCRIPTORS or office.loaded is None:
        _drop(office, line)
        return
    office.runs += 1
    with contextlib.suppress(OSError):  # the template has ended: so will the run, when its descriptors are closed
        socket.send_fds(office.home.control, [packet], descriptors)


def _hear_template(office: Office) -> None:
    """Hand on whether it can fork; without it there is nothing to serve."""
    try:
        packet = office.home.control.recv(PACKET)
    except OSError:
        packet = b""
    if packet:
        office.loaded = json.loads(packet)
        told = office.loaded
    else:
        told = {"words": office.home.last_words()}
        _retire(office)
    for line, state in list(office.lines.items()):
        if state.welcome:
            _say(line, told)
            if not packet:
                _drop(office, line)


def _status(office: Office) -> dict[str, Any]:
    return {
        "pid": os.getpid(),
        "template": office.home.process.pid,
        "began": office.began,
        "loaded": office.loaded is not None,
        "runs": office.runs,
        "commands": sum(line.welcome for line in office.lines.values()),
        "ends in": max(office.settings.idle - (time.monotonic() - office.used), 0.0),
        "python": sys.executable,
        "key": office.key,
    }


def _retire(office: Office) -> None:
    """Let nobody in any more; those who are in are served to their end."""
    if office.listener is not None:
        office.listener.close()
        office.listener = None


def _drop(office: Office, line: socket.socket) -> None:
    if office.lines.pop(line).welcome:
        office.used = time.monotonic()
    line.close()


def _say(line: socket.socket, words: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):  # whoever does not listen any more is dropped when it is heard
        line.send(json.dumps(words).encode(), socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)


def _leave(office: Office) -> None:
    """End the template first, and the name in the folder unless a successor has it already."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    served = any(line.welcome for line in office.lines.values())
    _retire(office)
    for line in list(office.lines):
        line.close()
    name = Path(place.path(office.folder, place.LOCK))
    with contextlib.suppress(OSError, NotWritten), locked(name, wait=0):  # else a successor is starting right now
        if place.number(office.folder) == office.number:
            os.unlink(place.path(office.folder, place.socket_name()))  # noqa: PTH108 - a name below a descriptor
    office.home.close(idle=not served)


if __name__ == "__main__":
    main()
