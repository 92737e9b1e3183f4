"""Repair TW127 and TW128: traced functions run as the plain Python they were written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.scripts.session import ScriptSession

WORDS = "the function run as plain Python"


def install(session: ScriptSession) -> None:
    """Run every function eagerly until the session closes."""
    tf.config.run_functions_eagerly(True)
    session.patches.callback(lambda: tf.config.run_functions_eagerly(False))
