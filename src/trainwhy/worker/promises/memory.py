"""A run that asks for more memory than it may have gets an exception, and the machine keeps its own."""

from __future__ import annotations

from trainwhy.worker import confine
from trainwhy.worker.promises import Broken, Ground

TITLE = "take more memory than it may"
NEEDS: tuple[str, ...] = ()


def attempt(_: Ground) -> str:
    """Ask for it without touching it."""
    try:
        bytearray(confine.DATA_BYTES + (64 << 20))
    except MemoryError:
        return "MemoryError"
    raise Broken("the memory was given")
