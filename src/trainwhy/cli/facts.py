"""What `doctor` finds out. TensorFlow is asked for its version by its metadata and by a worker, never imported here."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import tempfile
import threading
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import trainwhy
from trainwhy import workspace as workspaces
from trainwhy.cli import background, crash, here, talk
from trainwhy.errors import TrainwhyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trainwhy.cli.screen import Screen
    from trainwhy.cli.tools import Tools

LIBRARIES = ("tensorflow", "keras", "numpy", "rich", "typer", "watchfiles", "cattrs")
OTHER_TENSORFLOWS = ("tensorflow-cpu", "tensorflow-macos", "tf-nightly")
Facts = dict[str, dict[str, Any]]


def quiet_facts(tools: Tools) -> Facts:
    """Everything that is known without starting a process."""
    return {
        "versions": _versions(),
        "system": _system(),
        "terminal": _terminal(tools.screen),
        "places": _places(tools),
        "background": background.facts(),
    }


def _versions() -> dict[str, Any]:
    found = {"trainwhy": trainwhy.__version__, "python": platform.python_version()}
    for name in LIBRARIES:
        found[name] = _version(name)
    for name in OTHER_TENSORFLOWS:
        if (version := _version(name)) != "missing":
            found[name] = version
    return found


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def _system() -> dict[str, Any]:
    found: dict[str, Any] = {"system": platform.platform(), "processors": os.cpu_count() or 1}
    with contextlib.suppress(OSError, ValueError, AttributeError):
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
        found["memory"] = f"{pages * size / 2**30:.3g} GiB"
    return found


def _terminal(screen: Screen) -> dict[str, Any]:
    return {
        "stdout": "terminal" if screen.terminal else "not a terminal",
        "width": screen.width,
        "colour": "yes" if screen.color else "no",
        "symbols": "Unicode" if screen.unicode else "ASCII",
        "encoding": sys.stdout.encoding or "unknown",
        "single keys": "yes" if screen.keyboard else "no",
        "CI": "yes" if os.environ.get("CI") else "no",
    }


def _places(tools: Tools) -> dict[str, Any]:
    found = workspaces.find(tools.folder()) or workspaces.find(tools.folder() / here.FOLDER)
    return {
        "package": Path(trainwhy.__file__).parent.as_posix(),
        "course": _course(tools),
        "workspace": found.folder.as_posix() if found else "none here",
        "logs": crash.log_folder().as_posix(),
        "file events": "yes" if _events_arrive() else "no; `watch` looks at the file itself",
    }


def _course(tools: Tools) -> str:
    try:
        course = tools.course()
    except TrainwhyError as error:
        return f"damaged: {error.message}"
    return f"{course.folder.as_posix()} ({len(course.exercises)} exercises)"


def _events_arrive() -> bool:
    """Write a file and see whether the system tells."""
    try:
        import watchfiles
    except ImportError:
        return False
    with tempfile.TemporaryDirectory(prefix="trainwhy-doctor-") as name, contextlib.suppress(OSError, RuntimeError):
        stop = threading.Event()
        threading.Timer(0.1, (Path(name) / "probe").write_text, ["."]).start()
        for changed in watchfiles.watch(
            name, stop_event=stop, rust_timeout=600, yield_on_timeout=True, debounce=50, step=10
        ):
            return bool(changed)
    return False


# ------------------------------------------------------------------------------------------- with a worker


def worker_facts(tools: Tools) -> tuple[Facts, bool]:
    """Start a worker, let it build one model, and say how long that took and under which limits."""
    found: dict[str, Any] = {}
    began = time.monotonic()
    try:
        with tools.alone() as worker:
            works = _tried(tools, worker, found, began)
            notes = getattr(worker, "notes", [])
    except TrainwhyError as error:
        return {"worker": {"starts": f"no: {error.message}", "hint": error.hint}}, False
    if notes:
        found["notes"] = "; ".join(notes)
    return {"worker": found, "limits": _limits(tools), "cache": _cache()}, works


def _tried(tools: Tools, worker: Any, found: dict[str, Any], began: float) -> bool:
    from trainwhy.results import Ended, Request, Started

    exercise = next((one for one in tools.course().exercises if one.entry), None)
    if exercise is None:
        found["starts"] = "not tried: the course holds no exercise that trains"
        return False
    ended: Ended | None = None
    for event in worker.run(Request("describe", str(exercise.folder), deadline=exercise.deadline)):
        if isinstance(event, Started):
            found["starts"] = f"yes, in {time.monotonic() - began:.3g} s"
            found["tensorflow"], found["keras"] = event.tensorflow, event.keras
            found["sandbox"] = event.sandbox
        elif isinstance(event, Ended):
            ended = event
    found["builds a model"] = f"{ended.outcome} in {ended.seconds:.3g} s" if ended else "no"
    if ended and ended.failure:
        found["failure"] = ended.failure.message
    return ended is not None and ended.outcome == "finished"


def _limits(tools: Tools) -> dict[str, Any]:
    from trainwhy.worker import confine, output

    longest = max((one.deadline for one in tools.course().exercises), default=0.0)
    return {
        "memory": f"{confine.DATA_BYTES >> 20} MiB",
        "one file": f"{confine.FILE_BYTES >> 20} MiB",
        "printing": f"{output.FLOOD >> 20} MiB",
        "time": f"up to {longest:.3g} s an exercise",
    }


def _cache() -> dict[str, Any]:
    from trainwhy import references

    folder = references.folder()
    kept = list(folder.glob("*.json")) if folder.is_dir() else []
    size = sum(path.stat().st_size for path in kept)
    return {"folder": folder.as_posix(), "reference runs": len(kept), "size": f"{size / 1024:.3g} KiB"}


# ------------------------------------------------------------------------------------------- in words


def lines(screen: Screen, facts: Mapping[str, Mapping[str, Any]]) -> str:
    """Write the facts, one to a line, under their headings."""
    written = []
    for heading, inner in facts.items():
        written.append(talk.paint(screen, "strong", heading))
        longest = max((len(name) for name in inner), default=0)
        for name, value in inner.items():
            first = f"  {name}: " if screen.plain else f"  {name:{longest}}  "
            written.append(talk.wrap(screen, str(value), first=first, rest=" " * len(first)))
    return "\n".join(written) + "\n"
