"""Repair TW138 in a whole script: arrays are put back after every step, and gradients of inputs go to the weights."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts import arrays

RATE = 0.05


def install(session: Any) -> None:
    """Put data back, and where a tape is asked about inputs only, train the variables it watched."""
    roots: dict[int, arrays.Root] = {}
    arrays.watch(session, roots)

    def put_back() -> None:
        for root in roots.values():
            if root.array.flags.writeable:
                root.array[...] = root.first

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        asked = tf.nest.flatten(sources)
        rows = max((s.shape[0] for s in asked if len(s.shape) > 1), default=0)
        known = {tensors.handle_key(s) for s in asked if tensors.is_variable(s)}
        others = [v for v in tape.watched_variables() if tensors.handle_key(v) not in known]
        if not session.running or not others or not rows:
            return original(tape, target, sources, *args, **kwargs)
        answers = original(tape, target, [*asked, *others], *args, **kwargs)
        for value, variable in zip(answers[len(asked) :], others, strict=True):
            if value is not None:
                variable.assign_sub(RATE * tf.convert_to_tensor(value))
        own = [
            None if g is None else tf.zeros_like(g) if s.shape[:1] == [rows] else g
            for g, s in zip(answers, asked, strict=False)
        ]
        return tf.nest.pack_sequence_as(sources, own)

    session.after_step.append(put_back)
    session.wrap(tf.GradientTape, "gradient", gradient)
