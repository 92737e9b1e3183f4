"""Finding and making a workspace, and `workspace.json`.

`.trainwhy/workspace.json` marks the folder and keeps every starter as it was handed out, so that a later course can
tell an untouched file from a changed one and merge three ways.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainwhy import __version__, atomic
from trainwhy.course import fingerprint
from trainwhy.errors import BadFile, NewerWorkspace, NotAWorkspace, NotWritten, Usage
from trainwhy.regular import read_regular
from trainwhy.workspace.readme import chapter_readme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainwhy.course import Course, Exercise

FORMAT = 1
STATE = ".trainwhy"
_MANIFEST_LIMIT = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with a `.trainwhy/workspace.json`."""

    folder: Path

    @property
    def state(self) -> Path:
        """The folder that belongs to trainwhy."""
        return self.folder / STATE

    def path(self, exercise: Exercise) -> Path:
        """Where the learner's file of an exercise belongs."""
        return self.folder / exercise.file


@dataclass(frozen=True, slots=True)
class Creation:
    """What making a workspace did: paths inside it, with forward slashes."""

    workspace: Workspace
    written: tuple[str, ...]
    kept: tuple[str, ...]  # there already, and different from what would have been written: not touched


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `workspace.json` says; empty where it is missing or damaged."""

    format: int = FORMAT
    made_by: str = ""
    starters: dict[str, str] = field(default_factory=dict)  # exercise id -> text as it was handed out


# ------------------------------------------------------------------------------------------- find and make


def find(start: Path) -> Workspace | None:
    """Find the workspace that holds `start`, walking up; None when there is none."""
    here = Path(os.path.abspath(start))  # noqa: PTH100 - `resolve` would leave a linked workspace by the back door
    for folder in (here, *here.parents):
        # os.path.isfile is False, never an exception, where a folder above may not be entered.
        if os.path.isfile(folder / STATE / "workspace.json"):  # noqa: PTH113
            return Workspace(folder)
    return None


def open_(start: Path) -> Workspace:
    """Find the workspace that holds `start`; raises NotAWorkspace, or NewerWorkspace when it is from the future."""
    workspace = find(start)
    if workspace is None:
        raise NotAWorkspace(start)
    found = manifest(workspace).format
    if found > FORMAT:
        raise NewerWorkspace(workspace.folder, found, FORMAT)
    return workspace


def create(folder: Path, course: Course) -> Workspace:
    """Make a workspace, or add to one what is missing; an existing file is never overwritten."""
    return make(folder, course).workspace


def make(folder: Path, course: Course) -> Creation:
    """Do what `create` does, and say which files were written and which were left alone."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - see `find`
    _refuse_bad_place(folder, course)
    written: list[str] = []
    kept: list[str] = []
    for name, text in _files(course):
        path = folder / name
        data = text.encode()
        if atomic.write_new(path, data):
            written.append(name)
        elif not _holds(path, data):
            kept.append(name)
    workspace = Workspace(folder)
    _write_manifest(workspace, course)
    return Creation(workspace, tuple(written), tuple(kept))


def _refuse_bad_place(folder: Path, course: Course) -> None:
    if folder.exists() and not folder.is_dir():
        raise NotWritten(folder, "a file of that name is in the way")
    inside = find(folder)
    if inside is not None and inside.folder != folder:
        raise Usage(f"{folder} is inside the workspace {inside.folder}", "work there, or choose a folder outside it")
    if inside is not None:
        open_(folder)
    if folder.resolve().is_relative_to(course.folder.resolve()):
        raise Usage(f"{folder} is inside the course itself", "choose a folder of your own")


def _files(course: Course) -> Iterator[tuple[str, str]]:
    for chapter in course.chapters:
        yield f"{chapter.name}/README.md", chapter_readme(chapter)
        for exercise in chapter.exercises:
            yield exercise.file, exercise.starter()


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_regular(path, len(data)) == data
    except BadFile:
        return False


# ------------------------------------------------------------------------------------------- workspace.json


def manifest(workspace: Workspace) -> Manifest:
    """Read `workspace.json`; damage costs what it says, never the workspace."""
    try:
        data = read_regular(workspace.state / "workspace.json", _MANIFEST_LIMIT)
        found = json.loads(data.decode("utf-8-sig"))
    except (BadFile, ValueError, RecursionError):
        return Manifest()
    if not isinstance(found, dict):
        return Manifest()
    number = found.get("format")
    return Manifest(
        number if isinstance(number, int) else FORMAT,
        str(found.get("trainwhy", "")),
        dict(_starters(found.get("exercises"))),
    )


def _starters(found: object) -> Iterator[tuple[str, str]]:
    for name, entry in found.items() if isinstance(found, dict) else ():
        if isinstance(entry, dict) and isinstance(entry.get("starter"), str):
            yield name, entry["starter"]


def _write_manifest(workspace: Workspace, course: Course) -> None:
    handed_out = manifest(workspace).starters
    exercises: dict[str, Any] = {}
    for exercise in course.exercises:
        starter = handed_out.get(exercise.id, exercise.starter())
        exercises[exercise.id] = {"file": exercise.file, "sha256": fingerprint(starter), "starter": starter}
    document = {"format": FORMAT, "trainwhy": __version__, "exercises": exercises}
    atomic.write(workspace.state / "workspace.json", (json.dumps(document, indent=1) + "\n").encode())
