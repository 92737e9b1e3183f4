"""Finding and making a workspace; `.trainwhy/workspace.json` marks the folder (see handed_out.py)."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy import atomic
from trainwhy.course import fingerprint, plain
from trainwhy.errors import BadFile, NewerWorkspace, NotAWorkspace, NotWritten, Usage
from trainwhy.regular import read_regular
from trainwhy.workspace.handed_out import FORMAT, NAME, Given, Manifest, encoded, read_manifest
from trainwhy.workspace.readme import chapter_readme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainwhy.course import Course, Exercise

STATE = ".trainwhy"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with a `.trainwhy/workspace.json`."""

    folder: Path

    @property
    def state(self) -> Path:
        """The folder that belongs to trainwhy."""
        return self.folder / STATE

    @property
    def lock(self) -> Path:
        """The lock that every command holds while it replaces files of the learner."""
        return self.state / "files.lock"

    def path(self, exercise: Exercise) -> Path:
        """Where the learner's file of an exercise belongs."""
        return self.folder / exercise.file


@dataclass(frozen=True, slots=True)
class Creation:
    """What making a workspace did: paths inside it, with forward slashes."""

    workspace: Workspace
    written: tuple[str, ...]
    kept: tuple[str, ...]  # there already, and different from what would have been written: not touched


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
    for name, text in _files(course, folder):
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


def _files(course: Course, folder: Path) -> Iterator[tuple[str, str]]:
    known = manifest(Workspace(folder)).exercises
    for chapter in course.chapters:
        yield f"{chapter.name}/README.md", chapter_readme(chapter)
        for exercise in chapter.exercises:
            if not waits(known.get(exercise.id), exercise, folder):
                yield exercise.file, exercise.starter()


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_regular(path, len(data)) == data
    except BadFile:
        return False


# ------------------------------------------------------------------------------------------- workspace.json


def manifest(workspace: Workspace) -> Manifest:
    """Read `workspace.json`; damage costs what it says, never the workspace."""
    return read_manifest(workspace.state)


def waits(given: Given | None, exercise: Exercise, folder: Path) -> bool:
    """Tell whether the learner's file lies where an earlier course had the exercise; an update brings it along."""
    if given is None or given.file in ("", exercise.file):
        return False
    return os.path.lexists(folder / given.file) and not os.path.lexists(folder / exercise.file)


def is_behind(workspace: Workspace, course: Course) -> bool:
    """Tell whether the course has something that was never handed out; False where that is not known."""
    given = manifest(workspace).exercises
    return bool(given) and any(
        one.id not in given or given[one.id].file != one.file or plain(given[one.id].starter) != plain(one.starter())
        for one in course.exercises
    )


def _write_manifest(workspace: Workspace, course: Course) -> None:
    """Add what is new; what was handed out before stays as it was, also of exercises that this course has not."""
    before = manifest(workspace)
    exercises = dict(before.exercises)
    for exercise in course.exercises:
        known = exercises.get(exercise.id)
        if known is None:
            exercises[exercise.id] = Given(exercise.file, exercise.starter())
        elif not waits(known, exercise, workspace.folder):
            exercises[exercise.id] = Given(exercise.file, known.starter)
    pages = dict(before.pages)
    for chapter in course.chapters:
        text = chapter_readme(chapter)
        if _holds(workspace.folder / f"{chapter.name}/README.md", text.encode()):
            pages[f"{chapter.name}/README.md"] = fingerprint(text)
    document = encoded(replace(before, exercises=exercises, pages=pages))
    atomic.write(workspace.state / NAME, document)
