"""What `verify` checks: from paths on the command line to exercise files. Stored progress is never looked at."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy import workspace as workspaces
from trainwhy.errors import NothingToCheck, UnknownExercise, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trainwhy.course import Course, Exercise


@dataclass(frozen=True, slots=True)
class Target:
    """One file to check: the exercise it answers, where it is, and how it is called in the output."""

    exercise: Exercise
    path: Path
    shown: str


def collect(course: Course, folder: Path, given: Iterable[str]) -> list[Target]:
    """Give the targets of all paths, each once, in the order of the course; NothingToCheck when there are none."""
    paths = list(given)
    found = (
        [target for path in paths for target in _of(course, folder, path)] if paths else list(_default(course, folder))
    )
    if not found:
        where = ", ".join(paths) or str(folder)
        raise NothingToCheck(
            f"no exercise file in {where}", "give a workspace, a chapter or files: `trainwhy verify PATH`"
        )
    once = {target.path: target for target in found}
    order = {exercise.id: place for place, exercise in enumerate(course.exercises)}
    return sorted(once.values(), key=lambda target: (order[target.exercise.id], target.shown))


def _default(course: Course, folder: Path) -> Iterator[Target]:
    """Without a path: the workspace around the folder, else the one in it, else whatever lies in the folder."""
    around = workspaces.find(folder)
    if around is not None:
        return _whole(course, around.folder, os.path.relpath(around.folder, folder))
    inside = workspaces.find(folder / "trainwhy-course")
    if inside is not None:
        return _whole(course, inside.folder, "trainwhy-course")
    return _present(course, folder, ".")


def _of(course: Course, folder: Path, given: str) -> Iterator[Target]:
    path = folder / given
    if path.is_dir():
        if workspaces.find(path) == workspaces.Workspace(Path(os.path.abspath(path))):  # noqa: PTH100 - as `find` does
            return _whole(course, path, given)
        return _present(course, path, given)
    if os.path.lexists(path):
        return iter([Target(_exercise_of(course, path), path, _slashes(given))])
    return iter([_named(course, folder, given)])


def _whole(course: Course, folder: Path, shown: str) -> Iterator[Target]:
    """Every exercise of a workspace. A file that is missing is not solved, so it is not left out."""
    for exercise in course.exercises:
        yield Target(exercise, folder / exercise.file, _joined(shown, exercise.file))


def _present(course: Course, folder: Path, shown: str) -> Iterator[Target]:
    """Whatever lies in a folder that is no workspace: a chapter, or a tree with chapters in it."""
    for exercise in course.exercises:
        chapter, name = exercise.file.split("/")
        inner = name if folder.name == chapter else exercise.file
        if os.path.lexists(folder / inner):
            yield Target(exercise, folder / inner, _joined(shown, inner))


def _exercise_of(course: Course, path: Path) -> Exercise:
    try:
        return course.find("/".join(path.absolute().parts[-2:]))
    except UnknownExercise:
        return course.find(path.stem)


def _named(course: Course, folder: Path, given: str) -> Target:
    """Take a name in place of a path, for the workspace that is here."""
    try:
        exercise = course.find(given)
    except UnknownExercise as error:
        raise Usage(f"there is no file `{given}`", error.message) from error
    workspace = workspaces.find(folder) or workspaces.find(folder / "trainwhy-course")
    if workspace is None:
        raise Usage(f"there is no file `{given}`", "a name works inside a workspace only")
    path = workspace.path(exercise)
    return Target(exercise, path, _slashes(os.path.relpath(path, folder)))


def _joined(shown: str, inner: str) -> str:
    return _slashes(inner if shown in (".", "") else f"{shown.rstrip('/' + os.sep)}/{inner}")


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/")
