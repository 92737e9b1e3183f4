"""Where targets meet predictions, judged: what a loss expects, what it is given, and the lines of both. Pure.

The numbers are those of the eager look; without one nothing is known, and every rule stays silent.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from trainwhy.learning import LEARNED, learned
from trainwhy.results import Run, Span
from trainwhy.seen import HeadSeen
from trainwhy.sources import call_span, line_span, tree_of

Rule = Callable[[HeadSeen], bool]
PROBABILITIES = ("binary", "categorical", "sparse")
RECTIFIED = ("Relu", "Relu6")
SQUASHED = ("Tanh", "Softsign")
NORMALIZED = ("Softmax", "Sigmoid")
WORDS = {
    "Relu": "relu", "Relu6": "relu6", "Tanh": "tanh", "Softsign": "softsign", "Softmax": "softmax",
    "Sigmoid": "sigmoid", "Elu": "elu", "Selu": "selu", "Softplus": "softplus", "Exp": "exp", "Abs": "abs",
    "Square": "square", "Sqrt": "sqrt", "RealDiv": "softmax",
}  # fmt: skip
# Symptoms that a loss which does not fit its outputs brings along: none of them is reported beside it.
FOLLOWS = (
    "TW216", "TW218", "TW220", "TW221", "TW301", "TW303", "TW401", "TW402", "TW412", "TW413", "TW414", "TW415", "TW416",
    "TW417", "TW422",
)  # fmt: skip


def heads(run: Run) -> tuple[HeadSeen, ...]:
    """Return every meeting that the look at a script saw."""
    return run.look.heads if run.loop == "script" and run.look is not None else ()


def groups(run: Run) -> tuple[tuple[HeadSeen, ...], ...]:
    """Return the meetings of each place, over the steps of the look."""
    found: dict[tuple[object, ...], list[HeadSeen]] = {}
    for head in heads(run):
        found.setdefault((head.line, head.loss, head.owner, head.made_line), []).append(head)
    return tuple(tuple(one) for one in found.values())


def first(run: Run, rule: Callable[[tuple[HeadSeen, ...]], bool]) -> tuple[HeadSeen, ...]:
    """Return the first place for which a rule holds; () when there is none."""
    return next((group for group in groups(run) if rule(group)), ())


def mean(group: Iterable[HeadSeen], name: str) -> float:
    """Return the mean of a measure over the steps that have it; 0 when none has."""
    values = [value for head in group if isinstance(value := getattr(head, name), (int, float))]
    return sum(values) / len(values) if values else 0.0


# ------------------------------------------------------------------------------------------- what a loss expects


def wants_probabilities(head: HeadSeen) -> bool:
    """Tell whether this loss takes what it is given for probabilities, and really computes with it."""
    return head.family in PROBABILITIES and not head.from_logits and not head.dug


def wants_logits(run: Run, head: HeadSeen) -> bool:
    """Tell whether this loss takes what it is given for logits; in a graph Keras may find the real ones."""
    if head.family not in PROBABILITIES or not head.from_logits or head.dug:
        return False
    return not any(one.dug for one in _watched(run, head))


def _watched(run: Run, head: HeadSeen) -> list[HeadSeen]:
    return [one for one in (run.seen.heads if run.seen else ()) if one.line == head.line and one.loss == head.loss]


def reaches_only(head: HeadSeen, low: float, high: float) -> bool:
    """Tell whether the prediction cannot leave an interval, by construction."""
    return head.low is not None and head.high is not None and head.low >= low and head.high <= high


def width(head: HeadSeen) -> int:
    """Return how many outputs one row of predictions has."""
    shape = head.y_pred.shape if head.y_pred else ()
    return int(shape[-1] or 1) if len(shape) > 1 else 1


def one_class_each(head: HeadSeen) -> bool:
    """Tell targets of which every row names exactly one class."""
    return head.labels_each == (1.0, 1.0)


def zeros_and_ones(head: HeadSeen) -> bool:
    """Tell targets that are all 0 or 1, with both among them."""
    true = head.y_true
    return true is not None and true.whole and true.distinct == 2 and (true.low, true.high) == (0.0, 1.0)  # noqa: PLR2004


def class_numbers(head: HeadSeen) -> bool:
    """Tell targets that are one class number for each row of several outputs."""
    true = head.y_true
    if true is None or not true.whole or true.low is None or true.high is None or width(head) < 2:  # noqa: PLR2004
        return False
    single = len(true.shape) == 1 or true.shape[-1] == 1
    return single and true.distinct > 1 and true.low >= 0 and true.high <= width(head)


def by_hand(head: HeadSeen) -> bool:
    """Tell a loss that the script wrote itself from operations."""
    return not head.owner


def named_classes(head: HeadSeen) -> bool:
    """Tell whether it is surely a cross-entropy of classes: one by hand may also be a count's likelihood."""
    return not by_hand(head) or head.family == "binary" or one_class_each(head)


