"""Loading and saving: whole or not at all, under a lock, and never a reason for a command to fail.

What cannot be understood is put aside as `progress.json.bad-<n>`, never thrown away. Where saving is not possible
the command goes on and a note says why.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from trainwhy import atomic
from trainwhy.errors import BadFile, NotWritten
from trainwhy.lock import locked
from trainwhy.progress.document import Damaged, Notes, dump, parse
from trainwhy.progress.record import Progress
from trainwhy.regular import kind_of, read_regular

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trainwhy.workspace import Workspace

LIMIT = 1024 * 1024  # bytes; a course of 60 exercises needs 20 thousand


def load(workspace: Workspace) -> tuple[Progress, Notes]:
    """Read the progress, with notes on what was ignored; a damaged file is put aside, any other trouble only noted."""
    path = _path(workspace)
    try:
        return _read(path)
    except Damaged as damage:
        try:
            with locked(_lock(workspace)):
                return _read_or_put_aside(path)
        except NotWritten as error:
            return _unsaved(f"{path.name} is damaged ({damage}) and stays: {error.reason}")


def save(workspace: Workspace, update: Callable[[Progress], Progress]) -> tuple[Progress, Notes]:
    """Apply `update` to what is stored now and store the result; notes say when it was not saved, and why.

    `update` may be called twice and must depend on its argument only.
    """
    path = _path(workspace)
    try:
        with locked(_lock(workspace)):
            before, notes = _read_or_put_aside(path)
            after = update(before)
            if after != before and not before.read_only:
                atomic.write(path, _bounded(path, dump(after)))
            return after, notes
    except NotWritten as error:
        seen, notes = _read_quietly(path)
        return update(seen), (*notes, f"progress is not saved: {error.reason}")


def _path(workspace: Workspace) -> Path:
    return workspace.state / "progress.json"


def _lock(workspace: Workspace) -> Path:
    return workspace.state / "progress.lock"


def _read(path: Path) -> tuple[Progress, Notes]:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return _unsaved(f"{path} is {kind_of(status.st_mode)}, not a file")
        if status.st_size > LIMIT:
            raise Damaged("larger than 1 MiB")
        return parse(read_regular(path, LIMIT, follow=False))
    except (FileNotFoundError, NotADirectoryError):
        return Progress(), ()
    except (OSError, BadFile) as error:
        return _unsaved(str(error))


def _read_or_put_aside(path: Path) -> tuple[Progress, Notes]:
    """Read with the lock held, so that no other process has just put a good file there."""
    try:
        return _read(path)
    except Damaged as damage:
        aside = _free_name(path)
        try:
            path.rename(aside)
        except OSError as error:
            return _unsaved(f"{path.name} is damaged ({damage}) and cannot be renamed: {error.strerror}")
        return Progress(), (f"{path.name} is damaged ({damage}); it is kept as {aside.name} and a new one begun",)


def _read_quietly(path: Path) -> tuple[Progress, Notes]:
    try:
        return _read(path)
    except Damaged:
        return Progress(), ()


def _free_name(path: Path) -> Path:
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.bad-{number}")):
        number += 1
    return aside


def _bounded(path: Path, data: bytes) -> bytes:
    if len(data) > LIMIT:
        raise NotWritten(path, "it would be larger than 1 MiB")
    return data


def _unsaved(reason: str) -> tuple[Progress, Notes]:
    return Progress(read_only=reason), (f"progress is not saved: {reason}",)
