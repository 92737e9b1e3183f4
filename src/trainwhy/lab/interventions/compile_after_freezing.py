"""Repair TW406: before the model trains on, what Keras made for the weights that were open is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "another `compile` after `trainable` changed"


def install(session: Session) -> None:
    """Compare the open weights at each call of `fit` and `train_on_batch` with those of the call before."""
    known: dict[int, tuple[Any, list[int]]] = {}  # by model: its train function then, and the open weights

    def train(original: Any, model: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            with session.harness_in_control():
                _renew(model, known)
        try:
            return original(model, *args, **kwargs)
        finally:
            known[id(model)] = (getattr(model, "train_function", None), _open(model))

    session.wrap(keras.Model, "fit", train)
    session.wrap(keras.Model, "train_on_batch", train)


def _open(model: Any) -> list[int]:
    return [id(v) for v in getattr(model, "trainable_variables", ())]


def _renew(model: Any, known: dict[int, tuple[Any, list[int]]]) -> None:
    function, before = known.get(id(model), (None, []))
    same = function is not None and getattr(model, "train_function", None) is function
    if not same or before == _open(model) or getattr(model, "optimizer", None) is None:
        return
    model.optimizer = type(model.optimizer).from_config(model.optimizer.get_config())
    model.train_function = None
