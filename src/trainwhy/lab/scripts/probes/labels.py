"""All targets there are: whole-numbered arrays given to `fit` or to a dataset, and what eager losses were given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import Numbers

MOST = 12


class Range:
    """The smallest and largest whole-numbered target of all eager losses."""

    def __init__(self) -> None:
        self.low, self.high, self.count = np.inf, -np.inf, 0

    def add(self, array: np.ndarray[Any, Any]) -> None:
        """Count one batch in."""
        self.low, self.high = min(self.low, float(array.min())), max(self.high, float(array.max()))
        self.count += array.size


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch where arrays of targets come in. Nothing is computed by TensorFlow."""
    seen = Range()
    session.labels = seen  # type: ignore[attr-defined]

    slices = tf.data.Dataset.from_tensor_slices

    def sliced(given: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            with session.harness_in_control():
                for part in tf.nest.flatten(given):
                    _keep(recorder, part)
        return slices(given, *args, **kwargs)

    def fitted(
        original: Callable[..., Any], model: Any, x: Any = None, y: Any = None, *args: Any, **kwargs: Any
    ) -> Any:
        if session.running and session.fitting <= 1 and y is not None:
            with session.harness_in_control():
                for part in tf.nest.flatten(y):
                    _keep(recorder, part)
        return original(model, x, y, *args, **kwargs)

    def lost(original: Callable[..., Any], loss: Any, y_true: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not session.fitting:
            with session.harness_in_control():
                array = _whole(y_true)
                if array is not None:
                    seen.add(array)
        return original(loss, y_true, *args, **kwargs)

    session.replace(tf.data.Dataset, "from_tensor_slices", staticmethod(sliced))
    session.wrap(keras.Model, "fit", fitted)
    session.wrap(keras.losses.Loss, "__call__", lost)


def _whole(value: Any) -> np.ndarray[Any, Any] | None:
    if tensors.is_symbolic(value) or type(value).__name__ == "KerasTensor":
        return None
    array = tensors.array(value) if hasattr(value, "numpy") else np.asarray(value)
    return array if array is not None and array.dtype.kind in "iu" and array.size else None


def _keep(recorder: ScriptRecorder, value: Any) -> None:
    array = _whole(value)
    if array is not None and len(recorder.targets) < MOST:
        found = numbers(array)
        if found is not None:
            recorder.targets.append(found)


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Write down what eager losses were given."""
    seen: Range = session.labels  # type: ignore[attr-defined]
    if seen.count:
        recorder.targets.append(
            Numbers((seen.count,), "int", seen.low, seen.high, whole=True, distinct=int(seen.high - seen.low) + 1)
        )
