"""Losses whose two arguments may not change places, and where they are called."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

# wrapper(original, put, first, second, rest, kwargs): `put` calls the loss with two arguments of its own choice
Wrapper = Callable[[Callable[[Any, Any], Any], str, Any, Any], Any]

NAMES = (
    "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_focal_crossentropy",
    "categorical_focal_crossentropy", "poisson", "mean_absolute_percentage_error", "mean_squared_logarithmic_error",
    "hinge", "squared_hinge", "categorical_hinge",
)  # fmt: skip
FIRST, SECOND = ("y_true", "target"), ("y_pred", "output")


def watch(session: Any, wrapper: Wrapper) -> None:
    """Put `wrapper` around every loss of Keras that treats targets and predictions differently."""
    session.wrap(keras.losses.Loss, "__call__", _object(wrapper))
    for name in NAMES:
        for owner in (keras.losses, tf.keras.losses, keras.ops):
            function = getattr(owner, name, None)
            if inspect.isfunction(function):
                for key in [key for key, value in vars(owner).items() if value is function]:
                    session.wrap(owner, key, _function(wrapper, name))


def _object(wrapper: Wrapper) -> Callable[..., Any]:
    def call(original: Any, loss: Any, *args: Any, **kwargs: Any) -> Any:
        name = str(getattr(getattr(loss, "fn", None), "__name__", ""))
        taken = _two(args, kwargs)
        if name not in NAMES or taken is None:
            return original(loss, *args, **kwargs)
        first, second, rest, named = taken
        return wrapper(lambda a, b: original(loss, a, b, *rest, **named), type(loss).__name__, first, second)

    return call


def _function(wrapper: Wrapper, name: str) -> Callable[..., Any]:
    def call(original: Any, *args: Any, **kwargs: Any) -> Any:
        taken = _two(args, kwargs)
        if taken is None:
            return original(*args, **kwargs)
        first, second, rest, named = taken
        return wrapper(lambda a, b: original(a, b, *rest, **named), name, first, second)

    return call


def _two(args: Any, kwargs: dict[str, Any]) -> tuple[Any, Any, list[Any], dict[str, Any]] | None:
    """Split a call into targets, predictions and the rest, however they were named."""
    given, named = list(args), dict(kwargs)
    for place, names in enumerate((FIRST, SECOND)):
        key = next((name for name in names if name in named), None)
        if key is not None:
            given.insert(place, named.pop(key))
    return (given[0], given[1], given[2:], named) if len(given) > 1 else None
