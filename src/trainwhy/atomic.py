"""Writing a file whole or not at all: after a kill, a full disk or a power cut there is the old text or the new.

A temporary file in the same folder is written, flushed to the disk and put in place by one rename. Temporary files
of processes that were killed are removed by a later write, once they are an hour old.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from typing import TYPE_CHECKING

from trainwhy.errors import NotWritten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = ".trainwhy-"
SUFFIX = ".tmp"
_STRAY_AFTER = 3600.0  # seconds; no write of ours takes that long

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EISDIR: "a folder is in the way",
    errno.ENOTDIR: "a file is in the way of its folder",
    errno.EEXIST: "a file is in the way of its folder",
    errno.ENAMETOOLONG: "the name is too long",
}


def write(path: Path, data: bytes) -> None:
    """Replace `path` by a file with `data`, keeping its permissions; raises NotWritten and changes nothing."""
    with _failures_named(path), _temporary(path, data, _mode(path)) as temporary:
        temporary.replace(path)
        _sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> bool:
    """Make a file that is not there yet; False, and nothing changed, when anything stands at `path` already."""
    with _failures_named(path):
        if os.path.lexists(path):
            return False
        with _temporary(path, data, None) as temporary:
            made = _link(temporary, path)
            _sync_folder(path.parent)
        return made


@contextlib.contextmanager
def _temporary(path: Path, data: bytes, mode: int | None) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_strays(path.parent)
    temporary = path.parent / f"{PREFIX}{os.getpid()}-{os.urandom(6).hex()}{SUFFIX}"
    try:
        _write_through(temporary, data, mode)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _write_through(path: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _link(temporary: Path, path: Path) -> bool:
    # A link never replaces what another process made in the meantime; where links are unknown, a rename has to do.
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError:
        if os.path.lexists(path):
            return False
        temporary.replace(path)
    return True


def _mode(path: Path) -> int | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


def _sync_folder(folder: Path) -> None:
    # Without this the rename itself may be lost in a power cut. Some systems cannot open folders; then it waits.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_strays(folder: Path) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                _remove_if_old(entry)


def _remove_if_old(entry: os.DirEntry[str]) -> None:
    with contextlib.suppress(OSError):
        if time.time() - entry.stat(follow_symlinks=False).st_mtime > _STRAY_AFTER:
            os.unlink(entry.path)  # noqa: PTH108 - the entry holds a text, not a Path


@contextlib.contextmanager
def _failures_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> NotWritten:
    """Put a failed write into words."""
    if error.errno not in (errno.EACCES, errno.EPERM):
        return NotWritten(path, _REASONS.get(error.errno or 0, str(error.strerror)))
    folder = path.parent
    with contextlib.suppress(OSError):
        if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
            reason = f"permission denied; {folder} belongs to another user"
            return NotWritten(path, reason, "was it made with sudo? `sudo chown` gives it back")
    return NotWritten(path, "permission denied")
