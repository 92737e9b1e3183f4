"""Decisions that keep their values and get a gradient: what a small change would do to the numbers they were made from.

Every comparison, `argmax` and cast to whole numbers is accompanied by a smooth double. Where the decision becomes a
float again (a cast, a choice, a one-hot row), the double's gradient is passed on with the decision's value.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from trainwhy.lab import tensors

LARGER = ("Greater", "GreaterEqual")
SMALLER = ("Less", "LessEqual")
CARRYING = ("Reshape", "Squeeze", "ExpandDims", "Identity", "Transpose", "StridedSlice", "GatherV2", "BroadcastTo")
MOST = 4000  # doubles remembered


def install(session: Any) -> None:
    """Accompany decisions from now on. Two private names of TensorFlow; without them nothing is repaired."""
    try:
        from tensorflow.python.framework import op_callbacks
        from tensorflow.python.ops import gen_array_ops, gen_math_ops
    except ImportError:
        return
    doubles: dict[str, Any] = {}

    def seen(kind: Any, inputs: Any, _attributes: Any, outputs: Any, op_name: Any = None, graph: Any = None) -> None:  # noqa: ARG001 - the callback's signature
        if session.running and len(outputs):
            with session.harness_in_control():
                double = _double(kind.decode() if isinstance(kind, bytes) else str(kind), inputs, doubles)
                name = tensors.key(outputs[0])
                if double is not None and name:
                    doubles[name] = double
                    while len(doubles) > MOST:
                        doubles.pop(next(iter(doubles)))

    def through(double_of: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            result = original(*args, **kwargs)
            if not session.running or not result.dtype.is_floating:
                return result
            with session.harness_in_control():
                double = double_of(doubles, *args, **kwargs)
                if double is None:
                    return result
                double = tf.cast(double, result.dtype)
                return double + tf.stop_gradient(result - double)

        return wrapper

    op_callbacks.add_op_callback(seen)
    session.patches.callback(lambda: _remove(op_callbacks, seen))
    session.wrap(gen_math_ops, "cast", through(lambda known, x, *_, **__: known.get(tensors.key(x) or "")))
    session.wrap(gen_math_ops, "select_v2", through(_chosen))
    session.wrap(gen_array_ops, "one_hot", through(_one_hot))


def _remove(op_callbacks: Any, seen: Any) -> None:
    with contextlib.suppress(KeyError):
        op_callbacks.remove_op_callback(seen)


def _double(kind: str, inputs: Any, known: dict[str, Any]) -> Any:  # noqa: PLR0911 - one kind, one answer
    of = [known.get(tensors.key(one) or "") for one in inputs]
    if kind in LARGER + SMALLER:
        left, right = (_soft(one, double) for one, double in zip(inputs, of, strict=True))
        return None if left is None or right is None else tf.sigmoid((left - right) * (1 if kind in LARGER else -1))
    if kind in ("Equal", "NotEqual") and any(one is not None for one in of):
        left, right = (_number(one, double) for one, double in zip(inputs, of, strict=True))
        same = tf.exp(-tf.abs(left - right))
        return same if kind == "Equal" else 1 - same
    if kind in ("ArgMax", "ArgMin") and inputs[0].dtype.is_floating and inputs[0].shape.rank:
        return _soft_index(inputs, 1.0 if kind == "ArgMax" else -1.0)
    if kind == "TopKV2" and inputs[0].dtype.is_floating:
        return None
    if kind == "Cast":
        return of[0] if of[0] is not None else (tf.identity(inputs[0]) if inputs[0].dtype.is_floating else None)
    if kind == "LogicalNot" and of[0] is not None:
        return 1 - of[0]
    return None


def _soft(value: Any, double: Any) -> Any:
    return double if double is not None else tf.identity(value) if value.dtype.is_floating else None


def _number(value: Any, double: Any) -> Any:
    return tf.cast(value, tf.float32) if double is None else tf.cast(double, tf.float32)


def _soft_index(inputs: Any, sign: float) -> Any:
    """The expected index under a softmax of the scores."""
    scores, axis = inputs[0], int(tf.get_static_value(inputs[1]))
    scores = tf.experimental.numpy.moveaxis(scores, axis, -1)
    count = tf.shape(scores)[-1]
    return tf.reduce_sum(tf.nn.softmax(sign * scores) * tf.cast(tf.range(count), scores.dtype), axis=-1)


def _chosen(known: dict[str, Any], condition: Any, t: Any, e: Any, name: Any = None) -> Any:  # noqa: ARG001 - as `select_v2`
    double = known.get(tensors.key(condition) or "")
    if double is None:
        return None
    first, second = tf.convert_to_tensor(t), tf.convert_to_tensor(e)
    share = tf.cast(double, first.dtype)
    return share * first + (1 - share) * second


def _one_hot(known: dict[str, Any], indices: Any, depth: Any, *_: Any, **__: Any) -> Any:
    double = known.get(tensors.key(indices) or "")
    if double is None:
        return None
    places = tf.cast(tf.range(depth), double.dtype)
    return tf.nn.softmax(-tf.square(double[..., None] - places))
