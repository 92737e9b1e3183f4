"""Layers of one's own that multiply by random arrays which are no weights."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.probes.models import flat_layers
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession

PRODUCTS = ("MatMul", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3", "Einsum", "Conv2D")
FEATURES = frozenset(
    {"Sin", "Cos", "Sign", "Greater", "GreaterEqual", "Less", "ArgMax"}
)  # of random features and hashes
FEWEST = 6  # numbers that can be called random


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Nothing is watched: the layers are there when the script is over."""


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Look at each layer class of the script that has no variable at all."""
    if not session.looking:
        return
    found = [one for layer in _own_layers(session) if (one := _plain(session, recorder, layer))]
    if found:
        layer, names, count = found[0]
        recorder.facts.update(
            plain_layers=len(found), plain_kind=type(layer).__name__, plain_names=",".join(names), plain_numbers=count
        )


def _own_layers(session: ScriptSession) -> list[Any]:
    known: dict[int, Any] = {}
    for model in session.everything.models:
        for layer in (*flat_layers(model), *getattr(model, "_layers", ())):
            known.setdefault(id(layer), layer)
    return [layer for layer in known.values() if _lines(session, layer) is not None]


def _lines(session: ScriptSession, layer: Any) -> range | None:
    """Return the lines of the layer's own `call`, where the script wrote it."""
    try:
        code = type(layer).call.__code__
        text, first = inspect.getsourcelines(code)
    except (AttributeError, OSError, TypeError):
        return None
    before = session.files.before(code.co_filename)
    return None if before is None else range(first + before, first + before + len(text))


def _plain(session: ScriptSession, recorder: ScriptRecorder, layer: Any) -> tuple[Any, list[str], int] | None:
    lines = _lines(session, layer)
    if layer.weights or lines is None:
        return None
    ops = {op.type for op in recorder.ops if op.line in lines}
    held = {name: values for name, value in vars(layer).items() if (values := _array(value)) is not None}
    matrices = [name for name, values in held.items() if _random(values)]
    if not matrices or not ops.intersection(PRODUCTS) or ops & FEATURES:
        return None
    names = [*matrices, *(n for n, v in held.items() if n not in matrices and v.ndim == 1 and np.ptp(v) == 0)]
    return layer, names, sum(int(held[name].size) for name in names)


def _array(value: Any) -> Any:
    array = tensors.array(value) if isinstance(value, tf.Tensor) else value
    return array if isinstance(array, np.ndarray) and array.dtype.kind == "f" and array.ndim else None


def _random(values: Any) -> bool:
    """Tell numbers drawn around 0 from masks, filters, encodings and tables."""
    flat = values.astype(np.float64).ravel()
    if values.ndim < 2 or flat.size < FEWEST or len(np.unique(flat)) < 0.9 * flat.size:  # noqa: PLR2004 - a matrix, nearly all different
        return False
    centered = abs(flat.mean()) < 4 * flat.std() / np.sqrt(flat.size)
    neighbours = abs(np.corrcoef(flat[:-1], flat[1:])[0, 1])
    return bool(centered and neighbours < max(0.5, 4 / np.sqrt(flat.size)))
