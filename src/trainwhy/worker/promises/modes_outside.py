"""Modes, owners and times of files are not changed, which would shut their owner out."""

from __future__ import annotations

import os

from trainwhy.worker.promises import Ground, all_refused

TITLE = "change the mode, owner or time of a file"
NEEDS = ("seccomp",)


def attempt(ground: Ground) -> str:
    """Try each by name, and the mode by descriptor."""
    kept = ground.outside / "kept"
    descriptor = os.open(kept, os.O_RDONLY)
    return all_refused(
        ("mode", lambda: kept.chmod(0)),
        ("mode of an open file", lambda: os.fchmod(descriptor, 0)),
        ("owner", lambda: os.chown(kept, os.getuid(), os.getgid())),
        ("time", lambda: os.utime(kept, (0, 0))),
    )
