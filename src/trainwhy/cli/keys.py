"""Single keys from the terminal, and a terminal that is put back on every way out.

In cbreak mode keys arrive without Enter and are not echoed; Ctrl-C and Ctrl-Z still work. The mode is undone when the
block ends, whatever ends it, and while the program is suspended.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ESCAPE = "\x1b"


@contextmanager
def cbreak() -> Iterator[None]:
    """Take keys one by one while the block runs; nothing changes where stdin is no terminal."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)

    def restore() -> None:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        with _suspendable(restore, lambda: tty.setcbreak(descriptor, termios.TCSADRAIN)):
            yield
    finally:
        restore()


@contextmanager
def _suspendable(leave: Callable[[], None], enter: Callable[[], Any]) -> Iterator[None]:
    """On Ctrl-Z put the terminal back first, stop, and take it again when continued."""

    def stop(_number: int, _frame: object) -> None:
        leave()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        # Continued: the shell may have changed the mode meanwhile.
        signal.signal(signal.SIGTSTP, stop)
        enter()

    before = signal.signal(signal.SIGTSTP, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)


def one_key() -> str:
    """Wait for one key; the end of the input gives an empty text."""
    with cbreak():
        if sys.platform == "win32":
            return _windows_key()
        return _read(sys.stdin.fileno())


@contextmanager
def listening(post: Callable[[str], None]) -> Iterator[None]:
    """Hand every key to `post`, from a thread, while the block runs."""
    if sys.platform == "win32":
        threading.Thread(target=_post_windows_keys, args=(post,), daemon=True).start()
        yield
        return
    asleep, wake = os.pipe()
    thread = threading.Thread(target=_post_keys, args=(post, asleep), daemon=True)
    with cbreak():
        thread.start()
        try:
            yield
        finally:
            os.write(wake, b".")
            thread.join(1)
            os.close(wake)
            os.close(asleep)


def _post_keys(post: Callable[[str], None], asleep: int) -> None:
    descriptor = sys.stdin.fileno()
    while True:
        ready, _, _ = select.select([descriptor, asleep], [], [])
        if asleep in ready:
            return
        key = _read(descriptor)
        if not key:  # the terminal is gone
            return
        post(key)


def _read(descriptor: int) -> str:
    """Read one key; the rest of an arrow key's sequence is swallowed, and a letter outside ASCII is kept whole."""
    with contextlib.suppress(OSError):
        first = os.read(descriptor, 1)
        while _waiting(descriptor) and (first[:1] == b"\x1b" or first[-1:] >= b"\x80"):
            first += os.read(descriptor, 1)
            if first[:1] != b"\x1b" and _complete(first):
                break
        return ESCAPE if first[:1] == b"\x1b" else first.decode("utf-8", "replace")
    return ""


def _waiting(descriptor: int) -> bool:
    return bool(select.select([descriptor], [], [], 0)[0])


def _complete(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _windows_key() -> str:
    import msvcrt

    return str(msvcrt.getwch())  # type: ignore[attr-defined, unused-ignore]


def _post_windows_keys(post: Callable[[str], None]) -> None:
    while True:
        post(_windows_key())
