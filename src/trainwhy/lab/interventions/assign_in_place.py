"""Repair TW133: a new value computed from a variable, once the gradients are known, is assigned to that variable.

Only plus and minus count, only with a tensor of the variable's own shape, and only between the tape's answer and the
end of the step, where no tape records: there `v - step` is an update. The variable itself is returned, so that a name
bound to the result still names a variable.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.session import Session
from trainwhy.lab.tensors import is_variable, raw_variable, variable_kinds

WORDS = "the new values assigned to the variables"


def install(session: Session) -> None:
    """Watch plus and minus on variables after the learner's tape has answered."""
    state = {"answered": False, "recording": 0}

    def entered(original: Any, tape: Any) -> Any:
        state["recording"] += 1
        return original(tape)

    def left(original: Any, tape: Any, *details: Any) -> Any:
        state["recording"] -= 1
        return original(tape, *details)

    def gradient(original: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(*args, **kwargs)
        state["answered"] = state["answered"] or session.running
        return answer

    def step(original: Any, left: Any, right: Any, *args: Any, **kwargs: Any) -> Any:
        value = original(left, right, *args, **kwargs)
        updating = session.running and state["answered"] and not state["recording"]
        if not updating or not session.called_by_learner() or not _is_step(left, right):
            return value
        with session.harness_in_control():
            raw_variable(left).assign(value)
        return left

    session.before_step.append(lambda: state.update(answered=False))
    session.wrap(tf.GradientTape, "__enter__", entered)
    session.wrap(tf.GradientTape, "__exit__", left)
    session.wrap(tf.GradientTape, "gradient", gradient)
    for owner, name in _places():
        session.wrap(owner, name, step)


def _places() -> list[tuple[Any, str]]:
    methods = [(owner, name) for owner in variable_kinds() for name in ("__sub__", "__add__")]
    return [*methods, (tf, "subtract"), (tf, "add"), (keras.ops, "subtract"), (keras.ops, "add")]


def _is_step(left: Any, right: Any) -> bool:
    return is_variable(left) and isinstance(right, tf.Tensor) and tuple(left.shape) == tuple(right.shape)
