"""Repair TW107: `stop_gradient`, called by the learner, hands its tensor on and stops nothing."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.session import Session

WORDS = "gradients passing `stop_gradient`"


def install(session: Session) -> None:
    """Replace `stop_gradient`, by whichever of its names it is called or imported."""

    def passing(original: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(*args, **kwargs)
        value = args[0] if args else kwargs.get("input", kwargs.get("variable"))
        if any(type(one).__name__ == "KerasTensor" for one in tf.nest.flatten(value)):
            return original(*args, **kwargs)  # a model under construction: it is called again when it runs
        return tf.nest.map_structure(tf.identity, value)

    session.wrap(tf, "stop_gradient", passing)
    session.wrap(keras.ops, "stop_gradient", passing)
