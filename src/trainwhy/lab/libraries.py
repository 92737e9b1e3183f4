"""What a file may set for all of Keras, TensorFlow and NumPy, put back before the next run in the same process."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf


def remember() -> Callable[[], None]:
    """Note the libraries' settings as they are; what is returned puts them back."""
    policy, floatx, epsilon = keras.config.dtype_policy(), keras.config.floatx(), keras.config.epsilon()
    layout, eagerly = keras.config.image_data_format(), tf.config.functions_run_eagerly()
    errors, filters, deepest = np.geterr(), list(warnings.filters), sys.getrecursionlimit()

    def restore() -> None:
        keras.config.set_floatx(floatx)
        keras.config.set_epsilon(epsilon)
        keras.config.set_dtype_policy(policy)
        keras.config.set_image_data_format(layout)
        tf.config.run_functions_eagerly(eagerly)
        np.seterr(**errors)
        warnings.filters[:] = filters  # type: ignore[index]  # typeshed knows a sequence; Python keeps a list
        sys.setrecursionlimit(deepest)

    return restore
