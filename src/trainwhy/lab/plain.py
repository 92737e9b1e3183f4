"""What a learner's function returned, as plain data: numbers, text, containers, and arrays as raw bytes.

Nothing that travels is an object with a will of its own: no pickle, no `==` of somebody else's class. What is none of
these is told by the name of its type alone. Floats travel as hexadecimal text, so not a bit is lost.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.errors import BadFile

DEEPEST = 20  # containers within containers
LARGEST = 1 << 20  # items, characters or bytes of one value
TYPED = "biuf"  # kinds of arrays that travel


def encode(value: Any, depth: int = 0) -> Any:
    """Return a value as what JSON can hold; its type is asked exactly, so a subclass is another type."""
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is int:
        return {"int": hex(value)}
    if kind is float:
        return {"float": value.hex()}
    if kind is str:
        return value[:LARGEST].encode("utf-8", "replace").decode()
    if kind in (list, tuple, dict) and depth < DEEPEST and len(value) <= LARGEST:
        return _container(value, kind.__name__, depth)
    return _array(value, kind) or {"object": str(kind.__name__)[:80]}


def _container(value: Any, kind: str, depth: int) -> dict[str, Any]:
    if kind == "dict":
        return {kind: [[encode(key, depth + 1), encode(item, depth + 1)] for key, item in list(value.items())]}
    return {kind: [encode(item, depth + 1) for item in value]}


def _array(value: Any, kind: type) -> dict[str, Any] | None:
    tensor = isinstance(value, tf.Tensor)
    if not tensor and kind is not np.ndarray and not isinstance(value, np.generic):
        return None
    try:
        values = np.ascontiguousarray(value)
        shape = list(np.shape(value))
        small = values.dtype.kind in TYPED and values.nbytes <= LARGEST
    except Exception:  # a symbolic tensor has no values, and a class may say it is one
        return None
    data = base64.b64encode(values.tobytes()).decode() if small else ""
    family = "tensor" if tensor else "array" if kind is np.ndarray else "scalar"
    return {family: values.dtype.str, "shape": shape, "data": data} if small else None


def load(text: bytes) -> Any:
    """Return the value an encoded text stands for; BadFile when it stands for none."""
    try:
        return decode(json.loads(text))
    except Exception as error:  # text from somebody who may want to break its reader
        raise BadFile("the answer", f"not what a function returns ({type(error).__name__})", "plain values") from error


def decode(value: Any) -> Any:
    """Undo `encode`; raises for anything that it does not make."""
    if value is None or isinstance(value, (bool, str)):
        return value
    (kind, held), *_ = value.items()
    return DECODERS[kind](held, value)


def _int(held: Any, _: Any) -> int:
    if len(held) > LARGEST:
        raise ValueError(held[:20])
    return int(held, 16)


def _dict(held: Any, _: Any) -> dict[Any, Any]:
    return {decode(key): decode(item) for key, item in held}


def _from_bytes(held: Any, value: Any) -> Any:
    kind, shape = np.dtype(held), tuple(value["shape"])
    if kind.kind not in TYPED or any(type(size) is not int or size < 0 for size in shape):
        raise ValueError(held)
    data = base64.b64decode(value["data"], validate=True)
    if len(data) > LARGEST or len(data) != kind.itemsize * math.prod(shape):
        raise ValueError(shape)
    return np.frombuffer(data, dtype=kind).reshape(shape)


def _other(held: Any, _: Any) -> Any:
    """Stand in for a value that does not travel: equal to nothing, and of a type of the same name."""
    name = "".join(letter for letter in str(held)[:80] if letter.isalnum() or letter == "_") or "object"
    return type(name, (), {"__repr__": lambda _: f"<{name}>"})()


DECODERS: dict[str, Callable[[Any, Any], Any]] = {
    "int": _int,
    "float": lambda held, _: float.fromhex(held),
    "list": lambda held, _: [decode(item) for item in held],
    "tuple": lambda held, _: tuple(decode(item) for item in held),
    "dict": _dict,
    "array": _from_bytes,
    "scalar": lambda held, value: _from_bytes(held, value)[()],
    "tensor": lambda held, value: tf.constant(_from_bytes(held, value)),
    "object": _other,
}
