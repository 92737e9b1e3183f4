"""Files and folders outside the run's folder are not removed, renamed nor moved in."""

from __future__ import annotations

import errno
from pathlib import Path

from trainwhy.worker.promises import Ground, all_refused

TITLE = "remove or rename a file outside its folder"
NEEDS = ("landlock",)


def attempt(ground: Ground) -> str:
    """Remove, rename in place, move here and there, and remove a folder."""
    kept = ground.outside / "kept"
    Path("mine").write_text("mine")
    return all_refused(
        ("remove", kept.unlink),
        ("rename", lambda: kept.rename(ground.outside / "renamed")),
        ("move in", lambda: kept.rename("kept")),
        ("replace", lambda: Path("mine").replace(kept)),
        ("remove the folder", (ground.outside / "folder").rmdir),
        also=(errno.EXDEV,),
    )
