"""Repair TW322: every shuffle draws one order and keeps it."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "every shuffle of the script drawn only once"


def install(session: Session) -> None:
    """Pass `reshuffle_each_iteration=False` to every `shuffle`."""

    def shuffle(original: Any, dataset: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            bound = inspect.signature(original).bind(dataset, *args, **kwargs)
            bound.arguments["reshuffle_each_iteration"] = False
            args, kwargs = bound.args[1:], bound.kwargs
        return original(dataset, *args, **kwargs)

    session.wrap(tf.data.Dataset, "shuffle", shuffle)
