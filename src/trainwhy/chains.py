"""From a cause to what it did, link by link, in the user's own lines. Pure.

The first link is what the finding marks; every further one is a number of the same run, and a link that the run does
not show is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from trainwhy.narrative import course_of, plural
from trainwhy.results import Finding, GradientCall, Run, Span


def chain(run: Run, finding: Finding) -> tuple[str, ...]:
    """Return the links of one finding; fewer than two are no chain."""
    links = [*_places(finding.spans), *_tape(run), *_weights(run), *_ending(run)]
    return tuple(links) if len(links) > 1 else ()


def _places(spans: Sequence[Span]) -> list[str]:
    """The primary mark, then how it came about, in the order of the lines."""
    primary = [span for span in spans if span.primary]
    return [f"{f'{s.path}, ' if s.path else ''}line {s.line}: {s.label}" for s in primary[:1]]


def _tape(run: Run) -> list[str]:
    calls = [call for call in run.gradient_calls if call.step == 0 and call.sources]
    lost = [call for call in calls if _absent(call)]
    if not lost:
        return []
    call = lost[0]
    asked = [s for s in call.sources if s.kind == "variable"]
    watched = len(set(call.watched).intersection(s.name for s in asked))
    said = [f"the tape watched {watched} of {plural(len(asked), 'variable')}"] if asked and watched < len(asked) else []
    return [*said, f"{_absent(call)} of {plural(len(call.sources), 'gradient')} are None"]


def _absent(call: GradientCall) -> int:
    given = call.gradients or ()
    return sum(not gradient.present for gradient in given) if given else len(call.sources)


def _weights(run: Run) -> list[str]:
    standing = [v for v in run.variables if v.trainable]
    moved = sum(v.moved for v in standing)
    if not standing or moved == len(standing):
        return []
    if not moved:
        return ["no weight moved"]
    return [f"{moved} of {plural(len(standing), 'weight')} moved"]


def _ending(run: Run) -> list[str]:
    if run.error is not None and not run.epochs:
        return [f"the script stops with {run.error.type}"]
    losses = [epoch for epoch in run.epochs if epoch.loss == epoch.loss or epoch.variables]
    if len(losses) > 1:
        return [f"the loss {course_of(losses)}"]
    return [f"the script stops with {run.error.type}"] if run.error is not None else []
