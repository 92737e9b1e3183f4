"""No change: a replay of the script as it is, measured in the same way as the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "nothing changed"


def install(session: Session) -> None:
    """Leave everything as it is."""
    del session
