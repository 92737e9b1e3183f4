"""Turn real Keras metrics into the dictionary that a training loop logs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

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
    loss, accuracy, auc, tiny = (float(value) for value in rng.uniform(0.2, 0.9, 4))
    ordinary = [metric("loss", loss, loss / 2), metric("accuracy", accuracy)]
    with_zero = [metric("loss", loss), metric("false_alarms", 0.0), metric("recall", accuracy)]
    capitals = [metric("AUC", auc), metric("MeanError", tiny / 1000)]
    return [(ordinary,), (with_zero,), (capitals,)]


def show(arguments: tuple[Any, ...], expected: Any, given: Any) -> tuple[str, ...]:
    """Names and numbers of the metrics, then the two dictionaries."""
    (metrics,) = arguments
    return (", ".join(f"{m.name} {float(m.result()):.3g}" for m in metrics), brief(expected), brief(given))


def brief(value: Any) -> str:
    """A dictionary with 3 digits a number, anything else by its type."""
    if not isinstance(value, dict):
        return f"a {type(value).__name__}, not a dictionary"
    return ", ".join(f"{name}: {number(entry)}" for name, entry in value.items()) or "{}"


def number(value: Any) -> str:
    """3 digits where it is a number, its type where it is not."""
    try:
        return f"{float(value):.3g}"
    except (TypeError, ValueError):
        return f"a {type(value).__name__}"


TASK = Function(calls=calls, columns=("metrics", "expected", "returned"), show=show)
