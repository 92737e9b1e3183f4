"""What `trainwhy show` prints about a task: the model's layers and the data as a small picture."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from trainwhy.lab.task import Data, Experiment, Task, Training
from trainwhy.results import Measured, Request, Row, Table, Value


def describe(request: Request, task: Task) -> Measured:
    """Describe the model, its data and the goals; experiments and functions have neither."""
    if isinstance(task, Experiment):
        return Measured(text="a question that is answered by a live measurement")
    if not isinstance(task, Training):
        return Measured(text="a plain function, compared on arguments drawn from a seed")
    keras.utils.set_random_seed(request.seed)
    data = task.data(request.seed)
    tables = [_data(data)]
    if task.model is not None:
        tables.insert(0, _layers(task.model()))
    facts: dict[str, Value] = {"batch_size": task.batch_size, "rows": len(data.x), "held_out": len(data.x_test)}
    return Measured(tables=tuple(tables), facts=facts, text=_optimizer(task))


def _optimizer(task: Training) -> str:
    if task.optimizer is None:
        return ""
    optimizer = task.optimizer()
    return f"{type(optimizer).__name__}, learning rate {float(np.asarray(optimizer.learning_rate)):.3g}"


def _layers(model: Any) -> Table:
    rows = []
    for layer in model.layers:
        shape = tuple(getattr(layer, "output", layer).shape) if model.built else ()
        parameters = f"{layer.count_params():,}" if layer.built else "?"
        rows.append(Row((layer.name, type(layer).__name__, _shape(shape), parameters)))
    return Table("Model", ("layer", "kind", "output", "parameters"), tuple(rows))


def _shape(shape: tuple[Any, ...]) -> str:
    return "(" + ", ".join("None" if s is None else str(s) for s in shape) + ("," if len(shape) == 1 else "") + ")"


def _data(data: Data) -> Table:
    """Shapes and ranges, and a histogram per column drawn with eight steps of shade."""
    columns = [("x", data.x), ("y", data.y)]
    rows = [Row((name, _shape(v.shape), str(v.dtype), _span(v), _histogram(v))) for name, v in columns]
    return Table("Data", ("name", "shape", "type", "range", "distribution"), tuple(rows))


def _span(values: Any) -> str:
    return f"{values.min():.3g} to {values.max():.3g}"


def _histogram(values: Any) -> str:
    counts, _ = np.histogram(np.asarray(values, dtype=np.float64).ravel(), bins=16)
    return "".join(" ▁▂▃▄▅▆▇█"[round(8 * c / max(*counts.tolist(), 1))] for c in counts)
