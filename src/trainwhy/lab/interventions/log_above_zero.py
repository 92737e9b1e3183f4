"""Repair TW218: a logarithm never sees less than 1e-7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the argument of the logarithm kept above 1e-7"
LEAST = 1e-7


def install(session: Session) -> None:
    """Keep what goes into `tf.math.log` above zero; Keras' own functions come through it, too."""

    def log(original: Any, x: Any, *args: Any, **kwargs: Any) -> Any:
        x = tf.convert_to_tensor(x)
        return original(tf.maximum(x, tf.cast(LEAST, x.dtype)) if x.dtype.is_floating else x, *args, **kwargs)

    session.wrap(tf.math, "log", log)
