"""One process at a time: a lock on a file of its own, released by the kernel when its holder dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from typing import TYPE_CHECKING

from trainwhy.atomic import not_written
from trainwhy.errors import NotWritten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT = 2.0  # seconds; whoever holds the lock needs milliseconds
_PAUSE = 0.01
_STALE_AFTER = 10.0  # seconds; only for file systems without locks, where a dead holder's file stays


def _try(descriptor: int) -> None:
    """Ask the kernel for the lock; OSError when another process holds it, or when this system has none to give."""
    if sys.platform == "win32":  # pragma: no cover - Windows
        import msvcrt  # noqa: PLC0415 - only there

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        return
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError as missing:
        raise OSError(errno.ENOTSUP, "this system has no locks") from missing
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def locked(path: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock file `path`; raises NotWritten when another process holds it for longer than `wait` seconds."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _EXTRA, 0o666)
    except OSError as error:
        raise not_written(path, error) from error
    try:
        fallback = _acquire(descriptor, path, wait)
        try:
            yield
        finally:
            if fallback is not None:
                fallback.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


# A link or a pipe in the lock's place must neither lead elsewhere nor block.
_EXTRA = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def _acquire(descriptor: int, path: Path, wait: float) -> Path | None:
    """Wait for the lock; the path of the file that stands for it where the file system knows no locks."""
    until = time.monotonic() + wait
    while True:
        try:
            _try(descriptor)
        except OSError as error:
            if error.errno not in _HELD:
                return _make_exclusive(path.with_name(f"{path.name}.held"), until)
        else:
            return None
        _pause(path, until)


def _make_exclusive(path: Path, until: float) -> Path:
    while True:
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            _remove_if_stale(path)
        except OSError as error:
            raise not_written(path, error) from error
        else:
            return path
        _pause(path, until)


def _remove_if_stale(path: Path) -> None:
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > _STALE_AFTER:
            path.unlink()


def _pause(path: Path, until: float) -> None:
    if time.monotonic() >= until:
        raise NotWritten(path, "another trainwhy is writing there", "try again when it has finished")
    time.sleep(_PAUSE)
