"""A copy of a script's folder as it was before the script ran: what is replayed runs there, and not twice in place.

Only the watched run may touch the user's files. A folder can be large, so files beyond the budget are linked instead of
copied, and what lies deeper than the budget reaches is linked whole: it can be read from there as before.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

BYTES = 100 << 20
ENTRIES = 3000
OURS = "trainwhy-"  # folders of this and other runs, where the script lies in the folder for temporary files
LEFT_OUT = {".git", "__pycache__", ".venv", "venv", "node_modules", ".trainwhy"}


@contextlib.contextmanager
def pristine(folder: str) -> Iterator[str]:
    """Copy a folder within the budget; the copy is removed when the block ends."""
    home = tempfile.mkdtemp(prefix=f"{OURS}kept-")
    try:
        target = Path(home) / (Path(folder).name or "folder")
        _copy(Path(folder), target)
        yield str(target)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """Copy breadth first, so that what lies near the script is copied before anything deep."""
    left, entries = BYTES, ENTRIES
    target.mkdir()
    waiting = [(source, target)]
    while waiting:
        here, there = waiting.pop(0)
        for entry in _listed(here):
            place = there / entry.name
            if entry.name.startswith(OURS):
                continue
            entries -= 1
            if entry.is_dir(follow_symlinks=False) and entries > 0 and entry.name not in LEFT_OUT:
                with contextlib.suppress(OSError):
                    place.mkdir()
                    waiting.append((Path(entry.path), place))
            elif entry.name not in LEFT_OUT:
                left -= _copy_file(entry, place, left if entries > 0 else 0)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _copy_file(entry: os.DirEntry[str], place: Path, left: int) -> int:
    """Copy one file where the budget allows it, else link it; return the bytes it took."""
    with contextlib.suppress(OSError):  # what cannot be read now cannot be read by the replay either
        size = entry.stat(follow_symlinks=False).st_size
        if entry.is_file(follow_symlinks=False) and size <= left:
            shutil.copy2(entry.path, place, follow_symlinks=False)
            return size
        if not entry.is_file() and not entry.is_dir():
            return 0  # a pipe or a socket
        place.symlink_to(os.path.realpath(entry.path))
    return 0
