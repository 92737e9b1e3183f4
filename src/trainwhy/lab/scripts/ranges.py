"""How far the values of an operation can reach by construction: an interval, never too small.

Whatever is not known reaches everywhere, so a rule that asks for a bound stays silent on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from trainwhy.lab import tensors

Range = tuple[float, float]
INF = math.inf
EVERYTHING: Range = (-INF, INF)
FIXED: dict[str, Range] = {
    "Relu": (0.0, INF), "Relu6": (0.0, 6.0), "Softplus": (0.0, INF), "Exp": (0.0, INF), "Square": (0.0, INF),
    "Abs": (0.0, INF), "Sqrt": (0.0, INF), "Sigmoid": (0.0, 1.0), "Softmax": (0.0, 1.0), "Tanh": (-1.0, 1.0),
    "Softsign": (-1.0, 1.0), "Erf": (-1.0, 1.0), "Sin": (-1.0, 1.0), "Cos": (-1.0, 1.0), "Elu": (-1.0, INF),
    "Selu": (-1.7581, INF), "LogSoftmax": (-INF, 0.0),
}  # fmt: skip
SAME = frozenset({
    "Identity", "Reshape", "Squeeze", "ExpandDims", "Cast", "Transpose", "Snapshot", "StridedSlice", "Slice",
    "GatherV2", "GatherNd", "Max", "Min", "Mean", "StopGradient", "Tile", "BroadcastTo", "Split", "SplitV",
    "Unpack", "ReverseV2",
})  # fmt: skip


def of_leaf(value: Any) -> Range:
    """Return the range of plain data: its own extremes."""
    array = tensors.array(value) if hasattr(value, "numpy") and not _is_handle(value) else None
    if array is None or array.dtype.kind not in "fiu" or not array.size or not np.isfinite(array).all():
        return EVERYTHING
    return float(array.min()), float(array.max())


def _is_handle(value: Any) -> bool:
    return str(getattr(getattr(value, "dtype", None), "name", "")) in ("resource", "variant", "string")


def of_operation(name: str, given: Sequence[Range], inputs: Sequence[Any], makers: Sequence[Any]) -> Range:
    """Return the range of an operation's outputs from the ranges of its inputs."""
    if name in FIXED:
        return FIXED[name]
    if name in SAME and given:
        return given[0]
    if name in ("ConcatV2", "Pack", "SelectV2", "Select"):
        parts = given[1:] if name.startswith("Select") else given
        return _union(parts[:-1] if name == "ConcatV2" else parts)
    if name == "Sum" and given:
        low, high = given[0]
        return (0.0 if low >= 0 else -INF, 0.0 if high <= 0 else INF)
    if name == "RealDiv" and _divided_by_its_sum(inputs, makers) and given[0][0] >= 0:
        return (0.0, 1.0)
    rule = ARITHMETIC.get(name)
    return rule(*given[:2]) if rule is not None and len(given) >= 2 else _rest(name, given)  # noqa: PLR2004 - two sides


def _rest(name: str, given: Sequence[Range]) -> Range:
    if name == "Neg" and given:
        return -given[0][1], -given[0][0]
    if name == "ClipByValue" and len(given) == 3:  # noqa: PLR2004 - value, lowest, highest
        return max(given[0][0], given[1][0]), min(given[0][1], given[2][1])
    return EVERYTHING


def _divided_by_its_sum(inputs: Sequence[Any], makers: Sequence[Any]) -> bool:
    """Tell `e / tf.reduce_sum(e)`: a softmax written by hand."""
    below = makers[1] if len(makers) > 1 else None
    if below is None or below.type != "Sum" or not below.inputs:
        return False
    return tensors.key(below.inputs[0]) == tensors.key(inputs[0])


def _union(parts: Sequence[Range]) -> Range:
    return (min(low for low, _ in parts), max(high for _, high in parts)) if parts else EVERYTHING


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def _product(a: Range, b: Range) -> Range:
    corners = [_times(x, y) for x in a for y in b]
    return min(corners), max(corners)


def _quotient(a: Range, b: Range) -> Range:
    if b[0] <= 0 <= b[1] or not math.isfinite(b[0]) or not math.isfinite(b[1]):
        return EVERYTHING
    return _product(a, (1 / b[1], 1 / b[0]))


ARITHMETIC: dict[str, Callable[[Range, Range], Range]] = {
    "AddV2": lambda a, b: (a[0] + b[0], a[1] + b[1]),
    "Add": lambda a, b: (a[0] + b[0], a[1] + b[1]),
    "Sub": lambda a, b: (a[0] - b[1], a[1] - b[0]),
    "Mul": _product,
    "RealDiv": _quotient,
    "Maximum": lambda a, b: (max(a[0], b[0]), max(a[1], b[1])),
    "Minimum": lambda a, b: (min(a[0], b[0]), min(a[1], b[1])),
}
