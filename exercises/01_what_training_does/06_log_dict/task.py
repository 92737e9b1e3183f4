"""Turn real Keras metrics into the dictionary that a training loop logs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Function


def metric(name: str, *values: float) -> Any:
    """A running mean that has seen these values."""
    made = keras.metrics.Mean(name=name)
    for value in values:
        made.update_state(value)
    return made


def calls(seed: int) -> Sequence[tuple[Any, ...]]:
    """Three sets: an ordinary one, one with a metric at zero, one with capital letters and a tiny value."""
    rng = np.random.default_rng(seed)
    loss, error, auc, tiny = (float(value) for value in rng.uniform(0.2, 0.9, 4))
    ordinary = [metric("loss", loss, loss / 2), metric("mae", error)]
    with_zero = [metric("misses", 0.0), metric("loss", loss)]
    capitals = [metric("AUC", auc), metric("MAE", tiny / 1000)]
    return [(ordinary,), (with_zero,), (capitals,)]


def show(arguments: tuple[Any, ...], expected: Any, given: Any) -> tuple[str, ...]:
    """Names and numbers of the metrics, then the two dictionaries."""
    (metrics,) = arguments
    return (", ".join(f"{m.name} {float(m.result()):.2g}" for m in metrics), brief(expected), brief(given))


def brief(value: Any) -> str:
    """A dictionary with 2 digits a number, anything else by its type."""
    if not isinstance(value, dict):
        return f"{type(value).__name__}, no dict"
    return ", ".join(f"{entry(name)} {entry(number)}" for name, number in value.items()) or "{}"


def entry(value: Any) -> str:
    """A name as it is, a number with 2 digits, anything else by its type."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return f"{value:.2g}"
    return "tensor" if isinstance(value, tf.Tensor) else type(value).__name__


TASK = Function(calls=calls, columns=("metrics", "expected", "returned"), show=show)
