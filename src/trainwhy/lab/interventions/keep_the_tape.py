"""Repair TW130: every tape may be asked more than once."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from trainwhy.lab.session import Session

WORDS = "tapes that may be asked more than once"


def install(session: Session) -> None:
    """Make every tape of the script a persistent one."""

    def make(original: Any, tape: Any, persistent: bool = False, *args: Any, **kwargs: Any) -> None:
        original(tape, persistent or session.running, *args, **kwargs)

    session.wrap(tf.GradientTape, "__init__", make)
