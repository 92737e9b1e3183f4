"""Everybody's hand-in: a folder or an archive a person, and in it one file for each exercise."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy.errors import BadFile, NothingToCheck, Usage
from trainwhy.grading import archives, folders, layout
from trainwhy.regular import decoded

if TYPE_CHECKING:
    from trainwhy.course import Course
    from trainwhy.grading.folders import Content


@dataclass(frozen=True, slots=True)
class Handed:
    """One file as it was handed in: its text, or in words why it cannot be read."""

    source: str = ""
    sha256: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """What one person handed in, by exercise id; `problem` says why nothing of it can be read."""

    person: str
    files: dict[str, Handed] = field(default_factory=dict)
    problem: str = ""


def found(folder: Path) -> tuple[list[tuple[str, Path]], list[str]]:
    """Give people and their folders or archives, in order of their names, and what else lies there.

    Raises Usage where there is no such folder, NothingToCheck when nobody handed in anything.
    """
    try:
        with os.scandir(folder) as entries:
            every = sorted((entry.name, entry.is_dir()) for entry in entries if entry.name[0] not in "._")
    except OSError as error:
        reason = "is not there" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        raise Usage(
            f"the folder `{folder}` {reason}", "give a folder with one folder or archive for each person"
        ) from error
    handed = [(name, is_folder) for name, is_folder in every if is_folder or archives.suffix(name)]
    others = [name for name, is_folder in every if not is_folder and not archives.suffix(name)]
    if not handed:
        raise NothingToCheck(f"nobody handed in anything in `{folder}`", "it holds one folder or archive a person")
    return _named(folder, handed), others


def _named(folder: Path, handed: Sequence[tuple[str, bool]]) -> list[tuple[str, Path]]:
    """Name people after their folder or archive; the whole name tells two of one name apart."""
    short = [name if is_folder else name[: -len(archives.suffix(name))] for name, is_folder in handed]
    used = Counter(short)
    people = [one if used[one] == 1 else name for one, (name, _) in zip(short, handed, strict=True)]
    return [(person, folder / name) for person, (name, _) in zip(people, handed, strict=True)]


def read(people: Sequence[tuple[str, Path]], course: Course) -> Iterator[Submission]:
    """Read what each person handed in; nothing that is wrong with it stops the others."""
    wanted = layout.names(course)
    for person, path in people:
        try:
            contents = _contents(path, wanted)
        except BadFile as error:
            yield Submission(person, problem=f"{error.found}; expected {error.expected}")
            continue
        yield Submission(person, _files(course, contents))


def _contents(path: Path, wanted: frozenset[str]) -> dict[str, Content]:
    if path.is_symlink():
        raise BadFile(path.name, "a symbolic link", "a folder or an archive")
    return folders.read(path, wanted) if path.is_dir() else archives.read(path, wanted)


def _files(course: Course, contents: dict[str, Content]) -> dict[str, Handed]:
    placed = layout.place(course, contents)
    files = {exercise: _handed(contents[path]) for exercise, path in placed.paths.items()}
    for exercise, paths in placed.several.items():
        files[exercise] = Handed(problem=f"there more than once ({', '.join(paths[:3])}); expected one file")
    return files


def _handed(content: Content) -> Handed:
    if isinstance(content, str):
        return Handed(problem=content)
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        return Handed(decoded(content, "the file"), sha256)
    except BadFile as error:
        return Handed(sha256=sha256, problem=f"{error.found}; expected {error.expected}")
