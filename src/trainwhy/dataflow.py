"""The operations of the first step as a graph: what went into a tensor, and how far a gradient gets.

Every tensor was made by one operation from other tensors. A gradient passes an operation that a tape recorded and that
has a derivative. Calls of traced functions are opaque: they pass everything, and may read any variable that is not
read in plain sight. Inside a graph TensorFlow does not show such calls at all: a tensor that nothing made is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from trainwhy.results import Op

ROUNDING = frozenset({"Round", "Rint", "Floor", "Ceil", "Sign", "FloorDiv"})
FLAT = frozenset({"Sign"})  # answers zero rather than None
STOPPING = frozenset({"StopGradient", "PreventGradient"})
PYTHON = frozenset({"PyFunc", "PyFuncStateless"})
# What these return says how large a tensor is, not what is in it.
SIZES = frozenset({"Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike", "BroadcastGradientArgs"})
UNSEEN = "unseen"  # stands for a function call that TensorFlow did not show
FUNCTIONS = frozenset({UNSEEN, "PartitionedCall", "StatefulPartitionedCall"})
BRANCHES = frozenset({"While", "StatelessWhile", "If", "StatelessIf", "Case", "StatelessCase"})
TRACED = ("__inference_", "__forward_")
WHOLE_NUMBERS = ("int", "uint", "qint", "quint", "string")
UNRECORDED = "not_recorded"

Names = frozenset[str]
NOTHING: Names = frozenset()


def is_function(op: Op) -> bool:
    """Tell calls of traced functions, whose insides are not looked at."""
    return op.type in FUNCTIONS or op.type in BRANCHES or op.type.startswith(TRACED)


def upstream(ops: Sequence[Op], target: str | None, *, in_graph: bool = False) -> tuple[Op, ...]:
    """Return the operations whose values went into `target`, oldest first."""
    made = {key: index for index, op in enumerate(ops) for key in op.outputs}
    if target is None:
        return ()
    if target not in made:
        return (_unseen(target),) if in_graph else ()
    seen: set[int] = set()
    waiting = [made[target]]
    while waiting:
        index = waiting.pop()
        if index not in seen and ops[index].type not in SIZES:
            seen.add(index)
            waiting.extend(made[key] for key in ops[index].inputs if made.get(key, index) < index)
    return _with_unseen([ops[index] for index in sorted(seen)], made)


def _with_unseen(way: Sequence[Op], made: dict[str, int]) -> tuple[Op, ...]:
    missing = {key: None for op in way if op.in_graph for key in op.inputs if key not in made}
    return (*map(_unseen, missing), *way)


def _unseen(key: str) -> Op:
    return Op(UNSEEN, (), (key,), "float32", (), line=None, recording=True, in_graph=True)


def downstream(ops: Sequence[Op], sources: Iterable[str]) -> tuple[Op, ...]:
    """Return the operations that used `sources` or anything made from them, oldest first."""
    known, found = set(sources), []
    for op in ops:
        if known.intersection(op.inputs):
            known.update(op.outputs)
            found.append(op)
    return tuple(found)


def cuts(op: Op) -> Names:
    """Name the reasons why no gradient passes this operation."""
    found = set() if op.recording else {UNRECORDED}
    if op.type in STOPPING:
        found.add("stopped")
    elif op.type in ROUNDING:
        found.add("rounded")
    elif op.type in PYTHON:
        found.add("left_tensorflow")
    elif op.dtype == "bool":
        found.add("comparison")
    elif op.dtype.startswith(WHOLE_NUMBERS):
        found.add("integer")
    return frozenset(found)


def roots(way: Sequence[Op], asked: Iterable[str]) -> dict[int, Names]:
    """Map the position of each operation that brings variables in to their names."""
    asked = frozenset(asked)
    read = {op.variable for op in way if op.variable and not is_function(op)}
    made = {key for op in way for key in op.outputs if op.dtype != "resource"}
    found = {}
    for index, op in enumerate(way):
        if not is_function(op):
            found[index] = asked & {op.variable or ""}
        elif op.type == UNSEEN or not made.issuperset(op.inputs):
            found[index] = asked - read
    return found


def reaching(way: Sequence[Op], asked: Iterable[str]) -> Names:
    """Return which of the asked variables have their value in this part of the graph."""
    return frozenset(chain.from_iterable(roots(way, asked).values()))


def arriving(way: Sequence[Op], asked: Iterable[str], healed: Names | None) -> list[Names]:
    """Return, for each operation, the variables with an open way to it when `healed` cuts are none (None: all)."""
    entering, alive, found = roots(way, asked), dict[str, Names](), []
    for index, op in enumerate(way):
        here = entering.get(index, NOTHING).union(*(alive.get(key, NOTHING) for key in op.inputs))
        found.append(here)
        closed = healed is not None and bool(cuts(op) - healed)
        alive.update(dict.fromkeys(op.outputs, NOTHING if closed else here))
    return found


def open_to_the_end(way: Sequence[Op], asked: Iterable[str], healed: Names = NOTHING) -> Names:
    """Return the variables with an open way to the last operation's result."""
    if not way or cuts(way[-1]) - healed:
        return NOTHING
    return arriving(way, asked, healed)[-1]


def dead_ends(ops: Sequence[Op], names: Iterable[str], way: Sequence[Op]) -> tuple[Op, ...]:
    """Return the recorded operations that carried a value of `names`, and whose result was never used any further.

    What only describes the value (its shape) is no use of it; what stands on the way to a target is no end.
    """
    wanted, carrying, on_the_way = frozenset(names), set[str](), set(map(id, way))
    used = {key for op in ops for key in op.inputs if op.type not in SIZES}
    found = []
    for op in ops:
        if id(op) in on_the_way or op.type in SIZES or op.type.startswith(("Assign", "Resource")):
            continue
        if op.variable in wanted or carrying.intersection(op.inputs):
            carrying.update(op.outputs)
            if op.recording and op.outputs and not used.intersection(op.outputs):
                found.append(op)
    return tuple(found)
