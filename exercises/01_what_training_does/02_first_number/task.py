"""The first loss of an untrained Dense(1): 200 starts by formula, three real layers as witnesses."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Experiment, Facts
from trainwhy.results import Row, Table, Value

DRAWS = 200
WITNESSES = 3
TARGET = 2.0
# Keras starts a kernel with Glorot's rule: uniform within sqrt(6 / (inputs + outputs)); here one of each.
LIMIT = math.sqrt(6 / (1 + 1))


def witness() -> tuple[float, float]:
    """A fresh real layer on x = 1, y = 2: its starting weight and its first loss."""
    layer = keras.layers.Dense(1)
    prediction = layer(tf.constant([[1.0]]))
    loss = tf.reduce_mean(tf.square(TARGET - prediction))
    return float(layer.kernel[0][0]), float(loss)


def measure(seed: int) -> Facts:
    """Draw many starts, look at the spread, and let real layers confirm the formula."""
    weights = np.random.default_rng(seed).uniform(-LIMIT, LIMIT, DRAWS)
    losses = np.square(TARGET - weights)
    keras.utils.set_random_seed(seed)
    witnesses = [witness() for _ in range(WITNESSES)]
    low, high = np.quantile(losses, [0.1, 0.9])
    values: dict[str, Value] = {
        "low": float(low),
        "high": float(high),
        "smallest": float(losses.min()),
        "largest": float(losses.max()),
        "near_one": float(np.mean(np.abs(losses - 1) <= 0.1)),
        "from_zero": float(np.square(TARGET - 0.0)),
        "witness_gap": max(abs((TARGET - weight) ** 2 - loss) for weight, loss in witnesses),
    }
    return Facts((table(witnesses, values),), values)


def table(witnesses: list[tuple[float, float]], values: Mapping[str, Value]) -> Table:
    """Witnesses first, then what 200 starts look like."""
    seen = [Row((f"real layer {i}", f"{w:.3g}", f"{loss:.3g}")) for i, (w, loss) in enumerate(witnesses, 1)]
    drawn = [
        Row((f"smallest of {DRAWS} starts", "", f"{values['smallest']:.3g}")),
        Row(("the middle 80 %", "", f"{values['low']:.3g} to {values['high']:.3g}")),
        Row((f"largest of {DRAWS} starts", "", f"{values['largest']:.3g}")),
        Row(("starts with a loss of 0.9 to 1.1", "", f"{100 * float(values['near_one'] or 0):.3g} % of them")),
        Row(("a weight of exactly 0, nothing random", "0", f"{values['from_zero']:.3g}")),
    ]
    return Table("The first loss, before any training", ("start", "weight", "first loss"), (*seen, *drawn))


def interval(given: Any) -> tuple[float, float] | None:
    """Two finite numbers, smaller first; None for anything else."""
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        return None
    if not all(isinstance(end, (int, float)) and not isinstance(end, bool) and math.isfinite(end) for end in given):
        return None
    low, high = float(given[0]), float(given[1])
    return (low, high) if low < high else None


def problem(given: Any, values: Mapping[str, Value]) -> str:
    """Why this interval is no answer; "" when it is one."""
    ends = interval(given)
    if ends is None:
        return "an interval is two numbers in round brackets, the smaller one first"
    low, high = ends
    seen_low, seen_high = float(values["low"] or 0), float(values["high"] or 0)
    if low < 0:
        return "the loss is a square, and a square is never negative; random weights do not change that"
    if low > seen_low or high < seen_high:
        return missed(low, high, seen_low, seen_high)
    seen = float(values["largest"] or 0) - float(values["smallest"] or 0)
    if high - low > 2 * seen:
        return f"it is {digits(high - low)} wide and the losses span only {digits(seen)}; so wide a guess says nothing"
    return ""


def digits(value: float) -> str:
    """Three digits, and no exponent for large numbers."""
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def missed(low: float, high: float, seen_low: float, seen_high: float) -> str:
    """Which end of the interval leaves starts outside."""
    spread = f"the middle 80 % of the starts lie between {digits(seen_low)} and {digits(seen_high)}"
    if low > seen_low and high < seen_high:
        return f"{spread}, so your interval is too narrow at both ends"
    return f"{spread}, so your {'lower' if low > seen_low else 'upper'} end leaves too many of them outside"


def right(values: Mapping[str, Value]) -> dict[str, tuple[float, float]]:
    """The shortest honest answer: everything that was seen, rounded outwards."""
    smallest, largest = float(values["smallest"] or 0), float(values["largest"] or 0)
    return {"interval": (math.floor(smallest * 100) / 100, math.ceil(largest * 10) / 10)}


TASK = Experiment(
    measure=measure,
    right=right,
    accept={"interval": lambda given, values: not problem(given, values)},
    describe=lambda name, given, values: problem(given, values),  # noqa: ARG005 - there is one question
)
