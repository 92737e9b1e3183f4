"""What a trail of arrays tells: where fed arrays were made, and what was done to their numbers and rows on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from trainwhy.lab.scripts import feeding
from trainwhy.lab.scripts.trail import Event, Trail, array, is_array
from trainwhy.seen import DataFault

DEEP = 40  # events walked back from one array
NEVER = 1 << 60
# Functions whose result has as many rows, in another order.
REORDER = ("sort", "argsort", "flip", "flipud", "roll", "choice", "unique", "permuted", "shuffle", "gather", "resample")
WRAPPED = 0.002  # share of wrapped values that is no accident
ROUGHER = 0.03  # by which neighbours must have agreed better before the axes were scrambled
FORETOLD = 0.25  # of the targets' variety, that rows and targets must share before they were torn apart


@dataclass(frozen=True)
class Node:
    """One array at one time: `rows[i]` is the row of it that became row i of what was fed."""

    value: Any
    until: int  # events from here on had not happened yet
    rows: np.ndarray[Any, Any] | None
    event: Event | None  # that made it
    via: Event | None = None  # by which the nearer one came from it
    nearer: Any = None


class Ancestry:
    """Walks back from an array through the events that made it."""

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.made: dict[int, int] = {}
        self.shuffles: dict[int, list[int]] = {}
        self.spoiled: dict[int, Event] = {}  # arrays that came out of an event with NaN, and not into it
        for serial, event in enumerate(trail.events):
            if event.bad:
                self.spoiled.setdefault(id(event.output), event)
            if event.kind == "shuffle":
                self.shuffles.setdefault(id(event.output), []).append(serial)
            elif event.kind != "put":  # which made nothing
                self.made.setdefault(id(event.output), serial)

    def back(self, value: Any, until: int = NEVER) -> list[Node]:
        """Every array this one came from, nearest first; itself first of all."""
        many = _length(value)
        waiting = [Node(value, until, None if many is None else np.arange(many), self._maker(value))]
        found: list[Node] = []
        known: set[tuple[int, int]] = set()
        while waiting and len(found) < DEEP:
            node = waiting.pop(0)
            key = (id(node.value), node.until)
            if key not in known:
                known.add(key)
                found.append(node)
                waiting += self._before(node)
        return found

    def _maker(self, value: Any) -> Event | None:
        serial = self._serial(value)
        return None if serial is None else self.trail.events[serial]

    def _serial(self, value: Any) -> int | None:
        serial = self.made.get(id(value))
        base = getattr(value, "base", None)
        return self.made.get(id(base)) if serial is None and base is not None else serial

    def _before(self, node: Node) -> Iterator[Node]:
        mixed = [s for s in self.shuffles.get(id(node.value), ()) if s < node.until]
        if mixed:
            event = self.trail.events[mixed[-1]]
            yield Node(node.value, mixed[-1], _taken(event.detail, node.rows), self._maker(node.value), event, node)
            return
        serial = self._serial(node.value)
        if serial is None and type(node.value) is list:
            yield from (
                Node(one, node.until, None, self._maker(one), None, node) for one in node.value[:3] if is_array(one)
            )
        if serial is None or serial >= node.until:
            return
        event = self.trail.events[serial]
        for given in event.inputs:
            yield Node(given, serial, _rows_in(event, given, node.rows), self._maker(given), event, node)

    def at(self, node: Node) -> Any:
        """The value of a node at its own time: later shuffles in place are undone."""
        value = array(node.value)
        later = [s for s in self.shuffles.get(id(node.value), ()) if s >= node.until]
        if value is None or not later:
            return value
        order = np.arange(len(value))
        for serial in later:
            order = order[self.trail.events[serial].detail]
        back = np.empty_like(value)
        back[order] = value
        return back


def _length(value: Any) -> int | None:
    try:
        return len(value)
    except TypeError:
        return None


def _taken(order: Any, rows: Any) -> Any:
    return None if rows is None or order is None else np.asarray(order)[rows]


def _rows_in(event: Event, given: Any, rows: Any) -> Any:
    many, made = _length(given), _length(event.output)
    if rows is None or many is None or made is None:
        return None
    if event.kind == "item":
        return _picked(event.detail, many, made, rows)
    if many != made:
        return None
    if event.kind == "call" and event.name == "permutation":
        return _taken(event.detail, rows)
    if event.kind == "call" and (
        event.name in REORDER or not event.library.startswith(("numpy", "builtins", "tensorflow"))
    ):
        return None
    return rows


def _picked(index: Any, many: int, made: int, rows: Any) -> Any:
    first = index[0] if isinstance(index, tuple) and index else index
    if first is Ellipsis or first is None:
        return rows if many == made else None
    try:
        picked = np.arange(many)[first if isinstance(first, slice) else np.asarray(first)]
    except (TypeError, ValueError, IndexError):
        return None
    return picked[rows] if picked.ndim == 1 and len(picked) == made else None


# ------------------------------------------------------------------------------------------- what went wrong


def made_at(nodes: list[Node]) -> int | None:
    """Line on which a fed array was made: of the last event that computed it, rather than cut it out of another."""
    events = [node.event for node in nodes if node.event is not None]
    computed = next((event for event in events if event.kind in ("op", "call")), None)
    return (computed or events[0]).line if events else None


def cut_at(ancestry: Ancestry, nodes: list[Node]) -> int | None:
    """Line on which rows were cut out of a larger array: of the slice, or where the row numbers were drawn."""
    event = next((n.event for n in nodes if n.event is not None and n.event.kind == "item"), None)
    if event is None:
        return None
    index = event.detail[0] if isinstance(event.detail, tuple) and event.detail else event.detail
    drawn = ancestry.made.get(id(index)) if isinstance(index, np.ndarray) else None
    return event.line if drawn is None else ancestry.trail.events[drawn].line


def cut_beside(ancestry: Ancestry, nodes: list[Node]) -> int | None:
    """Line of another slice of the array that fed rows come from: what a script keeps apart."""
    chain = {id(node.value) for node in nodes}
    own = {id(node.event) for node in nodes}
    slices = [
        event
        for event in ancestry.trail.events
        if event.kind == "item"
        and id(event.inputs[0]) in chain
        and id(event) not in own
        and isinstance(event.detail[0] if isinstance(event.detail, tuple) and event.detail else event.detail, slice)
        and 8 <= (_length(event.output) or 0) < (_length(event.inputs[0]) or 0)  # noqa: PLR2004 - rows enough for a set
    ]
    lines = [event.line for event in slices]
    return next((line for line in lines if lines.count(line) == 1), None)


def bad(ancestry: Ancestry, nodes: list[Node]) -> DataFault | None:
    """The line on which the first NaN or infinity came about."""
    values = [part for n in nodes for part in (n.value, getattr(n.value, "base", None)) if part is not None]
    events = [ancestry.spoiled[id(value)] for value in values if id(value) in ancestry.spoiled]
    if not events:
        return None
    first = min(events, key=lambda event: next(i for i, one in enumerate(ancestry.trail.events) if one is event))
    value = array(first.output)
    share = 0.0 if value is None else float(np.mean(~np.isfinite(value)))
    return DataFault("nan", first.line, share=share, words=first.name)


def wrapped(nodes: list[Node]) -> DataFault | None:
    """Arithmetic in a small integer type whose results did not fit."""
    for node in nodes:
        event = node.event
        if event is None or event.kind not in ("op", "call") or not isinstance(event.detail, float):
            continue
        if event.detail > WRAPPED:
            return DataFault("overflow", event.line, share=event.detail, words=str(event.output.dtype))
    return None


def scrambled(nodes: list[Node]) -> DataFault | None:
    """A reshape that cut across axes, after which neighbours agree less than transposed axes would have them agree."""
    for node in nodes:
        event = node.event
        if event is None or event.kind != "call" or not event.inputs:
            continue
        before, after = array(event.inputs[0]), array(event.output)
        if before is None or after is None or before.size != after.size or not _across(before.shape, after.shape):
            continue
        if before.dtype.kind not in "biuf" or not _same_order(before, after):
            continue
        best = _transposed(before, after.shape)
        if best is None:
            continue
        apart, together = _smoothness(after), _smoothness(best)
        if together - apart > max(ROUGHER, 6 / np.sqrt(after.size)):
            shapes = f"{_shape(before.shape)} -> {_shape(after.shape)}"
            return DataFault("scrambled", event.line, before=together, after=apart, words=shapes)
    return None


def _shape(shape: Any) -> str:
    return "(" + ", ".join(map(str, shape)) + ")"


def _same_order(before: Any, after: Any) -> bool:
    return bool(
        np.array_equal(
            before.ravel()[:4096].astype(np.float32), after.ravel()[:4096].astype(np.float32), equal_nan=True
        )
    )


def _across(before: Any, after: Any) -> bool:
    """Tell a reshape that neither only joins nor only splits neighbouring axes: it gives rows to other axes."""
    first, second = ([int(n) for n in shape if n != 1] for shape in (before, after))
    if sorted(first) != sorted(second) or first == second:
        return False  # the same sizes in another order: that is what a transpose is for
    return len(first) > 1


def _transposed(before: Any, shape: Any) -> Any:
    """The one transpose that has the asked shape; of several the smoothest."""
    from itertools import permutations

    if before.ndim > 5:  # noqa: PLR2004 - more axes than data has
        return None
    fitting = [
        order for order in permutations(range(before.ndim)) if tuple(before.shape[k] for k in order) == tuple(shape)
    ]
    return max((before.transpose(order) for order in fitting), key=_smoothness, default=None)


def _smoothness(values: Any) -> float:
    """Mean agreement of neighbours along the axes between rows and the last one; along all when there is none."""
    axes = range(1, values.ndim - 1) if values.ndim > 2 else range(1, values.ndim)  # noqa: PLR2004 - rows, space, channels
    return float(np.mean([feeding.smooth(values, axis) for axis in axes])) if len(axes) else 0.0


def torn(ancestry: Ancestry, x: list[Node], y: list[Node]) -> DataFault | None:
    """Rows and targets that foretold each other, until each was put into an order of its own."""
    for b in reversed(y):
        for a in reversed(x):
            if a.rows is None or b.rows is None or a.value is b.value or _length(a.value) != _length(b.value):
                continue
            if len(a.rows) != len(b.rows) or len(a.rows) < 8 or np.mean(a.rows != b.rows) < 0.5:  # noqa: PLR2004 - mostly
                continue
            if not (np.any(np.diff(a.rows) < 0) or np.any(np.diff(b.rows) < 0)):
                continue  # shifted against each other, as in a forecast, but in order
            rows, targets = ancestry.at(a), ancestry.at(b)
            if rows is None or targets is None or rows.dtype.kind not in "biuf" or targets.dtype.kind not in "biuf":
                continue
            before = feeding.predictable(rows, targets)
            after = feeding.predictable(rows[_all(ancestry, x, a, rows)], targets[_all(ancestry, y, b, targets)])
            if before > FORETOLD and after < before / 3:
                return DataFault("torn", _mixing(a), _mixing(b), share=1.0, before=before, after=after)
    return None


def _all(ancestry: Ancestry, nodes: list[Node], deepest: Node, value: Any) -> Any:
    """Rows as they were ordered in the largest array on the way, for there are more of them than in one batch."""
    enough = deepest.rows is not None and len(deepest.rows) * 4 >= len(value)
    return deepest.rows if enough else _longest(ancestry, nodes, deepest)


def _longest(ancestry: Ancestry, nodes: list[Node], deepest: Node) -> Any:
    whole = next((n for n in nodes if n is not deepest and _length(n.value) == _length(deepest.value)), None)
    if whole is None:
        return deepest.rows
    down = next(
        (n for n in ancestry.back(whole.value, whole.until) if n.value is deepest.value and n.until == deepest.until),
        None,
    )
    return deepest.rows if down is None or down.rows is None else down.rows


def _mixing(deepest: Node) -> int | None:
    """Line that last changed the order of the rows on the way from a deep array to what was fed."""
    lines = []
    node: Any = deepest
    while node is not None and node.via is not None:
        event = node.via
        if event.kind == "shuffle" or event.name == "permutation" or _mixes(event):
            lines.append(event.line)
        node = node.nearer
    return lines[-1] if lines else None


def _mixes(event: Event) -> bool:
    index = event.detail[0] if isinstance(event.detail, tuple) and event.detail else event.detail
    if event.kind != "item" or isinstance(index, (slice, int)) or index is None or index is Ellipsis:
        return False
    picked = np.asarray(index)
    return picked.ndim == 1 and picked.dtype.kind in "iu" and bool(np.any(np.diff(picked.astype(np.int64)) < 0))
