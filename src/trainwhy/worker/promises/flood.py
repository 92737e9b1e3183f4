"""A run that prints without end is ended."""

from __future__ import annotations

from trainwhy.worker.promises import Ground

TITLE = "print without end"
NEEDS: tuple[str, ...] = ()
ENDS = "flooded"


def attempt(_: Ground) -> str:
    """Print."""
    while True:
        print("x" * 65536)  # noqa: T201 - what it is about


def confirm(_: Ground, output: str) -> str:
    """Say how much was kept."""
    return f"ended, {len(output) >> 10} KiB kept"
