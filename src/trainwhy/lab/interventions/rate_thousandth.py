"""A rung of the ladder: a thousandth of the learning rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.lab.rescaling import rescale

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "a thousandth of the learning rate"


def install(session: Session) -> None:
    """Multiply every rate."""
    rescale(session, 0.001)
