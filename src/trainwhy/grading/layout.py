"""Which of the files that somebody handed in answers which exercise: by the names that the workspace gave them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainwhy.course import Course

PASSED_OVER = ("__MACOSX", "__pycache__", "site-packages", "node_modules")


@dataclass(frozen=True, slots=True)
class Found:
    """Where each exercise was found, by id; and those that were found in several places, none better than another."""

    paths: dict[str, str]
    several: dict[str, tuple[str, ...]]


def names(course: Course) -> frozenset[str]:
    """Names of all exercise files, without their chapters: nothing else is ever opened."""
    return frozenset(exercise.file.split("/")[1] for exercise in course.exercises)


def passed_over(part: str) -> bool:
    """Tell whether a folder of this name holds nothing that was handed in: hidden, or made by a program."""
    return part.startswith(".") or part in PASSED_OVER


def place(course: Course, paths: Iterable[str]) -> Found:
    """Give each exercise its file.

    The folder under which most exercises lie as in a workspace, `chapter/file.py`, is taken as theirs. What is not
    there may lie anywhere else, without its chapter's folder too, as long as it is there once.
    """
    candidates = _candidates(course, paths)
    root = _root(course, candidates)
    found, several = {}, {}
    for exercise in course.exercises:
        at_home = f"{root}{exercise.file}"
        known = candidates[exercise.id]
        if at_home in known or len(known) == 1:
            found[exercise.id] = at_home if at_home in known else known[0]
        elif known:
            several[exercise.id] = tuple(sorted(known))
    return Found(found, several)


def _candidates(course: Course, paths: Iterable[str]) -> dict[str, list[str]]:
    by_file = {exercise.file: exercise.id for exercise in course.exercises}
    loose = Counter(file.split("/")[1] for file in by_file)
    by_name = {file.split("/")[1]: one for file, one in by_file.items() if loose[file.split("/")[1]] == 1}
    candidates = defaultdict[str, list[str]](list)
    for path in paths:
        parts = path.split("/")
        exercise = by_file.get("/".join(parts[-2:])) or by_name.get(parts[-1])
        if exercise is not None:
            candidates[exercise].append(path)
    return candidates


def _root(course: Course, candidates: dict[str, list[str]]) -> str:
    """Give the folder, with its slash, under which most lies as in a workspace; the shortest of equals."""
    votes = Counter[str]()
    for exercise in course.exercises:
        votes.update(path.removesuffix(exercise.file) for path in candidates[exercise.id] if _fits(path, exercise.file))
    return min(votes, key=lambda root: (-votes[root], root.count("/"), root), default="")


def _fits(path: str, file: str) -> bool:
    return path == file or path.endswith(f"/{file}")
