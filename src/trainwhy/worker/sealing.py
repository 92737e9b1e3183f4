"""Whether the checks are still the ones that a command began with: the package's own files, and the course's.

Where there is no sandbox, a learner's file can change both. Then nothing that follows is worth anything, and the run
after which it shows is said to be ours to repair. The kernel keeps the time of the last change of a file, which a
program cannot set, so nothing has to be read. Compiled files are left out: Python writes them itself.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from trainwhy.results import Ended, Failure

Seal = frozenset[tuple[str, int, int, int, int]]
PACKAGE = Path(__file__).parents[1]
MODIFIED = Failure(
    "ChecksModified",
    "the checks were modified while files were checked; no result of this command counts",
    hint="install trainwhy anew; a sandbox (`trainwhy doctor`) keeps files from doing this",
)


class Checks:
    """Remembers the files as they are now; the course's when the first of its exercises is asked for."""

    def __init__(self) -> None:
        self._seals = {PACKAGE: sign(PACKAGE)}

    def begin(self, exercise: str) -> None:
        """Take up the course that an exercise's folder lies in."""
        folder = Path(exercise)
        if not (exercise and folder.is_absolute() and (folder / "exercise.toml").is_file()):
            return
        course = folder.parents[1]
        if course not in self._seals:
            self._seals[course] = sign(course)

    def intact(self) -> bool:
        """Whether every file is still the same."""
        return all(sign(folder) == seal for folder, seal in list(self._seals.items()))


def sign(folder: Path) -> Seal:
    """Tell every file below a folder by its size, its times and its place on the disk."""
    found = set()
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            with contextlib.suppress(OSError):
                path = os.path.join(base, name)  # noqa: PTH118 - hundreds of files after every run
                one = os.lstat(path)
                found.add((path, one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino))
    return frozenset(found)


def void(ended: Ended) -> Ended:
    """Turn the end of a run after which the checks are others into a fault of ours."""
    return Ended("internal", ended.seconds, MODIFIED, ended.output, ended.output_dropped, ended.notes)
