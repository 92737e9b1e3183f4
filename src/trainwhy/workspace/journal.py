"""Several files changed as one action: all of them or none, also after a kill, and taken back as one.

`.trainwhy/updates/<n>/` holds, for each file, what it held before and what it holds after, and `journal.json`, which is
written last: from then on the action can be finished or undone, however far it came. `done` says that it came to its
end. Actions are counted and not dated, because clocks go back; only the newest matters, and nothing removes them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trainwhy import atomic
from trainwhy.errors import BadFile, NotWritten, TrainwhyError, Usage
from trainwhy.regular import read_regular
from trainwhy.workspace.folder import STATE
from trainwhy.workspace.handed_out import NAME, is_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from trainwhy.workspace.folder import Workspace

LIMIT = 64 * 1024 * 1024
_JOURNAL = "journal.json"
_DONE = "done"
_COPY = re.compile(r"\d{1,6}\.(before|after)")
MARK = f"{STATE}/{NAME}"


@dataclass(frozen=True, slots=True)
class Change:
    """One file: where, and what it held before and after; None where there is no file."""

    file: str  # inside the workspace, with forward slashes
    before: bytes | None
    after: bytes | None
    mode: int | None = None  # permissions, for a file that is put where there was none


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the journal."""

    folder: Path
    changes: tuple[Change, ...]
    backups: dict[str, int]  # number of the newest backup of each exercise, when it was made
    undoes: bool = False  # an undo itself
    done: bool = True


@dataclass(frozen=True, slots=True)
class Undone:
    """Which files were put back, and where what they held is kept; `again` when an undo was undone."""

    files: tuple[str, ...]
    kept: Path
    again: bool = False


# ------------------------------------------------------------------------------------------- doing and undoing


def apply(workspace: Workspace, changes: Iterable[Change], *, undoes: bool = False) -> Path:
    """Make all changes, with the lock held; the folder that keeps what they replaced.

    Raises NotWritten when one of them cannot be made, after the others were taken back.
    """
    # What is removed goes last: the file stands in its new place by then.
    wanted = tuple(sorted((one for one in changes if one.before != one.after), key=lambda one: one.after is None))
    folder = _write_journal(workspace, wanted, undoes=undoes)
    try:
        for change in wanted:
            _put(workspace, change.file, change.after, change.mode)
    except TrainwhyError as error:
        _take_back(workspace, folder, wanted, error)
        raise
    _come_to_an_end(workspace, folder, wanted)
    return folder


def finish(workspace: Workspace) -> bool:
    """Finish an action that was interrupted; whether there was one. What was edited since stays as it is."""
    action = newest(workspace)
    if action is None or action.done:
        return False
    for change in action.changes:
        if current(workspace, change.file) == change.before:
            _put(workspace, change.file, change.after, change.mode)
    _come_to_an_end(workspace, action.folder, action.changes)
    return True


def undo(workspace: Workspace) -> Undone | None:
    """Take the newest action back, with the lock held, as an action of its own: undoing that brings it back.

    What was edited since is kept in the new action. An undo that was interrupted is finished instead. None when there
    is nothing to take back.
    """
    action = newest(workspace)
    if action is None or not action.changes:
        return None
    files = tuple(change.file for change in action.changes if change.file != MARK)
    if action.undoes and not action.done:
        finish(workspace)
        return Undone(files, action.folder)
    back = [
        Change(change.file, current(workspace, change.file), change.before, change.mode) for change in action.changes
    ]
    return Undone(files, apply(workspace, back, undoes=not action.undoes), again=action.undoes)


def newest(workspace: Workspace) -> Action | None:
    """Read the newest action whose journal is there; raises Usage when it cannot be understood."""
    for folder in reversed(_folders(workspace)):
        if os.path.lexists(folder / _JOURNAL):
            return _read(folder)
    return None


def current(workspace: Workspace, file: str) -> bytes | None:
    """Read what a file of the workspace holds; None when there is none, BadFile when it is no file."""
    path = workspace.folder / file
    if not os.path.lexists(path):
        return None
    return read_regular(path, LIMIT, expected="a file", hint="move it away, then try again")


