"""Nothing of the environment reaches a run but what is on a short list: no token, no password."""

from __future__ import annotations

import os

from trainwhy.worker import confine
from trainwhy.worker.promises import Broken, Ground

TITLE = "read the environment it was started from"
NEEDS: tuple[str, ...] = ()


def attempt(_: Ground) -> str:
    """Compare what is there with the list."""
    foreign = sorted(name for name in os.environ if name not in confine.NAMES and not name.startswith(confine.FAMILIES))
    if foreign:
        raise Broken(f"it sees {', '.join(foreign)}")
    return f"{len(os.environ)} variables, all on the list"
