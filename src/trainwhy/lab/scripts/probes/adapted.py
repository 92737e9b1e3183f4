"""`Normalization` layers that hand on what they are given, because nothing told them its mean and variance."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Note where such layers are made, and the scale of what they are called with."""
    lines: weakref.WeakKeyDictionary[Any, int | None] = weakref.WeakKeyDictionary()
    session.normalizers = lines  # type: ignore[attr-defined]

    def create(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> None:
        original(layer, *args, **kwargs)
        if session.running:
            lines[layer] = session.line()

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            result = original(layer, *args, **kwargs)
        except Exception:
            with session.harness_in_control():
                _note(recorder, layer, lines.get(layer), args)
            raise
        if session.running and session.looking:
            with session.harness_in_control():
                _note(recorder, layer, lines.get(layer), args)
        return result

    session.wrap(keras.layers.Normalization, "__init__", create)
    session.wrap(keras.layers.Normalization, "call", call)


def _note(recorder: ScriptRecorder, layer: Any, line: int | None, args: Any) -> None:
    value = args[0] if args else None
    if not unadapted(layer) or value is None:
        return
    known = None if tensors.is_symbolic(value) or type(value).__name__ == "KerasTensor" else tensors.array(value)
    if known is None:
        recorder.facts.setdefault("unadapted_refused", line if line is not None else -1)
        return
    size = scale(known)
    if size > float(recorder.facts.get("unadapted_scale") or 0):
        recorder.facts["unadapted_scale"], recorder.facts["unadapted_line"] = size, line


def unadapted(layer: Any) -> bool:
    """Tell a layer that knows no mean and variance but 0 and 1."""
    if getattr(layer, "input_mean", None) is not None:
        return False
    try:
        mean, variance = (np.asarray(getattr(layer, name)) for name in ("adapt_mean", "adapt_variance"))
    except (AttributeError, TypeError, ValueError):
        return not getattr(layer, "_is_adapted", getattr(layer, "built", False))
    if mean.dtype == object or not mean.size:
        return True
    return bool(np.all(mean == 0) and np.all(variance == 1))


def scale(values: np.ndarray[Any, Any]) -> float:
    """Largest mean or deviation of a column."""
    flat = values.reshape(-1, values.shape[-1] if values.ndim > 1 else 1).astype(np.float64)
    return float(max(np.abs(flat.mean(axis=0)).max(), flat.std(axis=0).max())) if flat.size else 0.0
