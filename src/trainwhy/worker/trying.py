"""Trying every promise of the sandbox in real processes under the confinement of a run, without TensorFlow."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from trainwhy import unlisted, wire
from trainwhy.errors import NoSandbox
from trainwhy.results import Ended, Measured, Request, Started
from trainwhy.worker import channel, confine, forking, promises

SECONDS = 20.0
NOT_HERE = "not promised here"
KEPT = b"not to be touched"


@dataclass(frozen=True, slots=True)
class Tried:
    """A promise, and what came of trying to break it; `held` is None where it is not promised."""

    name: str
    title: str
    held: bool | None
    answer: str

    @property
    def words(self) -> str:
        """Say whether it holds."""
        return NOT_HERE if self.held is None else "held" if self.held else "NOT HELD"


def try_all(names: Iterable[str] = ()) -> Iterator[Tried]:
    """Try promises, all of them where none is named; those after which a process goes on share one."""
    chosen = {name: promises.load(name) for name in tuple(names) or promises.names()}
    if not forking.supported():
        yield from (Tried(name, one.TITLE, None, "this system has no sandbox for it") for name, one in chosen.items())
        return
    template = forking.private(template=("-m", "trainwhy.lab.ground"))
    together = [name for name, one in chosen.items() if not hasattr(one, "ENDS")]
    alone = [name for name in chosen if name not in together]
    try:
        template.wait_ready()
        for group in (together, *([name] for name in alone)):
            if group:
                yield from _try({name: chosen[name] for name in group}, template)
    except channel.Refused as refused:
        raise NoSandbox(f"no process could be started to try it: {refused}") from refused
    finally:
        template.close()


def require() -> None:
    """Try what the sandbox promises; raise NoSandbox with the first that is not held or not promised here."""
    for tried in try_all(name for name in promises.names() if promises.load(name).NEEDS):
        if not tried.held:
            raise NoSandbox(f"`{tried.title}` is {tried.words}, {tried.answer}")


def _try(group: dict[str, ModuleType], template: forking.Template) -> Iterator[Tried]:
    with _outside() as outside:
        ground = promises.Ground(outside, (os.getpid(), template.pid))
        said = _run(group, ground, template)
        touched = _touched(outside)
    for name, one in group.items():
        missing = [part for part in one.NEEDS if part not in said.sandbox]
        if missing:
            yield Tried(name, one.TITLE, None, f"the sandbox here is {said.sandbox}")
            continue
        held, answer = _judged(name, one, ground, said)
        yield Tried(name, one.TITLE, held and not (touched and one.NEEDS), touched if one.NEEDS and touched else answer)


@dataclass(frozen=True, slots=True)
class _Said:
    sandbox: str
    measured: dict[str, Measured]
    ended: Ended


def _run(group: dict[str, ModuleType], ground: promises.Ground, template: forking.Template) -> _Said:
    answers = {"outside": str(ground.outside), "parents": ",".join(map(str, ground.parents))}
    request = Request("promise", ",".join(group), answers=answers)
    seconds = min(float(getattr(one, "SECONDS", SECONDS)) for one in group.values())
    sandbox, measured, ended = "", {}, Ended("internal", 0.0)
    folder = unlisted.make("trainwhy-run-")
    try:
        (folder / "work").mkdir()
        (folder / "request.json").write_text(wire.dump_request(request), encoding="utf-8")
        with contextlib.closing(channel.read(template.start(folder, seconds))) as events:
            for event in events:
                if isinstance(event, Started):
                    sandbox = sandbox or event.sandbox
                elif isinstance(event, Measured):
                    measured[str(event.facts.get("promise"))] = event
                elif isinstance(event, Ended):
                    ended = event
    finally:
        unlisted.remove(folder)
    return _Said(sandbox or confine.NONE, measured, ended)


def _judged(name: str, promise: ModuleType, ground: promises.Ground, said: _Said) -> tuple[bool, str]:
    measured, ended = said.measured.get(name), said.ended
    if measured is not None:
        return bool(measured.facts.get("held")), measured.text
    expected = getattr(promise, "ENDS", "")
    if ended.outcome != expected:
        words = f"; {ended.failure.message}" if ended.failure else ""
        return False, f"the run ended as {ended.outcome}{words}"
    try:
        return True, str(promise.confirm(ground, ended.output))
    except promises.Broken as broken:
        return False, str(broken)


@contextlib.contextmanager
def _outside() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="trainwhy-outside-"))
    (folder / "kept").write_bytes(KEPT)
    (folder / "folder").mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _touched(outside: Path) -> str:
    """Say what was changed outside; the word of the process that tried is not taken for it."""
    found = sorted(path.name for path in outside.iterdir())
    if found != ["folder", "kept"]:
        return f"the folder outside holds {', '.join(found) or 'nothing'} afterwards"
    kept = outside / "kept"
    if not os.access(kept, os.R_OK) or kept.stat().st_mtime == 0 or kept.read_bytes() != KEPT:
        return "the file outside was changed"
    return ""
