"""Repair TW313: every class weighs the same in the loss, however few rows it has.

Arrays given to `fit` are counted once and their `class_weight` is handed over. What comes in batches is weighed inside
each batch, where Keras' loss is called.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "every class given the same weight in the loss"
MATRIX = 2


def install(session: Session) -> None:
    """Add weights where there are none."""
    counted = [False]  # the `fit` that is on has weights already

    def weighed(given: dict[str, Any]) -> None:
        if given.get("class_weight") is None and given.get("sample_weight") is None:
            found = _counted(given.get("y"))
            if found:
                given["class_weight"] = found

    def fit(original: Any, model: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(model, *args, **kwargs)
        bound = inspect.signature(original).bind(model, *args, **kwargs)
        weighed(bound.arguments)
        counted[0] = bound.arguments.get("class_weight") is not None
        try:
            return original(*bound.args, **bound.kwargs)
        finally:
            counted[0] = False

    def call(original: Any, loss: Any, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        if session.recording and sample_weight is None and not counted[0]:
            sample_weight = _of_batch(y_true)
        return original(loss, y_true, y_pred, sample_weight)

    if hasattr(session, "repairs_fit"):
        session.repairs_fit.append(weighed)
    session.wrap(keras.Model, "fit", fit)
    session.wrap(keras.losses.Loss, "__call__", call)


def _counted(y: Any) -> dict[int, float]:
    if not isinstance(y, np.ndarray) or y.ndim > MATRIX or not y.size:
        return {}
    classes = y.reshape(-1) if y.ndim == 1 or y.shape[-1] == 1 else y.argmax(axis=-1)
    names, counts = np.unique(classes, return_counts=True)
    return {int(n): float(len(classes) / (len(names) * c)) for n, c in zip(names, counts, strict=True)}


def _of_batch(y_true: Any) -> Any:
    true = tf.convert_to_tensor(y_true)
    if not true.shape.rank or true.shape.rank > MATRIX:
        return None
    rows = true.shape.rank == MATRIX and true.shape[-1] != 1
    classes = tf.argmax(true, axis=-1, output_type=tf.int32) if rows else tf.cast(tf.reshape(true, [-1]), tf.int32)
    counts = tf.cast(tf.math.bincount(classes), tf.float32)
    present = tf.reduce_sum(tf.cast(counts > 0, tf.float32))
    total = tf.reduce_sum(counts)
    return tf.gather(tf.math.divide_no_nan(total, counts * present), classes)
