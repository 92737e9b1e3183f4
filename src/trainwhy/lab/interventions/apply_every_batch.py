"""Repair TW137: every gradient is applied as soon as it is computed, and the learner's late update does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

from trainwhy.lab.tensors import is_variable

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "an update after every batch"


def install(session: Session) -> None:
    """Give each answer of the tape to the optimizer at once."""
    made: list[Any] = []
    applied = keras.optimizers.Optimizer.apply  # as it is before the wrap below

    def make(original: Any, optimizer: Any, *args: Any, **kwargs: Any) -> None:
        original(optimizer, *args, **kwargs)
        if session.running:
            made[:] = [optimizer]

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        optimizer = made[-1] if made else session.optimizer
        answers, asked = tf.nest.flatten(answer), tf.nest.flatten(sources)
        pairs = [(g, v) for g, v in zip(answers, asked, strict=True) if is_variable(v)]
        if session.running and optimizer is not None and any(g is not None for g, _ in pairs):
            with session.harness_in_control():
                applied(optimizer, [g for g, _ in pairs], [v for _, v in pairs])
        return answer

    def apply(original: Any, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        return None if session.running else original(optimizer, *args, **kwargs)

    session.wrap(keras.optimizers.Optimizer, "__init__", make)
    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(keras.optimizers.Optimizer, "apply", apply)
