"""A rung of the ladder: 1,000,000 times the learning rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.lab.rescaling import rescale

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "1,000,000 times the learning rate"


def install(session: Session) -> None:
    """Multiply every rate."""
    rescale(session, 1000000.0)
