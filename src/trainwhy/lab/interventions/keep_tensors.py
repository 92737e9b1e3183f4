"""Repair TW104: what the learner takes out of TensorFlow stays a tensor, and so keeps its history.

`.numpy()` returns the tensor itself, NumPy's functions are answered by `tf.experimental.numpy`, and `predict` runs the
model as a plain call. Only calls from the learner's own lines are changed; numbers are the same either way.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.session import GENERATED, Session
from trainwhy.lab.tensors import is_symbolic

WORDS = "the values kept as tensors"
CONVERSIONS = ("array", "asarray", "asanyarray", "ascontiguousarray", "float32", "float64")
STANDING = ("keep_tensors.py", "patching.py", "leaves.py", "last_read.py")  # what wraps the same ways out
METHODS = ("mean", "sum", "max", "min", "std", "var", "reshape", "squeeze", "ravel", "flatten", "dot", "clip", "copy")


def install(session: Session) -> None:
    """Answer the ways out of a tensor with tensors while the learner is in control."""
    _patch_tensors(session)
    for name in CONVERSIONS:
        _patch_conversion(session, name)
    session.wrap(keras.Model, "predict", _predict(session))
    session.wrap(keras.Model, "predict_on_batch", _predict(session))
    session.replace(tf, "numpy_function", _call_python(session, tf.numpy_function))


def _patch_tensors(session: Session) -> None:
    eager = type(tf.constant(0.0))
    owner = next(kind for kind in eager.__mro__ if "numpy" in vars(kind) and kind.__module__.startswith("tensorflow"))

    def numpy(original: Any, tensor: Any) -> Any:
        keep = _floats(tensor) and (session.task is not None or session.recording) and _asked_by_learner(session)
        return tensor if keep else original(tensor)

    session.wrap(owner, "numpy", numpy)
    session.replace(tf.Tensor, "__array_ufunc__", _ufunc)
    session.replace(tf.Tensor, "__array_function__", _function)
    for name in METHODS:
        if not hasattr(eager, name):
            session.replace(tf.Tensor, name, _method(name))
    session.replace(tf.Tensor, "astype", lambda tensor, dtype, **_: tf.cast(tensor, tf.as_dtype(dtype)))


def _asked_by_learner(session: Session) -> bool:
    """Look through the wrappers that stand around this way out; a probe's own look at a value stays a value."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.endswith(STANDING):
        frame = frame.f_back
    if frame is None:
        return False
    name, files = frame.f_code.co_filename, getattr(session, "files", None)  # a script may have several
    own = name == session.path if files is None else files.before(name) is not None
    return own or GENERATED in name


def _floats(value: Any) -> bool:
    return isinstance(value, tf.Tensor) and value.dtype.is_floating and not is_symbolic(value)


def _ufunc(_self: Any, function: Any, method: str, *inputs: Any, out: Any = None, **kwargs: Any) -> Any:
    if method != "__call__" or out is not None:
        plain = getattr(function, method)
        return plain(*_plain(inputs), **kwargs) if out is None else plain(*_plain(inputs), out=out, **kwargs)
    return _by_tensorflow(function, inputs, kwargs)


def _function(_self: Any, function: Any, _types: Any, args: Any, kwargs: Any) -> Any:
    return _by_tensorflow(function, args, kwargs)


def _by_tensorflow(function: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    """Call TensorFlow's function of the same name; where there is none, or it refuses, NumPy's own."""
    double = getattr(tf.experimental.numpy, function.__name__, None)
    if double is None:
        return function(*_plain(args), **kwargs)
    try:
        answer = double(*args, **kwargs)
    except (TypeError, ValueError, NotImplementedError, tf.errors.OpError):
        return function(*_plain(args), **kwargs)
    return tf.nest.map_structure(lambda one: _like(one, args), answer)


def _like(answer: Any, args: Any) -> Any:
    """Keep the tensors' own precision, where NumPy's rules would widen it."""
    first = next((a for a in tf.nest.flatten(args) if _floats(a)), None)
    return tf.cast(answer, first.dtype) if first is not None and _floats(answer) else answer


def _plain(values: Any) -> Any:
    return tf.nest.map_structure(lambda value: value._numpy() if isinstance(value, tf.Tensor) else value, values)


def _method(name: str) -> Any:
    def method(tensor: Any, *args: Any, **kwargs: Any) -> Any:
        function = getattr(np, "ravel" if name == "flatten" else name)
        return _by_tensorflow(function, (tensor, *args), kwargs)

    return method


def _patch_conversion(session: Session, name: str) -> None:
    original = getattr(np, name)
    if isinstance(original, type):
        return  # a scalar type is also asked `isinstance`; it stays what it is

    def convert(_original: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        keep = session.running and _floats(value) and session.called_by_learner()
        return value if keep else original(value, *args, **kwargs)

    session.wrap(np, name, convert)


def _predict(session: Session) -> Any:
    def wrapper(original: Any, model: Any, x: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.called_by_learner():
            return model(tf.convert_to_tensor(x), training=False)
        return original(model, x, *args, **kwargs)

    return wrapper


def _call_python(session: Session, original: Any) -> Any:
    def numpy_function(func: Any, inp: Any, *args: Any, **kwargs: Any) -> Any:
        return func(*inp) if session.running else original(func, inp, *args, **kwargs)

    return numpy_function
