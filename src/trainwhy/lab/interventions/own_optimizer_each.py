"""Repair TW116: an optimizer that is given another model's variables hands them to a fresh one with its settings."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.session import Session

WORDS = "an optimizer of its own for each model"


def install(session: Session) -> None:
    """Make one optimizer for each set of variables that the one before has never seen."""
    copies: dict[Any, Any] = {}

    def apply(original: Any, optimizer: Any, grads: Any, variables: Any = None, *args: Any, **kwargs: Any) -> Any:
        given = list(variables or ())
        known = {tensors.handle_key(one) for one in getattr(optimizer, "_trainable_variables", None) or ()}
        keys = frozenset(tensors.handle_key(one) for one in given)
        copied = any(optimizer is one for one in copies.values())
        if not session.running or copied or not given or not known or known & keys:
            return original(optimizer, grads, variables, *args, **kwargs)
        name = id(optimizer), keys
        if name not in copies:
            with tf.init_scope():
                copies[name] = type(optimizer).from_config(optimizer.get_config())
                copies[name].build(given)
        return original(copies[name], grads, given, *args, **kwargs)

    session.wrap(keras.optimizers.Optimizer, "apply", apply)
