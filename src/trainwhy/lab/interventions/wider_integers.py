"""Repair TW305: arithmetic that would wrap round in narrow integers is done in wide ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the same arithmetic in wider integers"


def install(session: Session) -> None:
    """Have the script's own operators, and its casts to narrow integers, keep every value."""
    trail = getattr(session, "trail", None)
    if trail is not None:
        trail.exact = True
