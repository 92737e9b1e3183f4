"""Repair TW221: an accuracy of measurements reports their mean absolute error instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the mean absolute error reported in place of the accuracy"


def install(session: Session) -> None:
    """Change what accuracies compute, whatever they are called."""

    def update(original: Any, metric: Any, *args: Any, **kwargs: Any) -> Any:
        name = str(getattr(getattr(metric, "_fn", None), "__name__", ""))
        if session.running and "accuracy" in name:
            metric._fn, metric._fn_kwargs = _error, {}
        return original(metric, *args, **kwargs)

    session.wrap(keras.metrics.MeanMetricWrapper, "update_state", update)


def _error(y_true: Any, y_pred: Any) -> Any:
    return tf.reduce_mean(tf.abs(tf.cast(y_true, y_pred.dtype) - y_pred), axis=-1)
