"""What goes into what, while a script is looked at: which tensors came from weights, and what they met on the way.

Every tensor is known by its key. It carries the weights it came from (bits of one whole number), the events upstream of
it, whether it is the logarithm of a probability, and the line that made it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from trainwhy.lab import tensors

READS = frozenset({"ReadVariableOp", "ResourceGather", "ResourceGatherNd"})
STOPS = frozenset({"StopGradient", "PreventGradient", "Shape", "ZerosLike", "OnesLike", "Size", "Rank"})
LOGARITHMS = frozenset({"Log", "Log1p", "LogSoftmax"})
DIFFERENCES = frozenset({"Sub", "SquaredDifference"})
CROSS_ENTROPIES = frozenset({"SparseSoftmaxCrossEntropyWithLogits", "SoftmaxCrossEntropyWithLogits"})
# What leaves a sum of logarithms one: it is only moved, picked from, added up or scaled.
KEEPS = frozenset({
    "Neg", "Mul", "Sum", "Mean", "Reshape", "Squeeze", "ExpandDims", "AddV2", "AddN", "Sub", "GatherV2", "GatherNd",
    "StridedSlice", "Identity", "SelectV2", "Maximum", "Minimum", "RealDiv", "Transpose", "Pack", "ConcatV2",
    "BatchMatMulV2", "MatMul", "Einsum",
})  # fmt: skip
MOVES = frozenset({"Reshape", "Squeeze", "ExpandDims", "Transpose", "Identity"})
SPLITS = frozenset({"Min", "ArgMin", "Exp", "Softmax", "LogSoftmax", "TopKV2", "Max", "ArgMax"})

Events = frozenset[int]
NONE: Events = frozenset()


@dataclass
class Known:
    """What is known of one tensor."""

    weights: int = 0
    events: Events = NONE
    logarithm: bool = False
    inverted: bool = False  # data divided by something made of weights: its logarithm is none of a probability
    maker: str = ""
    line: int | None = None


@dataclass
class Event:
    """One meeting of what came from weights with what did not."""

    number: int
    kind: str
    type: str
    line: int | None
    asked: Any  # the tensor whose gradient tells the direction
    sign: Any = None  # expected sign of that gradient, an array or a number; None when nothing can be said
    shapes: tuple[Any, ...] = ()
    lines: tuple[int | None, int | None] = (None, None)
    before: Events = NONE  # events upstream of it
    told_apart: bool = False
    expected: Any = field(default=None, repr=False)


NOTHING = Known()


class Flow:
    """The tensors of the step that is on."""

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}
        self.bits: dict[str, int] = {}  # handle of a variable -> its bit
        self.events: list[Event] = []
        self.pairwise: list[Events] = []

    def clear(self) -> None:
        """Forget the tensors of the step that is over."""
        self.known.clear()
        self.events.clear()
        self.pairwise.clear()

    def of(self, tensor: Any) -> Known:
        """What is known of a tensor; nothing of one that was handed in from outside."""
        return self.known.get(tensors.key(tensor) or "", NOTHING)

    def bit(self, handle: str) -> int:
        """The bit that stands for a variable."""
        return self.bits.setdefault(handle, 1 << len(self.bits))

    def pass_on(self, kind: str, inputs: Any, outputs: Any, line: int | None) -> None:
        """Let an operation's results know what its inputs knew."""
        parts = [self.of(one) for one in inputs]
        weights = 0
        joined: Events = NONE
        for part in parts:
            weights |= part.weights
            joined |= part.events
        if kind in READS and len(inputs):
            weights |= self.bit(tensors.key(inputs[0]) or "")
        if kind in STOPS:
            weights, joined = 0, NONE
        known = Known(
            weights,
            joined,
            logarithm=bool(weights) and _is_logarithm(kind, parts),
            inverted=kind in ("RealDiv", "DivNoNan")
            and len(parts) > 1
            and bool(parts[1].weights)
            and not parts[0].weights,
            maker=parts[0].maker if kind in MOVES and parts and parts[0].maker else kind,
            line=line,
        )
        for out in outputs:
            key = tensors.key(out)
            if key:
                floats = getattr(out, "dtype", None) is not None and out.dtype.is_floating
                self.known[key] = known if floats else Known(0, NONE, maker=kind, line=line)

    def add(self, kind: str, op: str, line: int | None, asked: Any, before: Events, **more: Any) -> Event:
        """Note an event whose mark everything made of `asked` will carry."""
        event = Event(len(self.events), kind, op, line, asked, before=before, **more)
        self.events.append(event)
        return event

    def mark(self, tensor: Any, event: Event) -> None:
        """Let a tensor, and all that is made from it, carry an event."""
        key = tensors.key(tensor)
        if key:
            one = self.known.get(key, NOTHING)
            self.known[key] = Known(
                one.weights, one.events | {event.number}, one.logarithm, one.inverted, one.maker, one.line
            )


