"""The folder with the socket: only its owner may enter, and everything in it is reached through one open descriptor.

The descriptor is what was checked, so nobody can put another folder in its place afterwards; it also keeps the path of
the socket short, whatever the folder is called.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

LOCK = "lock"


class Unusable(Exception):
    """There is no such folder and none can be made; carries what was found."""


class Unsafe(Unusable):
    """The folder is there and is not its owner's alone; carries what was found."""


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[int]:
    """Make the folder if need be, check it, and give a descriptor of it; raises Unusable and Unsafe."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
    except OSError as error:
        raise Unusable(f"{folder} cannot be made: {error.strerror}") from error
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise Unsafe(f"{folder} is not a folder to be used: {error.strerror}") from error
    try:
        _check(folder, os.fstat(descriptor))
        yield descriptor
    finally:
        os.close(descriptor)


def _check(folder: Path, found: os.stat_result) -> None:
    if found.st_uid != os.geteuid():
        raise Unsafe(f"{folder} belongs to user {found.st_uid}, expected {os.geteuid()}")
    if stat.S_IMODE(found.st_mode) & 0o077:
        mode = stat.S_IMODE(found.st_mode)
        raise Unsafe(f"{folder} is open to other users (mode {mode:04o}, expected 0700); `chmod 700` closes it")


def path(descriptor: int, name: str) -> str:
    """Name a file of the folder by the descriptor."""
    return f"/proc/self/fd/{descriptor}/{name}"


def socket_name() -> str:
    """One socket per machine: a home folder may be shared between several."""
    node = "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in os.uname().nodename)
    return f"{node[:48] or 'here'}.socket"


def dial(descriptor: int, seconds: float) -> socket.socket | None:
    """Connect to whoever listens in the folder; None when nobody does. Raises TimeoutError."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.settimeout(seconds)
    try:
        line.connect(path(descriptor, socket_name()))
    except BlockingIOError as error:
        line.close()
        raise TimeoutError from error
    except TimeoutError:
        line.close()
        raise
    except OSError:
        line.close()
        return None
    return line


def listen(descriptor: int, waiting: int) -> socket.socket:
    """Listen in the folder; the name is taken over in one step from a process that is gone."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    fresh = path(descriptor, f".{os.getpid()}.socket")
    before = os.umask(0o177)
    try:
        listener.bind(fresh)
    finally:
        os.umask(before)
    listener.listen(waiting)
    os.replace(fresh, path(descriptor, socket_name()))  # noqa: PTH105 - a name below a descriptor
    return listener


def number(descriptor: int) -> int | None:
    """Tell the inode of the socket that has the name now."""
    with contextlib.suppress(OSError):
        return os.lstat(path(descriptor, socket_name())).st_ino
    return None
