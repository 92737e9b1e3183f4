"""Reading a regular file, bounded: no FIFO, device or folder ever makes a command hang."""

from __future__ import annotations

import errno
import io
import os
import stat
import tokenize
from typing import TYPE_CHECKING

from trainwhy.errors import BadFile

if TYPE_CHECKING:
    from pathlib import Path

SOURCE_LIMIT = 256 * 1024  # bytes of a learner's file; beyond it, parsing alone takes seconds

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_REASONS = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.ELOOP: "a loop of symbolic links",
    errno.EACCES: "unreadable: permission denied",
    errno.EPERM: "unreadable: permission denied",
    errno.ENAMETOOLONG: "unreadable: the name is too long",
}


def read_python(path: Path, hint: str = "") -> str:
    """Read a Python file as text, every line end a line feed; raises BadFile with what was found instead."""
    return decoded(read_regular(path, SOURCE_LIMIT, expected="a Python file", hint=hint), path)


def decoded(data: bytes, path: Path | str) -> str:
    """Turn the bytes of a Python file into text, every line end a line feed; raises BadFile."""
    try:
        # What `tokenize.open` does, on bytes already read: byte order mark, coding line, otherwise UTF-8.
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, LookupError, ValueError) as error:
        found = f"not text that Python can decode ({error})"
        raise BadFile(path, found, "a Python file in UTF-8", "save it as UTF-8 in the editor") from error


def read_regular(
    path: Path,
    limit: int,
    *,
    follow: bool = True,
    expected: str = "a regular file",
    hint: str = "",
) -> bytes:
    """Read a regular file of at most `limit` bytes; raises BadFile for anything else."""
    descriptor = -1
    try:
        if not follow and not hasattr(os, "O_NOFOLLOW") and stat.S_ISLNK(os.lstat(path).st_mode):
            raise BadFile(path, "a symbolic link", expected, hint)  # Windows: looked at first, as well as can be
        descriptor = os.open(path, _flags(follow=follow))
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise BadFile(path, kind_of(status.st_mode), expected, hint)
        with os.fdopen(os.dup(descriptor), "rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise BadFile(path, _why_not(path, error, follow=follow), expected, hint) from error
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    if len(data) > limit:
        raise BadFile(path, f"{_size(status.st_size)} long", f"at most {_size(limit)}", hint)
    return data


def kind_of(mode: int) -> str:
    """Name what is not a regular file, for messages."""
    return next((words for test, words in _KINDS if test(mode)), "no regular file")


def _flags(*, follow: bool) -> int:
    # Not blocking: opening a pipe that nobody writes to would wait for ever. Windows knows none of these but O_BINARY.
    wanted = ["O_NONBLOCK", "O_BINARY", "O_CLOEXEC", "O_NOCTTY"] + ([] if follow else ["O_NOFOLLOW"])
    flags = os.O_RDONLY
    for name in wanted:
        flags |= getattr(os, name, 0)
    return flags


def _why_not(path: Path, error: OSError | ValueError, *, follow: bool) -> str:
    if isinstance(error, OSError):
        if not follow and error.errno == errno.ELOOP:
            return "a symbolic link"
        if error.errno in (errno.EACCES, errno.EISDIR) and os.path.isdir(path):  # noqa: PTH112 - never raises
            return "a folder"
        if error.errno in (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP):
            return "a socket or a device"
        return _REASONS.get(error.errno or 0, f"unreadable: {error.strerror}")
    return "no possible file name"


def _size(count: int) -> str:
    kib = count / 1024
    return f"{kib / 1024:.3g} MiB" if kib >= 1024 else f"{kib:.3g} KiB"  # noqa: PLR2004 - KiB in a MiB
