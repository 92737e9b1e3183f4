"""Repair TW408: a trainable `tf.Variable` that is set on a Keras layer becomes a variable that Keras tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "its variables made known to Keras"


def install(session: Session) -> None:
    """Replace the variable by one of Keras' own with the same values, as `add_weight` would have made it."""

    def set_attribute(original: Any, layer: Any, name: str, value: Any) -> None:
        if session.running and name[:1] != "_":
            with session.harness_in_control():
                value = _tracked(value)
        original(layer, name, value)

    session.wrap(keras.layers.Layer, "__setattr__", set_attribute)


def _tracked(value: Any) -> Any:
    if isinstance(value, tf.Variable) and value.trainable:
        with tf.init_scope():
            return keras.Variable(tf.convert_to_tensor(value), dtype=value.dtype.name, name=_name(value))
    if type(value) in (list, tuple) and value and all(isinstance(one, tf.Variable) for one in value):
        return type(value)(_tracked(one) for one in value)
    if type(value) is dict and value and all(isinstance(one, tf.Variable) for one in value.values()):
        return {key: _tracked(one) for key, one in value.items()}
    return value


def _name(variable: Any) -> str:
    return str(variable.name).split(":")[0].split("/")[-1] or "variable"
