"""Tensors that NumPy's own functions are given: they read a tensor's memory, so nothing else shows that it left.

Only in the look: `np.mean(t)` and `np.asarray(t)` are told apart from operators between an array and a tensor, which
stay TensorFlow's.
"""

from __future__ import annotations

import contextlib
import dis
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.recorder import CALLS
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.results import Leave

CONVERSIONS = ("array", "asarray", "asanyarray", "ascontiguousarray")
OPERATORS = ("BINARY_", "INPLACE_", "COMPARE_OP", "UNARY_")
METHODS = {
    "add": ("__add__", "__radd__"), "subtract": ("__sub__", "__rsub__"), "multiply": ("__mul__", "__rmul__"),
    "divide": ("__truediv__", "__rtruediv__"), "true_divide": ("__truediv__", "__rtruediv__"),
    "floor_divide": ("__floordiv__", "__rfloordiv__"), "remainder": ("__mod__", "__rmod__"),
    "power": ("__pow__", "__rpow__"), "matmul": ("__matmul__", "__rmatmul__"), "less": ("__lt__", "__gt__"),
    "less_equal": ("__le__", "__ge__"), "greater": ("__gt__", "__lt__"), "greater_equal": ("__ge__", "__le__"),
    "equal": ("__eq__", "__eq__"), "not_equal": ("__ne__", "__ne__"),
}  # fmt: skip


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: C901 - small wrappers side by side
    """Stand between NumPy and eager tensors while the script is looked at."""
    if not session.looking:
        return

    def note(values: Any, how: str) -> None:
        if session.running and not session.step and len(recorder.leaves) < CALLS and session.called_by_learner(3):
            for name in dict.fromkeys(map(tensors.key, tf.nest.flatten(values))):
                if name:
                    recorder.leaves.append(Leave(name, session.line(), how, session.recording > 0))

    def ufunc(_self: Any, function: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method == "__call__" and not kwargs and len(inputs) == 2 and _is_operator(sys._getframe(1)):  # noqa: PLR2004
            with contextlib.suppress(KeyError):
                return _by_tensorflow(function.__name__, *inputs)
        note(inputs, f"np.{function.__name__}")
        with session.harness_in_control():
            return getattr(function, method)(*_plain(inputs), **kwargs)

    def dispatched(_self: Any, function: Any, _types: Any, args: Any, kwargs: Any) -> Any:
        note((args, kwargs), f"np.{function.__name__}")
        with session.harness_in_control():
            return function(*_plain(args), **_plain(kwargs))

    def convert(name: str) -> Callable[..., Any]:
        def wrapper(original: Callable[..., Any], value: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(value, (tf.Tensor, list, tuple)):
                note([value], f"np.{name}")
            return original(value, *args, **kwargs)

        return wrapper

    def python(original: Callable[..., Any], func: Any, inp: Any, *args: Any, **kwargs: Any) -> Any:
        note([inp], "tf.numpy_function")
        return original(func, inp, *args, **kwargs)

    session.replace(tf.Tensor, "__array_ufunc__", ufunc)
    session.replace(tf.Tensor, "__array_function__", dispatched)
    for name in CONVERSIONS:
        session.wrap(np, name, convert(name))
    session.wrap(tf, "numpy_function", python)
    session.wrap(tf, "py_function", python)
    session.wrap(tf.compat.v1, "py_func", python)


def _is_operator(frame: Any) -> bool:
    if "/trainwhy/lab/" in frame.f_code.co_filename.replace("\\", "/"):  # an operator whose operands are followed
        return True
    return bool(dis.opname[frame.f_code.co_code[frame.f_lasti]].startswith(OPERATORS))


def _by_tensorflow(name: str, left: Any, right: Any) -> Any:
    """Do what an operator between an array and a tensor does without us: it is the tensor's."""
    plain, reflected = METHODS[name]
    return getattr(left, plain)(right) if isinstance(left, tf.Tensor) else getattr(right, reflected)(left)


def _plain(values: Any) -> Any:
    if isinstance(values, (list, tuple)):
        return type(values)(_plain(one) for one in values) if type(values) in (list, tuple) else values
    if isinstance(values, dict):
        return {key: _plain(one) for key, one in values.items()}
    return values.numpy() if isinstance(values, tf.Tensor) and not tensors.is_symbolic(values) else values
