"""The placebo: one more forward pass for each step, in inference mode, whose result nobody uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.session import Session
from trainwhy.lab.tensors import is_symbolic

WORDS = "an extra forward pass"


def install(session: Session) -> None:
    """Call the model on the batch before every step; inference draws no random numbers."""
    if session.task is None:
        _install_for_script(session)
        return

    def forward() -> None:
        if session.batch is not None and getattr(session.model, "built", False):
            session.model(session.batch[0], training=False)

    session.before_step.append(forward)


def _install_for_script(session: Session) -> None:
    """Call the layer that the script called first once more after every step, on inputs like those it was given."""
    kept: list[Any] = []
    depth = [0]

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not depth[0] and not kept and args and not _is_keras(args):
            with session.harness_in_control():
                kept[:] = [layer, tf.nest.map_structure(_like, args[0])]
        depth[0] += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            depth[0] -= 1

    def forward() -> None:
        if kept and tf.executing_eagerly() and getattr(kept[0], "built", False):
            takes = getattr(kept[0], "_call_has_training_arg", False)
            kept[0](kept[1], **({"training": False} if takes else {}))

    session.wrap(keras.layers.Layer, "__call__", call)
    session.after_step.append(forward)


def _is_keras(args: Any) -> bool:
    return any(type(one).__name__ == "KerasTensor" for one in tf.nest.flatten(args))


def _like(value: Any) -> Any:
    """Keep a value; of a tensor without one, zeros of its shape."""
    if not is_symbolic(value):
        return value
    with tf.init_scope():
        return tf.zeros([size or 1 for size in value.shape], value.dtype)