# ------------------------------------------------------------------------------------------- where


def activation_span(run: Run, head: HeadSeen, label: str, primary: bool = True) -> tuple[Span, ...]:
    """Mark where the last layer was made, or the operation that made the prediction."""
    return _layer(
        run, head.layer, head.layer_line, WORDS.get(head.activation, ""), head.activation_line, label, primary
    )


def bound_span(run: Run, head: HeadSeen, label: str, primary: bool = True) -> tuple[Span, ...]:
    """Mark where the layer was made that bounds the prediction."""
    layer = head.layer if head.layer_line == head.bound_layer_line else ""
    return _layer(run, layer, head.bound_layer_line, WORDS.get(head.bound, ""), head.bound_line, label, primary)


def _layer(
    run: Run, layer: str, layer_line: int | None, word: str, line: int | None, label: str, primary: bool
) -> tuple[Span, ...]:
    if layer_line is not None:
        name, line = layer, layer_line
    else:
        name = word
    if line is None:
        return ()
    span = (call_span(run.source, line, name, label, primary) if name else None) or line_span(
        run.source, line, label, primary
    )
    return (span,) if span else ()


def loss_span(run: Run, head: HeadSeen, label: str, primary: bool = True) -> tuple[Span, ...]:
    """Mark where the loss was chosen: its constructor, the `loss=` of a `compile`, or the function's own call."""
    line = head.made_line if head.made_line is not None else head.line
    if line is None:
        return ()
    span = (
        _keyword(run.source, line, "loss", label, primary)
        or call_span(run.source, line, head.owner.rpartition(".")[2], label, primary)
        or line_span(run.source, line, label, primary)
    )
    return (span,) if span else ()


def call_of(run: Run, head: HeadSeen, label: str, primary: bool = True) -> tuple[Span, ...]:
    """Mark the line where the script hands targets and predictions over; inside `fit`, where the loss was chosen."""
    if head.in_fit or head.line is None:
        return loss_span(run, head, label, primary)
    span = line_span(run.source, head.line, label, primary)
    return (span,) if span else ()


def beside(main: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join spans; a second mark on the line of the first says nothing more."""
    return main + tuple(one for one in other if all(one.line != before.line for before in main)) if main else ()


def _keyword(source: str, line: int, name: str, label: str, primary: bool) -> Span | None:
    """Mark the value of a keyword argument of the call that begins on `line`, or whose argument stands there."""
    tree = tree_of(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree else []
    for call in calls:
        for keyword in call.keywords:
            value = keyword.value
            if (
                keyword.arg == name
                and line in (call.lineno, _name_line(call), value.lineno)
                and value.lineno == value.end_lineno
            ):
                return Span(
                    value.lineno, value.col_offset + 1, value.lineno, (value.end_col_offset or 0) + 1, label, primary
                )
    return None


def _name_line(call: ast.Call) -> int:
    return call.func.end_lineno or call.func.lineno


# ------------------------------------------------------------------------------------------- proof


def through(run: Run, name: str) -> float | None:
    """Return a measure of what went through the losses last: of this replay, else of the look at the script."""
    for seen in (run.seen, run.look):
        values = [getattr(head, name) for head in (seen.heads if seen else ())]
        numbers = [float(value) for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
        if numbers:
            return max(numbers)
    return None


def learns_again(baseline: Run, repaired: Run) -> bool:
    """Tell whether the repaired run takes a clear share of its loss away, and at least twice the other's."""
    return learned(repaired) >= LEARNED and learned(repaired) - learned(baseline) >= learned(repaired) / 2


def clip_gone(baseline: Run, repaired: Run) -> bool:
    """Tell whether predictions get through the loss unclipped again, and the run learns."""
    before, after = through(baseline, "clipped"), through(repaired, "clipped")
    if before is None or after is None or before == 0 or any(h.from_logits for h in heads(baseline)):
        return learns_again(baseline, repaired)
    return after <= before / 10 and learned(repaired) >= LEARNED
