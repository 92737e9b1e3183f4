"""TensorFlow 1's graph mode, in which nothing has a value until a session runs: no training step can be seen in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from trainwhy.lab.loading import Unusable
from trainwhy.lab.session import Session
from trainwhy.results import Failure

SWITCHES = ("disable_eager_execution", "disable_v2_behavior")  # of `tf.compat.v1`


def refuse(session: Session) -> None:
    """Stop a file where it turns eager execution off, and say what that means."""

    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(*args, **kwargs)
        raise Unusable(
            Failure(
                type="GraphMode",
                message="the file turns eager execution off; in TensorFlow 1's graphs no training step can be observed",
                line=session.line(),
                hint="remove that line; where TensorFlow 2 shall run a graph, `@tf.function` traces it",
            )
        )

    for name in SWITCHES:
        session.wrap(tf.compat.v1, name, wrapper)
