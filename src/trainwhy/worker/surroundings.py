"""What a run takes over from the command it works for, when the process that forks it was started by another one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any

VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP")  # none of them steers how TensorFlow loads


def here() -> dict[str, Any]:
    """Describe this process: its umask, its soft limits, and the variables that a worker may see."""
    return {
        "umask": _umask(),
        "limits": _limits(),
        "variables": {name: os.environ[name] for name in VARIABLES if name in os.environ},
    }


def take_over(found: dict[str, Any]) -> None:
    """Make this process like the one that was described; nothing is changed when nothing was."""
    if not found:
        return
    os.umask(int(found["umask"]))
    for name in VARIABLES:
        os.environ.pop(name, None)
    os.environ.update(found["variables"])
    tempfile.tempdir = None  # it may have been looked up with the other variables
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        for name, soft in found["limits"].items():
            number = getattr(resource, name, None)
            if number is not None:
                with contextlib.suppress(ValueError, OSError):
                    resource.setrlimit(number, (soft, resource.getrlimit(number)[1]))


def _umask() -> int:
    """Read it where the system tells: asking the usual way sets it, which other threads would notice."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    return 0o077


def _limits() -> dict[str, int]:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return {}
    names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    return {name: resource.getrlimit(getattr(resource, name))[0] for name in names}
