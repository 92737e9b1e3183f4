"""What the verifier waits for: the end of the worker whose work it is to judge."""

from __future__ import annotations

from pathlib import Path

LOOK = 0.005  # seconds between looks


def is_over(path: Path) -> bool:
    """Whether the caller says that the worker is dead, by the file at `path`, or has removed its folder and left."""
    return path.exists() or not path.parent.exists()
