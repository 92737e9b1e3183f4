"""The background process, as `doctor` shows and stops it."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Any

from trainwhy.cli import exits, talk
from trainwhy.errors import Usage

SEVERAL = 2  # seconds, minutes or hours that are said in this unit; fewer are said in the next smaller one


def facts() -> dict[str, Any]:
    """Whether a template stays in the background, and what it costs; nothing is started."""
    from trainwhy.worker import home
    from trainwhy.worker.warm import door, key, place, settings

    off = settings.why_off(os.environ)
    wanted = settings.found(os.environ)
    if not home.supported():
        return {"used": f"no: {off}"}
    found: dict[str, Any] = {"used": f"no: {off}" if off else "yes", "folder": wanted.folder.as_posix()}
    try:
        told = door.status(wanted)
    except place.Unusable as reason:
        return {**found, "used": f"no: {off or reason}", "runs": "not known"}
    except door.Silent as reason:
        return {**found, "runs": f"not known: {reason}"}
    if told is None:
        return {**found, "runs": "no"}
    current = told["key"] == key.of(wanted)
    return {
        **found,
        "runs": f"yes, process {told['pid']}; `trainwhy doctor --stop` ends it",
        "pid": told["pid"],
        "since": f"{_long(time.time() - told['began'])} ago",
        "memory": _memory(told["pid"]),
        "serves": f"{told['python']}" + ("" if current else "; the next command replaces it: its versions are others"),
        "TensorFlow": "loaded" if told["loaded"] else "still loading",
        "runs so far": told["runs"],
        "commands now": told["commands"],
        "ends": f"after {_long(told['ends in'])} without a command",
    }


def stop(*, as_json: bool) -> int:
    """End it, and say so."""
    from trainwhy.worker.warm import door, place, settings

    try:
        pid = door.stop(settings.found(os.environ))
    except (place.Unusable, door.Silent) as reason:
        raise Usage(f"the background process was not reached: {reason}") from reason
    if as_json:
        talk.say_json({"stopped": pid is not None, "pid": pid})
    elif pid is None:
        talk.say("no background process is running")
    else:
        talk.say(f"the background process {pid} was ended")
    return exits.SOLVED


def _long(seconds: float) -> str:
    """Say a span of time in whole units."""
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= SEVERAL * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _memory(pid: int) -> str:
    """Add up what a process and all below it hold for themselves, pages they share counted once."""
    total = 0
    for one in _family(pid):
        with contextlib.suppress(OSError, ValueError, IndexError):
            for row in Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if row.startswith("Pss:"):
                    total += int(row.split()[1]) * 1024
    return f"{total / 2**20:.0f} MiB" if total else "not known"


def _family(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        with contextlib.suppress(OSError, ValueError):
            listed = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii")
            waiting += map(int, listed.split())
    return found
