"""Files outside the run's folder are not written, made, nor reached through a link."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from trainwhy.worker.promises import Ground, all_refused

TITLE = "write a file outside its folder"
NEEDS = ("landlock",)


def attempt(ground: Ground) -> str:
    """Append, create, and write through a symbolic link; a hard link is refused as one to another disk."""
    kept = ground.outside / "kept"
    Path("link").symlink_to(kept)
    return all_refused(
        ("append", lambda: kept.open("a").close()),
        ("create", lambda: (ground.outside / "new").open("x").close()),
        ("through a link", lambda: Path("link").open("w").close()),
        ("hard link", lambda: os.link(kept, "hard")),
        ("device", lambda: Path("/dev/shm/trainwhy-new").open("x").close()),  # noqa: S108 - it must be refused
        also=(errno.EXDEV,),
    )
