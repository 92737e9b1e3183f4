"""Predictions and targets at a loss, measured: eagerly with NumPy, inside a graph by operations at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.session import Session

COLUMNS = ("outside", "negative", "clipped", "spread", "sum_low", "sum_high")
CELLS = 16  # traces of gates in one replay
EDGE = 1e-6  # what rounding leaves beyond 0 and 1
FAR = 1e-3  # of the targets' deviation, by which they must miss the reachable range


@dataclass
class Measures:
    """What went through one gate: a tensor with values, or the variable in which a graph leaves its measures."""

    tensor: Any
    family: str
    logits: bool
    cell: Any = None

    def values(self) -> dict[str, float | None] | None:
        """Return the measures by name."""
        if self.cell is None:
            return measured(self.tensor, family=self.family, logits=self.logits)
        found = np.asarray(self.cell.numpy(), dtype=np.float64)
        return None if np.isnan(found).all() else _named(found)


def measured(tensor: Any, *, family: str, logits: bool) -> dict[str, float | None]:
    """Measure predictions that have values."""
    value = tf.convert_to_tensor(tensor)
    if not value.dtype.is_floating or not int(tf.size(value)):
        return dict.fromkeys(COLUMNS)
    return _named(np.asarray(_operations(value, family, logits).numpy(), dtype=np.float64))


def _named(found: Any) -> dict[str, float | None]:
    return {name: float(one) if np.isfinite(one) else None for name, one in zip(COLUMNS, found, strict=True)}


def _operations(value: Any, family: str, logits: bool) -> Any:
    value = tf.cast(value, tf.float32)
    outside = tf.logical_or(value < -EDGE, value > 1 + EDGE)
    clipped = tf.logical_or(value <= 0, value >= 1)
    probabilities = value
    if logits:
        probabilities = tf.sigmoid(value) if family == "binary" else tf.nn.softmax(value) if value.shape.rank else value
    sums = tf.reduce_sum(probabilities, axis=-1) if value.shape.rank else probabilities
    shares = [tf.reduce_mean(tf.cast(one, tf.float32)) for one in (outside, value < 0, clipped)]
    return tf.stack([*shares, tf.math.reduce_std(value), tf.reduce_min(sums), tf.reduce_max(sums)])


def prepare(session: Session) -> None:
    """Make the variables for measures in graphs: a traced function may make none of its own."""
    empty = [float("nan")] * len(COLUMNS)
    session.measuring_cells = [  # type: ignore[attr-defined]
        tf.Variable(empty, dtype=tf.float32, trainable=False) for _ in range(CELLS)
    ]


def on_the_graph(
    session: Session, tensor: Any, *, family: str, logits: bool, keep: dict[int, Measures], number: int
) -> None:
    """Have a traced function leave the measures in a variable, as the last thing it does."""
    waiting = getattr(session, "after_trace", None)
    if waiting is None or not tensor.dtype.is_floating or tf.distribute.has_strategy():
        return
    cells = session.measuring_cells  # type: ignore[attr-defined]  # made by `prepare`
    if not cells:
        return
    cell = cells.pop()
    keep[number] = Measures(None, family, logits, cell)

    def write() -> None:
        cell.assign(_operations(tensor, family, logits))

    waiting.setdefault(id(tensor.graph), []).append(write)


# ------------------------------------------------------------------------------------------- targets


def of_targets(y_true: Any, y_pred: Any, low: float, high: float) -> dict[str, Any]:
    """Say how targets lie to what a loss allows and to what the prediction can reach."""
    true = _array(y_true)
    if true is None or not true.size or not np.isfinite(true).all():
        return {}
    found: dict[str, Any] = {"labels_outside": float(np.mean((true < -EDGE) | (true > 1 + EDGE)))}
    found["labels_each"] = _each(true, tensors.shape(y_pred))
    if not (np.isfinite(low) or np.isfinite(high)):
        return found
    deviation = float(true.std())
    missed = np.maximum(np.maximum(low - true, true - high), 0.0)
    found["beyond"] = float(np.mean(missed > FAR * max(deviation, 1e-12)))
    found["beyond_error"] = float(np.mean(np.square(missed)) / max(deviation**2, 1e-12))
    return found


def _each(true: Any, shape: Any) -> tuple[float, float] | None:
    """Count the labels of each row, where targets are rows of zeros and ones for as many outputs."""
    if true.ndim < 2 or not shape or true.shape[-1] != shape[-1] or true.shape[-1] < 2:  # noqa: PLR2004 - rows, columns
        return None
    if not np.isin(true, (0.0, 1.0)).all():
        return None
    sums = true.sum(axis=-1)
    return float(sums.min()), float(sums.max())


def _array(value: Any) -> Any:
    try:
        found = np.asarray(value.numpy() if hasattr(value, "numpy") else value)
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None
    return found.astype(np.float64) if found.dtype.kind in "biuf" else None
