"""Repair TW317: data that run out begin again."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.session import Session

WORDS = "the data repeated"


def install(session: Session) -> None:
    """Repeat what is drawn from by hand, and what `fit` is given together with a number of steps."""

    def create(original: Any, dataset: Any) -> Any:
        by_hand = session.running and session.called_by_learner()
        return original(dataset.repeat() if by_hand else dataset)

    def fit(original: Any, model: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        if session.running and kwargs.get("steps_per_epoch"):
            x = x.repeat() if isinstance(x, tf.data.Dataset) else _again(x) if inspect.isgenerator(x) else x
        return original(model, x, *args, **kwargs)

    session.wrap(tf.data.Dataset, "__iter__", create)
    session.wrap(keras.Model, "fit", fit)


def _again(items: Any) -> Iterator[Any]:
    kept = []
    for item in items:
        kept.append(item)
        yield item
    while kept:
        yield from kept
