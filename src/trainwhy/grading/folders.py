"""Reading the exercise files out of a folder. Links are not followed: what lies elsewhere was not handed in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from trainwhy.errors import BadFile
from trainwhy.grading.layout import passed_over
from trainwhy.regular import SOURCE_LIMIT, kind_of, read_regular

ENTRIES = 50_000  # of one person's folder; more is no hand-in
DEPTH = 6  # folders below one another; chapters lie two or three deep

Content = bytes | str  # what a file holds, or in words why it cannot be read


def read(folder: Path, wanted: frozenset[str]) -> dict[str, Content]:
    """Give the files with a wanted name, by path with forward slashes; BadFile when the folder cannot be read."""
    return {path: _content(folder / path) for path in _listed(folder, wanted)}


def _listed(folder: Path, wanted: frozenset[str]) -> Iterator[str]:
    seen = 0
    waiting = [("", 0)]
    while waiting:
        inner, depth = waiting.pop()
        for name, is_folder in _entries(folder, folder / inner):
            seen += 1
            if seen > ENTRIES:
                raise BadFile(folder.name, "too large", f"at most {ENTRIES:,} files and folders")
            path = f"{inner}{name}"
            if is_folder and depth < DEPTH and not passed_over(name):
                waiting.append((f"{path}/", depth + 1))
            elif name in wanted and not is_folder:
                yield path


def _entries(folder: Path, inner: Path) -> list[tuple[str, bool]]:
    try:
        with os.scandir(inner) as entries:
            return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        where = folder.name if inner == folder else f"{folder.name}/{inner.relative_to(folder).as_posix()}"
        raise BadFile(where, f"unreadable: {error.strerror}", "a folder that may be read") from error


def _content(path: Path) -> Content:
    try:
        mode = path.lstat().st_mode
        if path.is_symlink():
            return f"{kind_of(mode)}; expected a Python file"
        return read_regular(path, SOURCE_LIMIT, follow=False, expected="a Python file")
    except BadFile as error:
        return f"{error.found}; expected {error.expected}"
    except OSError as error:
        return f"unreadable: {error.strerror}; expected a Python file"
