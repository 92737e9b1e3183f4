"""Files beside an exercise that are called like a library: a checked run never sees them, other programs do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = frozenset(("tensorflow", "keras", "numpy", "trainwhy", "sitecustomize", "usercustomize"))


def notes(path: Path, shown: str) -> tuple[str, ...]:
    """Say which files in the folder of `path`, which is called `shown`, hide a library from a program started there."""
    try:
        names = sorted(os.listdir(path.parent))  # noqa: PTH208 - names are enough
    except OSError:
        return ()
    hidden = [name for name in names if name.endswith(".py") and _is_library(name.removesuffix(".py"))]
    folder = shown.rpartition("/")[0]
    places = [f"{folder}/{name}" if folder else name for name in hidden]
    return tuple(f"`{place}` hides a library of the same name; the real one was used" for place in places)


def _is_library(name: str) -> bool:
    return name in sys.stdlib_module_names or name in OTHERS
