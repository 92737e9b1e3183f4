"""The few functions that all of TensorFlow's arithmetic on two tensors goes through, and what broadcasting does there.

They live in one private module and are exported under several public names; where a release has them elsewhere, nothing
is wrapped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab.session import Session

NAMES = ("sub", "mul", "add_v2", "real_div", "squared_difference", "maximum", "minimum", "mul_no_nan", "div_no_nan")


def wrap_all(session: Session, wrapper: Callable[..., Any]) -> None:
    """Wrap each function wherever it is reached."""
    try:
        from tensorflow.python.ops import gen_math_ops
    except ImportError:
        return
    for name in NAMES:
        function = getattr(gen_math_ops, name, None)
        if function is None:
            continue
        for owner in (gen_math_ops, tf, tf.math):
            for key in [key for key, value in list(vars(owner).items()) if value is function]:
                session.wrap(owner, key, _named(wrapper))


def _named(wrapper: Callable[..., Any]) -> Callable[..., Any]:
    def call(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        left = args[0] if args else kwargs.pop("x", None)
        right = args[1] if len(args) > 1 else kwargs.pop("y", None)
        return wrapper(original, left, right, *args[2:], **kwargs)

    return call


def stretched(left: Any, right: Any) -> bool:
    """Tell `(N,)` against `(N, 1)`: shapes that differ in a last axis of size 1, and would make all pairs of rows."""
    one, other = _shape(left), _shape(right)
    if one is None or other is None:
        return False
    short, long = sorted((one, other), key=len)
    return bool(short) and len(long) == len(short) + 1 and long[-1] == 1 and tuple(long[:-1]) == tuple(short) != (1,)


def _shape(value: Any) -> tuple[Any, ...] | None:
    if isinstance(value, np.ndarray):
        return tuple(value.shape)
    if not isinstance(value, tf.Tensor) or value.shape.rank is None:
        return None
    return tuple(value.shape)
