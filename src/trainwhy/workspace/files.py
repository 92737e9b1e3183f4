"""The learner's files, one by one: read, write, reset, undo.

`.trainwhy/backups/<exercise id>/<n>.py` holds every version that a command replaced, counted from 1 and not dated,
because clocks go back; nothing removes them.
"""

from __future__ import annotations

import os
import tokenize
from io import BytesIO
from typing import TYPE_CHECKING

from trainwhy import atomic
from trainwhy.course import plain
from trainwhy.errors import BadFile, Usage
from trainwhy.lock import locked
from trainwhy.regular import read_python, read_regular
from trainwhy.workspace.folder import manifest, waits

if TYPE_CHECKING:
    from pathlib import Path

    from trainwhy.course import Exercise
    from trainwhy.workspace.folder import Workspace

_BACKUP_LIMIT = 64 * 1024 * 1024


def read(workspace: Workspace, exercise: Exercise) -> str:
    """Text of the learner's file; BadFile says what stands there instead and how to get the exercise back."""
    path = workspace.path(exercise)
    back = f"`trainwhy reset {exercise.id}` puts the starter there"
    if not os.path.lexists(path):
        given = manifest(workspace).exercises.get(exercise.id)
        if given is not None and waits(given, exercise, workspace.folder):
            found = f"missing; the course moved it, and the file is still {given.file}"
            raise BadFile(path, found, f"the file of exercise {exercise.number}", "`trainwhy update` brings it along")
        stray = _strays(path, exercise)
        found = f"missing; {stray} may be it, renamed" if stray else "missing"
        hint = f"rename it back to {path.name}, or: {back}" if stray else back
        raise BadFile(path, found, f"the file of exercise {exercise.number}", hint)
    return read_python(path, f"if it is in the way, move it elsewhere; then {back}")


def is_untouched(workspace: Workspace, exercise: Exercise) -> bool:
    """Tell whether the learner's file is still a starter: today's, or the one that was handed out."""
    source = plain(read(workspace, exercise))
    handed_out = manifest(workspace).starters.get(exercise.id, "")
    return exercise.is_starter(source) or (bool(handed_out) and source == plain(handed_out))


def write(workspace: Workspace, exercise: Exercise, text: str) -> Path | None:
    """Replace the learner's file; the backup of what stood there, or None when there was nothing to keep."""
    path = workspace.path(exercise)
    # Another command's write between looking and replacing would be kept by nobody.
    with locked(workspace.lock):
        before = _bytes(path)
        after = _encoded(text, like=before)
        if after == before:
            return None
        backup = None if before is None else _back_up(workspace, exercise, before)
        atomic.write(path, after)
        return backup


def reset(workspace: Workspace, exercise: Exercise) -> Path | None:
    """Put the starter back; the backup of what stood there, or None when there was nothing to keep."""
    return write(workspace, exercise, exercise.starter())


def undo(workspace: Workspace, exercise: Exercise) -> Path:
    """Bring back the newest backup that differs from the file, which is backed up first: undo undoes an undo."""
    path = workspace.path(exercise)
    with locked(workspace.lock):
        now = _bytes(path)
        for backup in reversed(backups(workspace, exercise)):
            before = read_regular(backup, _BACKUP_LIMIT)
            if before != now:
                if now is not None:
                    _back_up(workspace, exercise, now)
                atomic.write(path, before)
                return backup
    raise Usage(f"there is nothing to undo in {exercise.file}", "only what a trainwhy command replaced can come back")


def backups(workspace: Workspace, exercise: Exercise) -> tuple[Path, ...]:
    """List every version that a command replaced, oldest first."""
    folder = workspace.state / "backups" / exercise.id
    numbered = (path for path in folder.glob("*.py") if path.stem.isdecimal())
    return tuple(sorted(numbered, key=lambda path: int(path.stem)))


def _back_up(workspace: Workspace, exercise: Exercise, data: bytes) -> Path:
    kept = backups(workspace, exercise)
    number = int(kept[-1].stem) + 1 if kept else 1
    while True:
        backup = workspace.state / "backups" / exercise.id / f"{number:04}.py"
        # Another process may have taken the number since; a backup is never replaced.
        if atomic.write_new(backup, data):
            return backup
        number += 1


def _bytes(path: Path) -> bytes | None:
    if not os.path.lexists(path):
        return None
    if path.is_symlink() and not path.exists():
        raise BadFile(path, "a symbolic link that leads nowhere", "a file", "remove or move it, then try again")
    return read_regular(path, _BACKUP_LIMIT, expected="a file", hint="move it away, then try again")


def _encoded(text: str, *, like: bytes | None) -> bytes:
    """Encode as the text's own coding line says, with the line ends of the file it replaces."""
    if like is not None and b"\r\n" in like:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(text.encode()).readline)
        return text.encode(encoding)
    except (SyntaxError, LookupError, ValueError):
        return text.encode("utf-8", "replace")


def _strays(path: Path, exercise: Exercise) -> str:
    """Name the one Python file beside `path` that belongs to no exercise of the chapter."""
    ours = {f"{folder.name}.py" for folder in exercise.folder.parent.iterdir()}
    strays = [beside.name for beside in path.parent.glob("*.py") if beside.name not in ours]
    return strays[0] if len(strays) == 1 else ""
