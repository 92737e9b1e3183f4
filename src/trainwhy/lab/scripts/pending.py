"""Gradients that a repair has, and that the script may or may not apply itself: at the end of the step they count.

In eager code the end is the end of the step; inside a traced function, the end of that function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors

RATE = 0.01  # where the script has no optimizer to ask

Pairs = list[tuple[Any, Any]]


class Pending:
    """Pairs that wait; those whose variable an optimizer of the script meets in the meantime are let go."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.waiting: dict[int | None, Pairs] = {}  # by graph; None is eager
        self.met: dict[int | None, set[Any]] = {}

        def apply(
            original: Callable[..., Any], optimizer: Any, grads: Any, variables: Any = None, **kwargs: Any
        ) -> Any:
            if session.running:
                given = zip(grads, variables or (), strict=False)
                self.met.setdefault(_place(), set()).update(key_of(v) for g, v in given if g is not None)
            return original(optimizer, grads, variables, **kwargs)

        session.wrap(keras.optimizers.Optimizer, "apply", apply)
        session.after_step.append(lambda: self._settle(None))

    def add(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        """Let these wait for the end."""
        place = _place()
        if place is not None and place not in self.waiting:
            graph = tf.compat.v1.get_default_graph()
            self.session.after_trace.setdefault(id(graph), []).append(lambda: self._settle(place))
        wanted = [(g, v) for g, v in pairs if g is not None and tensors.is_variable(v)]
        self.waiting.setdefault(place, []).extend(wanted)

    def _settle(self, place: int | None) -> None:
        if place is None and not tf.executing_eagerly():
            return
        met = self.met.pop(place, set())
        rate = _rate(self.session)
        with self.session.harness_in_control():
            for gradient, variable in self.waiting.pop(place, ()):
                if key_of(variable) not in met:
                    move(variable, gradient, rate)


def move(variable: Any, gradient: Any, rate: float) -> None:
    """Take one plain step."""
    raw = tensors.raw_variable(variable)
    raw.assign_sub(tf.cast(rate, raw.dtype) * tf.cast(tf.convert_to_tensor(gradient), raw.dtype))


def key_of(variable: Any) -> Any:
    """Tell variables apart, also when Keras wraps them."""
    return tensors.handle_key(variable) or id(variable)


def _place() -> int | None:
    return None if tf.executing_eagerly() else id(tf.compat.v1.get_default_graph())


def _rate(session: Any) -> float:
    found = (_rate_of(optimizer) for optimizer in reversed(session.optimizers))
    return next((rate for rate in found if rate is not None), RATE)


def _rate_of(optimizer: Any) -> float | None:
    try:
        return float(tensors.array(optimizer.learning_rate))  # type: ignore[arg-type]  # None raises TypeError
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None
