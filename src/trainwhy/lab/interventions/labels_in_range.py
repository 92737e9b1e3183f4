"""Repair TW213: class numbers beyond the last class, and below the first, count as the nearest there is."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.session import Session

WORDS = "the labels cut to the classes that the output has"


def install(session: Session) -> None:
    """Cut labels where sparse cross-entropies meet them."""

    def of_object(original: Any, loss: Any, y_true: Any, y_pred: Any, *args: Any, **kwargs: Any) -> Any:
        sparse = isinstance(loss, keras.losses.SparseCategoricalCrossentropy)
        return original(loss, _cut(y_true, y_pred) if sparse and session.running else y_true, y_pred, *args, **kwargs)

    def of_keras(original: Any, y_true: Any, y_pred: Any, *args: Any, **kwargs: Any) -> Any:
        return original(_cut(y_true, y_pred) if session.running else y_true, y_pred, *args, **kwargs)

    def of_tensorflow(original: Any, labels: Any, logits: Any, *args: Any, **kwargs: Any) -> Any:
        return original(_cut(labels, logits) if session.running else labels, logits, *args, **kwargs)

    session.wrap(keras.losses.Loss, "__call__", of_object)
    session.wrap(keras.losses, "sparse_categorical_crossentropy", of_keras)
    session.wrap(tf.keras.losses, "sparse_categorical_crossentropy", of_keras)
    session.wrap(tf.nn, "sparse_softmax_cross_entropy_with_logits", of_tensorflow)


def _cut(labels: Any, outputs: Any) -> Any:
    labels = tf.convert_to_tensor(labels)
    return tf.clip_by_value(labels, tf.cast(0, labels.dtype), tf.cast(outputs.shape[-1] - 1, labels.dtype))
