"""Repair TW307 and TW308: rows are shuffled before they are cut into batches, and batches are not."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the rows shuffled before they are cut into batches"
BUFFER = 20_000


def install(session: Session) -> None:
    """Shuffle in `fit` and before every `batch` of a dataset."""

    def mixed(given: dict[str, Any]) -> None:
        given["shuffle"] = True

    def fit(original: Any, model: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            bound = inspect.signature(original).bind(model, *args, **kwargs)
            mixed(bound.arguments)
            args, kwargs = bound.args[1:], bound.kwargs
        return original(model, *args, **kwargs)

    def batch(original: Any, dataset: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.called_by_learner():
            dataset = dataset.shuffle(BUFFER, seed=session.request.seed)
        return original(dataset, *args, **kwargs)

    if hasattr(session, "repairs_fit"):
        session.repairs_fit.append(mixed)
    session.wrap(keras.Model, "fit", fit)
    session.wrap(tf.data.Dataset, "batch", batch)
