"""House prices: fingerprints of everything that could change, before and after a real training."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from trainwhy.lab.task import Array, Experiment, Facts
from trainwhy.results import Row, Table, Value

ROWS = 128


def houses(seed: int) -> tuple[Array, Array]:
    """Size, rooms and age of each house (standardised), and its price in units of 100,000."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(ROWS, 3)).astype("float32")
    y = 3 + x @ np.array([[1.2], [0.5], [-0.7]]) + rng.normal(scale=0.1, size=(ROWS, 1))
    return x, y.astype("float32")


def fingerprint(*arrays: Array) -> str:
    """Equal bits give equal text; one bit of difference gives another text."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:8]


def look(model: Any, x: Array, y: Array) -> dict[str, Value]:
    """Everything about the data and the model that training might have changed."""
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    error = np.mean(np.abs(model(x, training=False).numpy() - y))
    return {
        "data": fingerprint(x),
        "count": model.count_params(),
        "layers": ", ".join(f"Dense({layer.units})" for layer in dense),
        "weights": fingerprint(*model.get_weights()),
        "error": float(error),
        # Each entry of a kernel is one multiplication per house; this is the work of one prediction.
        "work": sum(int(np.prod(layer.kernel.shape)) for layer in dense),
    }


def measure(seed: int) -> Facts:
    """Train once with fit and compare what is there before and after."""
    x, y = houses(seed)
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
    before = look(model, x, y)
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss="mse")
    model.fit(x, y, epochs=8, batch_size=32, verbose=0)
    after = look(model, x, y)
    values = {f"{name}_before": value for name, value in before.items()}
    values.update({f"{name}_after": value for name, value in after.items()})
    return Facts((table(before, after),), values)


ROW_NAMES = {
    "data": "input rows, fingerprint",
    "count": "parameters, count",
    "layers": "layers, list",
    "weights": "weights, fingerprint",
    "work": "work per prediction",
    "error": "distance to true price",
}


def table(before: Mapping[str, Value], after: Mapping[str, Value]) -> Table:
    """One row a fingerprint: before, after, changed."""
    rows = [
        Row((words, text(before[name]), text(after[name]), "yes" if before[name] != after[name] else "no"))
        for name, words in ROW_NAMES.items()
    ]
    return Table("What one training changed", ("what", "before", "after", "changed"), tuple(rows))


def text(value: Value) -> str:
    """A number with 3 digits, everything else as it is."""
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def right(values: Mapping[str, Value]) -> dict[str, str]:
    """What changed, and what that bought, both read off the run."""
    moved = [name for name in ("data", "count", "layers", "weights") if changed(values, name)]
    bought = {
        "closer": fell(values, "error"),
        "data": changed(values, "data"),
        "faster": fell(values, "work"),
        "bigger": changed(values, "count"),
    }
    return {"changed": "+".join(moved), "why": "+".join(name for name, seen in bought.items() if seen)}


def changed(values: Mapping[str, Value], name: str) -> bool:
    """True when this fingerprint is another one after training."""
    return values[f"{name}_before"] != values[f"{name}_after"]


def fell(values: Mapping[str, Value], name: str) -> bool:
    """True when this number is smaller after training."""
    return float(values[f"{name}_after"] or 0) < float(values[f"{name}_before"] or 0)


TASK = Experiment(measure=measure, right=right)
