"""Removing a folder that somebody else filled: however deep, however closed, and without following a link."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path


def remove(folder: Path) -> None:
    """Remove a folder and all in it; what cannot be removed stays, and nothing is raised."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.is_dir() and not folder.is_symlink():
        with contextlib.suppress(OSError):
            _flatten(folder)


def _flatten(folder: Path) -> None:
    """Move every folder inside up to the top before it is emptied: no path gets long, and nothing calls itself."""
    names = (f"up-{number}" for number in count())
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        for entry in _entries(place):
            if not entry.is_dir(follow_symlinks=False):
                Path(entry.path).unlink()
            elif place == folder:
                waiting.append(Path(entry.path))
            else:
                waiting.append(Path(entry.path).rename(folder / _unused(folder, names)))
        if place != folder:
            place.rmdir()
    folder.rmdir()


def _entries(place: Path) -> list[os.DirEntry[str]]:
    if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
        place.chmod(0o700)
    with os.scandir(place) as found:
        return list(found)


def _unused(folder: Path, names: Iterator[str]) -> str:
    return next(name for name in names if not os.path.lexists(folder / name))
