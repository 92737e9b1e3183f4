"""What rules about data share: which streams were fed, what an ignorant loss is, where arrays came from."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Sequence

from trainwhy.results import Run, Span
from trainwhy.seen import DataFault, FeedSeen, HeldSeen
from trainwhy.sources import assigned_span, call_span, line_span, nodes_of

FEWEST = 8  # rows below which nothing is said about data
SQUARES = ("mean_squared_error",)
ENTROPIES = ("sparse_categorical_crossentropy", "categorical_crossentropy", "binary_crossentropy")


def feeds(run: Run) -> tuple[FeedSeen, ...]:
    """The streams of a script that have rows enough to speak of."""
    return tuple(feed for feed in (run.seen.feeds if run.seen is not None else ()) if feed.rows >= FEWEST)


def held(run: Run) -> Iterator[tuple[FeedSeen, HeldSeen]]:
    """Each stream with what it was measured on."""
    for feed in feeds(run):
        for one in feed.held:
            yield feed, one


def fault(run: Run, kind: str) -> DataFault | None:
    """The first thing of a kind that happened to data on the way."""
    return next((one for one in (run.look.faults if run.look is not None else ()) if one.kind == kind), None)


def made(run: Run, name: str) -> int | None:
    """Line on which the fed inputs ("x"), targets ("y") or held rows ("held") were made."""
    return next((line for kind, line in (run.look.made if run.look is not None else ()) if kind == name), None)


def marked(run: Run, line: int | None, label: str, *, primary: bool = True, call: str = "") -> tuple[Span, ...]:
    """Mark what a line assigns to, or a call on it, or the line."""
    if line is None:
        return ()
    found = (
        call_span(run.source, line, call, label, primary) if call else assigned_span(run.source, line, label, primary)
    )
    found = found or line_span(run.source, line, label, primary)
    return () if found is None else (found,)


def places(*parts: Sequence[Span]) -> tuple[Span, ...]:
    """Join spans; the first is the primary one, and no line is named twice."""
    found: list[Span] = []
    for span in (span for part in parts for span in part):
        if all(span.line != other.line for other in found):
            found.append(span if span.primary == (not found) else Span(*_corners(span), span.label, not found))
    return tuple(found)


def _corners(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, span.end_line, span.end_column


def loop_around(source: str, line: int | None) -> int | None:
    """The first line of the outermost loop around a line."""
    loops = [node for node in nodes_of(source) if isinstance(node, (ast.For, ast.While))]
    around = [node.lineno for node in loops if line is not None and node.lineno <= line <= (node.end_lineno or 0)]
    return min(around, default=None)


def losses(run: Run) -> tuple[float, ...]:
    """The training loss, step by step where it is known, else epoch by epoch."""
    steps = [step.loss for step in (run.seen.steps if run.seen is not None else ()) if step.loss is not None]
    return tuple(steps) or tuple(epoch.loss for epoch in run.epochs)


def ended(run: Run) -> float | None:
    """The loss of the last quarter, as a mean; NaN when it broke."""
    known = losses(run)
    if len(known) < 2:  # noqa: PLR2004 - a training has a first and a last
        return None
    last = known[-max(1, len(known) // 4) :]
    return sum(last) / len(last)


def ignorant(run: Run, feed: FeedSeen) -> float | None:
    """The loss of an answer that looks at no input: the mean, or the shares of the classes."""
    kind = next(
        (call.kind for call in (run.look.losses if run.look is not None else ()) if call.recording or call.in_fit), ""
    )
    if feed.labels and kind in (*ENTROPIES, ""):
        shares = [count / feed.rows for _, count in feed.labels]
        return -sum(share * math.log(share) for share in shares if share > 0)
    if feed.y is None or feed.y.deviation is None or kind not in (*SQUARES, "", "custom"):
        return None
    return feed.y.deviation**2


def stuck(run: Run, feed: FeedSeen, share: float = 0.9) -> bool:
    """Tell a training that broke, or that ends no better than an answer that looks at no input."""
    last, trivial = ended(run), ignorant(run, feed)
    if last is None:
        return False
    if not math.isfinite(last):
        return True
    return trivial is not None and trivial > 0 and last >= share * trivial
