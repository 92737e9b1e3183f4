"""Repairs of how weights begin: every floating variable passes here once, right after it has its first values.

Keras' variables are TensorFlow's underneath, so one hook meets both. What a traced function makes (a model that `fit`
builds) has its values only when the trace is over; TensorFlow fills all of that in one place, before the first step.
What is drawn comes from a generator of its own, so the script's random numbers stay what they were.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.session import Session

Change = Callable[[np.ndarray[Any, Any], np.random.Generator], "np.ndarray[Any, Any] | None"]
LARGEST = 20_000_000
# Made while a graph is traced, a variable cannot be read before the graph runs.
TOO_EARLY = (ValueError, RuntimeError, NotImplementedError, AttributeError, tf.errors.OpError)


def on_new_weights(session: Session, change: Change) -> None:
    """Let `change(values, generator)` give new values to a trainable variable, or None to leave it."""
    generator = np.random.default_rng(session.request.seed)
    waiting: list[Any] = []

    def create(original: Callable[..., Any], variable: Any, *args: Any, **kwargs: Any) -> None:
        original(variable, *args, **kwargs)
        if session.running and _learns(variable):
            with session.harness_in_control():
                if not _changed(variable, change, generator):
                    waiting.append(variable)

    def filled(original: Callable[..., Any], function: Any, initializers: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(function, initializers, *args, **kwargs)
        if session.running:
            with session.harness_in_control():
                for variable in [one for one, _ in initializers if _learns(one)]:
                    waiting[:] = [one for one in waiting if one is not variable]
                    _changed(variable, change, generator)
        return result

    def later() -> None:
        waiting[:] = [one for one in waiting if not _changed(one, change, generator)]

    for one in _kinds():
        session.wrap(one, "__init__", create)
    kind = type(tf.function(lambda: None))
    if hasattr(kind, "_initialize_uninitialized_variables"):  # private; without it these weights are left alone
        session.wrap(kind, "_initialize_uninitialized_variables", filled)
    session.before_step.append(later)


def _kinds() -> list[Any]:
    """The classes of variables: made eagerly, and made while a function is traced. A release may keep them elsewhere.

    Without them there is no repair, and so no proof.
    """
    found: list[Any] = []
    with contextlib.suppress(ImportError):
        from tensorflow.python.ops.resource_variable_ops import ResourceVariable

        found.append(ResourceVariable)
    with contextlib.suppress(ImportError):
        from tensorflow.python.eager.polymorphic_function.polymorphic_function import UnliftedInitializerVariable

        found.append(UnliftedInitializerVariable)
    return found


def _learns(variable: Any) -> bool:
    return bool(getattr(variable, "trainable", False)) and bool(variable.dtype.is_floating)


def _changed(variable: Any, change: Change, generator: np.random.Generator) -> bool:
    """Change one variable, and tell whether it could be read."""
    with tf.init_scope():
        try:
            values = tensors.array(variable)
            if values is None or values.shape != tensors.shape(variable):
                return False
            new = change(values, generator) if values.size <= LARGEST else None
            if new is not None:
                variable.assign(np.asarray(new, dtype=values.dtype))
        except TOO_EARLY:
            return False
    return True
