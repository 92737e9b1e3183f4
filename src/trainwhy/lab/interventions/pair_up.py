"""Repair TW112: the gradients are put into pairs with the variables they were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

from trainwhy.lab.tensors import is_variable

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "each gradient paired with its variable"


def install(session: Session) -> None:
    """Remember the variables the tape was asked about and pair them with whatever `apply_gradients` is given."""
    asked: list[Any] = []

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            asked[:] = tf.nest.flatten(sources)
        return original(tape, target, sources, *args, **kwargs)

    def apply_gradients(original: Any, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        given = [*args, *kwargs.values()]
        return original(optimizer, _paired(given, asked)) if given else original(optimizer)

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(keras.optimizers.Optimizer, "apply_gradients", apply_gradients)


def _paired(given: list[Any], asked: list[Any]) -> list[Any]:
    if len(given) > 1:  # apply_gradients(gradients, variables)
        return _zipped(given[0], given[1])
    items = list(given[0])
    if all(_is_pair(item) for item in items):
        return items
    if len(items) == 2 and not any(isinstance(item, tf.Tensor) for item in items):  # noqa: PLR2004 - two lists
        return _zipped(items[0], items[1])
    return _zipped(items, asked)  # the gradients alone


def _zipped(left: Any, right: Any) -> list[Any]:
    pairs = list(zip(left, right, strict=False))
    return [(b, a) if is_variable(a) and not is_variable(b) else (a, b) for a, b in pairs]


def _is_pair(item: Any) -> bool:
    return isinstance(item, (tuple, list)) and len(item) == 2 and is_variable(item[1]) and not is_variable(item[0])  # noqa: PLR2004