def newest_backups(workspace: Workspace) -> dict[str, int]:
    """Give the number of the newest backup of each exercise: it tells what was replaced since an action."""
    found: dict[str, int] = {}
    for path in workspace.state.glob("backups/*/*.py"):
        if path.stem.isdecimal():
            found[path.parent.name] = max(found.get(path.parent.name, 0), int(path.stem))
    return found


# ------------------------------------------------------------------------------------------- files


def _put(workspace: Workspace, file: str, data: bytes | None, mode: int | None) -> None:
    path = workspace.folder / file
    if data is None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise atomic.not_written(path, error) from error
        return
    is_new = not os.path.lexists(path)
    atomic.write(path, data)
    if is_new and mode is not None:
        with contextlib.suppress(OSError):
            path.chmod(mode)


def _come_to_an_end(workspace: Workspace, folder: Path, changes: tuple[Change, ...]) -> None:
    _remove_empty(workspace, changes)
    # All files are as they should be. On a disk that is full to the last byte the next command says so once more.
    with contextlib.suppress(NotWritten):
        atomic.write_new(folder / _DONE, b"")


def _take_back(workspace: Workspace, folder: Path, changes: tuple[Change, ...], error: TrainwhyError) -> None:
    try:
        # What is removed first makes the room that a full disk needs for the rest.
        for change in sorted(changes, key=lambda one: one.before is not None):
            if current(workspace, change.file) == change.after:
                _put(workspace, change.file, change.before, change.mode)
    except TrainwhyError:
        raise Usage(f"stopped half-way: {error.message}", "`trainwhy undo` takes everything back") from error
    _remove_empty(workspace, changes)
    shutil.rmtree(folder, ignore_errors=True)


def _remove_empty(workspace: Workspace, changes: tuple[Change, ...]) -> None:
    """Remove the folders of chapters in which nothing is left."""
    for change in changes:
        folder = (workspace.folder / change.file).parent
        if folder not in (workspace.folder, workspace.state):
            with contextlib.suppress(OSError):
                folder.rmdir()


# ------------------------------------------------------------------------------------------- the journal


def _folders(workspace: Workspace) -> list[Path]:
    numbered = [path for path in workspace.state.glob("updates/*") if path.name.isdecimal() and path.is_dir()]
    return sorted(numbered, key=lambda path: int(path.name))


def _write_journal(workspace: Workspace, changes: tuple[Change, ...], *, undoes: bool) -> Path:
    taken = _folders(workspace)
    folder = workspace.state / "updates" / f"{int(taken[-1].name) + 1 if taken else 1:04}"
    try:
        entries = [_entry(folder, number, change) for number, change in enumerate(changes, 1)]
        document = {"format": 1, "undoes": undoes, "backups": newest_backups(workspace), "changes": entries}
        atomic.write(folder / _JOURNAL, (json.dumps(document, indent=1) + "\n").encode())
    except NotWritten:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _entry(folder: Path, number: int, change: Change) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": change.file, "mode": change.mode}
    for side, data in (("before", change.before), ("after", change.after)):
        entry[side] = None if data is None else f"{number:04}.{side}"
        if data is not None:
            atomic.write(folder / entry[side], data)
    return entry


def _read(folder: Path) -> Action:
    try:
        found = json.loads(read_regular(folder / _JOURNAL, LIMIT))
        changes = tuple(_changes(folder, found["changes"]))
        backups = {str(name): int(number) for name, number in found["backups"].items()}
        return Action(folder, changes, backups, found["undoes"] is True, os.path.lexists(folder / _DONE))
    except (BadFile, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Usage(f"{folder / _JOURNAL} is damaged ({error})", "what it kept lies beside it; move it away") from error


def _changes(folder: Path, entries: Any) -> Iterator[Change]:
    for entry in entries:
        if not (entry["file"] == MARK or is_place(entry["file"])):
            raise ValueError(f"{entry['file']!r} is no file of a workspace")
        mode = entry["mode"]
        kept = mode if isinstance(mode, int) and 0 <= mode <= stat.S_IMODE(0o777) else None
        yield Change(entry["file"], _copy(folder, entry["before"]), _copy(folder, entry["after"]), kept)


def _copy(folder: Path, name: str | None) -> bytes | None:
    if name is None:
        return None
    if not _COPY.fullmatch(name):
        raise ValueError(f"{name!r} is no copy")
    return read_regular(folder / name, LIMIT)