def values(tensor: Any) -> np.ndarray[Any, Any] | None:
    """The numbers of an eager float tensor."""
    array = tensors.array(tensor)
    return None if array is None or array.dtype.kind not in "fiub" else array.astype(np.float64)


def _is_logarithm(kind: str, parts: list[Known]) -> bool:
    if kind in CROSS_ENTROPIES:
        return True
    if kind in LOGARITHMS:
        return not parts[0].inverted
    return kind in KEEPS and any(part.logarithm for part in parts)


def is_outer(left: Any, right: Any, made: Any) -> bool:
    """Tell whether broadcasting made more numbers than either side holds."""
    return len(made) > 0 and np.prod(made) > max(np.prod(left, initial=1), np.prod(right, initial=1))


def stretched(kind: str, prediction: Any, target: Any, made: Any) -> str:
    """Name what broadcasting did: nothing, every row with every row, or one column with several."""
    if is_outer(prediction, target, made):
        same = [n for n in prediction if n != 1] == [n for n in target if n != 1]
        return "outer" if same and len(prediction) != len(target) else ""
    if kind not in DIFFERENCES or len(prediction) != len(target) or len(made) < 2 or made[0] <= 1:  # noqa: PLR2004 - rows and columns
        return ""
    before = prediction[:-1] == target[:-1]
    return "column" if before and prediction[-1] != target[-1] and 1 in (prediction[-1], target[-1]) else ""


def agreement_of(event: Event, gradient: Any) -> tuple[float | None, int]:
    """Compare signs: 1 when going downhill brings predictions to targets everywhere, -1 when nowhere."""
    slope = values(gradient) if gradient is not None else None
    if slope is None or event.sign is None:
        return None, 0
    sign = np.sign(slope)
    expected = np.broadcast_to(event.sign, sign.shape)
    there = (sign != 0) & (expected != 0) & np.isfinite(slope)
    if not there.any():
        return None, 0
    both = (sign * expected)[there]
    if event.kind != "overlap":
        return float(both.mean()), int(there.sum())
    parts = [both[expected[there] == side] for side in (-1, 1)]  # both on labels and beside them, or nothing is known
    if any(not part.size for part in parts):
        return None, int(there.sum())
    means = [float(part.mean()) for part in parts]
    return (means[0] if abs(means[0]) < abs(means[1]) else means[1]) if means[0] * means[1] > 0 else 0.0, int(
        there.sum()
    )


def is_eager(target: Any) -> bool:
    """Tell a question about tensors that hold values."""
    return bool(target) and all(not tensors.is_symbolic(one) for one in target)


def longer(kwargs: dict[str, Any], events: list[Event]) -> dict[str, Any]:
    """Name the added sources where TensorFlow wants the sources twice."""
    if kwargs.get("sources_raw") is None:
        return kwargs
    return {**kwargs, "sources_raw": [*kwargs["sources_raw"], *(e.asked for e in events)]}
