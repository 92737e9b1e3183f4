"""Names, shapes and plain values of TensorFlow objects, for the records that probes keep.

Every private TensorFlow name that trainwhy reads about a tensor is read here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.results import Shape


def is_symbolic(tensor: Any) -> bool:
    """Tell a tensor of a graph under construction from one that holds a value."""
    return isinstance(tensor, tf.Tensor) and not hasattr(tensor, "numpy")


def key(tensor: Any) -> str | None:
    """Return a name for a tensor that is unique in this run, or None for what is no tensor.

    Eager tensors carry a number that is never used twice; where a release lacks it, the object's address serves.
    """
    if isinstance(tensor, tf.IndexedSlices):
        tensor = tensor.values
    if not isinstance(tensor, tf.Tensor):
        return None
    if is_symbolic(tensor):
        return f"{tensor.graph.name}@{id(tensor.graph) & 0xFFFFFF:x}/{tensor.name}"
    return str(getattr(tensor, "_id", None) or f"at{id(tensor)}")


def shape(value: Any) -> Shape:
    """Return the static shape as a tuple; unknown sizes and ranks are None and ()."""
    dims = getattr(value, "shape", ())
    try:
        return tuple(None if size is None else int(size) for size in dims)
    except (TypeError, ValueError):
        return ()


def variable_name(variable: Any) -> str:
    """Return the path of a Keras variable (`dense/kernel`) or the name of a TensorFlow one without `:0`."""
    return str(getattr(variable, "path", None) or getattr(variable, "name", "variable")).removesuffix(":0")


def name_beside(variable: Any, model: Any) -> str:
    """Name a variable; a stranger with the path of one of the model's (a copy's) is called another model's."""
    name = variable_name(variable)
    namesakes = [v for v in getattr(model, "variables", None) or () if variable_name(v) == name]
    if namesakes and all(handle_key(v) != handle_key(variable) for v in namesakes):
        return f"{name} of another model"
    return name


def is_variable(value: Any) -> bool:
    """Tell variables, of Keras and of TensorFlow, from everything else."""
    return isinstance(value, variable_kinds())


def variable_kinds() -> tuple[type, ...]:
    """TensorFlow's class of variables and Keras', whose first releases give layers ones of a class below it."""
    import keras

    below = (base for base in keras.Variable.__bases__ if base.__module__.startswith("keras"))
    return (tf.Variable, keras.Variable, *below)


def raw_variable(variable: Any) -> Any:
    """Return the TensorFlow variable behind a Keras one; others come back as they are."""
    value = getattr(variable, "value", variable)
    return variable if callable(value) else value


def handle_key(variable: Any) -> str | None:
    """Return the key of the resource handle behind a variable."""
    return key(getattr(raw_variable(variable), "handle", None))


def array(value: Any) -> np.ndarray[Any, Any] | None:
    """Return the numbers of an eager tensor or variable, densified; None for symbolic or absent ones."""
    if value is None or is_symbolic(value):
        return None
    if isinstance(value, tf.IndexedSlices):
        if is_symbolic(value.values):
            return None
        value = tf.convert_to_tensor(value)
    return np.asarray(value.numpy() if hasattr(value, "numpy") else value)


def cosine(left: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float | None:
    """Return the cosine between two arrays of one shape; None when either has no length or is not finite."""
    a, b = left.astype(np.float64).ravel(), right.astype(np.float64).ravel()
    if a.shape != b.shape:
        return None
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    if length == 0 or not np.isfinite(length):
        return None
    return float(np.clip(a @ b / length, -1.0, 1.0))
