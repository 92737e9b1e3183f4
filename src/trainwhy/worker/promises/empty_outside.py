"""A file outside the run's folder is not emptied, which takes no writing."""

from __future__ import annotations

import os

from trainwhy.worker.promises import Ground, all_refused

TITLE = "empty a file outside its folder"
NEEDS = ("landlock", "seccomp")


def attempt(ground: Ground) -> str:
    """Truncate by name, and by opening to read."""
    kept = ground.outside / "kept"
    return all_refused(
        ("truncate", lambda: os.truncate(kept, 0)),
        ("open", lambda: os.close(os.open(kept, os.O_RDONLY | os.O_TRUNC))),
    )
