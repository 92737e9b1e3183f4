"""Repair TW214: labels are turned into the form that the loss works with, numbers or rows with a single 1."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.session import Session

WORDS = "the labels in the form that the loss expects"
SPARSE = (keras.losses.SparseCategoricalCrossentropy,)
ROWS = (keras.losses.CategoricalCrossentropy, keras.losses.CategoricalFocalCrossentropy)


def install(session: Session) -> None:
    """Turn labels where cross-entropies meet them."""

    def of_object(original: Any, loss: Any, y_true: Any, y_pred: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and isinstance(loss, SPARSE):
            y_true = _numbers(y_true, y_pred)
        elif session.running and isinstance(loss, ROWS):
            y_true = _rows(y_true, y_pred)
        return original(loss, y_true, y_pred, *args, **kwargs)

    def function(turn: Any) -> Any:
        def wrapper(original: Any, labels: Any, outputs: Any = None, *args: Any, **kwargs: Any) -> Any:
            outputs = kwargs.pop("y_pred", kwargs.pop("logits", outputs))
            return original(turn(labels, outputs) if session.running else labels, outputs, *args, **kwargs)

        return wrapper

    session.wrap(keras.losses.Loss, "__call__", of_object)
    for owner in (keras.losses, tf.keras.losses):
        session.wrap(owner, "sparse_categorical_crossentropy", function(_numbers))
        session.wrap(owner, "categorical_crossentropy", function(_rows))


def _numbers(labels: Any, outputs: Any) -> Any:
    labels, classes = tf.convert_to_tensor(labels), outputs.shape[-1]
    same = labels.shape.rank == outputs.shape.rank and classes > 1 and labels.shape[-1] == classes
    return tf.argmax(labels, axis=-1) if same else labels


def _rows(labels: Any, outputs: Any) -> Any:
    labels, classes = tf.convert_to_tensor(labels), outputs.shape[-1]
    if labels.shape.rank == outputs.shape.rank and labels.shape[-1] == 1 and classes > 1:
        labels = tf.squeeze(labels, -1)
    fewer = labels.shape.rank == outputs.shape.rank - 1
    return tf.one_hot(tf.cast(labels, tf.int32), classes, dtype=outputs.dtype) if fewer else labels
