"""Waiting for several pipes at once: by the system's selector, or by a thread per pipe where it takes sockets only."""

from __future__ import annotations

import os
import queue
import selectors
import sys
import threading
from collections.abc import Iterable
from typing import Protocol

CHUNK = 64 * 1024
Piece = tuple[int, bytes]  # a descriptor and what it held; b"" is its end


class Pipes(Protocol):
    """Several open read ends."""

    def wait(self, seconds: float) -> list[Piece]:
        """Return what has arrived, waiting at most that long for the first piece."""
        ...

    def close(self) -> None:
        """Stop waiting; the descriptors stay open."""
        ...


def watch(descriptors: Iterable[int]) -> Pipes:
    """Watch pipes in the way this system allows."""
    return Threaded(descriptors) if sys.platform == "win32" else Selected(descriptors)


class Selected:
    """Pipes watched by the system."""

    def __init__(self, descriptors: Iterable[int]) -> None:
        self._selector = selectors.DefaultSelector()
        for descriptor in descriptors:
            os.set_blocking(descriptor, False)
            self._selector.register(descriptor, selectors.EVENT_READ)

    def wait(self, seconds: float) -> list[Piece]:
        """Return one piece of every pipe that has some."""
        if not self._selector.get_map():
            return []
        found = [(key.fd, _read(key.fd)) for key, _ in self._selector.select(timeout=seconds)]
        for descriptor, data in found:
            if data == b"":
                self._selector.unregister(descriptor)
        return [(descriptor, data) for descriptor, data in found if data is not None]

    def close(self) -> None:
        """Forget the pipes."""
        self._selector.close()


class Threaded:
    """Pipes read by threads, which end when their pipe does."""

    def __init__(self, descriptors: Iterable[int]) -> None:
        self._pieces: queue.Queue[Piece] = queue.Queue()
        for descriptor in descriptors:
            threading.Thread(target=self._pump, args=(descriptor,), daemon=True).start()

    def _pump(self, descriptor: int) -> None:
        data = b"?"
        while data:
            data = _read(descriptor) or b""
            self._pieces.put((descriptor, data))

    def wait(self, seconds: float) -> list[Piece]:
        """Return every piece that is there, once the first has come."""
        found = []
        try:
            found.append(self._pieces.get(timeout=max(seconds, 0.001)))
            while True:
                found.append(self._pieces.get_nowait())
        except queue.Empty:
            return found

    def close(self) -> None:
        """Leave the threads to end with their pipes."""


def _read(descriptor: int) -> bytes | None:
    try:
        return os.read(descriptor, CHUNK)
    except BlockingIOError:
        return None
    except OSError:
        return b""
