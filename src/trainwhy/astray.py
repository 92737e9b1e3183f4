"""Gradients of a script that are asked for, or given to, other variables than those which are to be trained (TW109).

Which of several networks is to be trained is nobody's to guess, so only what cannot be meant counts: variables that no
tape follows, a loss that depends on none of the asked but on others, gradients that meet variables of a stranger, two
optimizers on one network while the network before it stands still, and an untrained network behind a trained one.
"""

from __future__ import annotations

from collections.abc import Sequence

from trainwhy.reach import Question, behind, moved, questions, trainable, weights_moved
from trainwhy.results import Evidence, Match, Run, Span
from trainwhy.sources import argument_line, call_span, line_span


def match(run: Run) -> Match | None:
    """Match one of these."""
    asked = questions(run)
    return (
        _not_trained(run) or _none_of_these(run, asked) or _strangers(run) or _twice(run, asked) or _behind(run, asked)
    )


def measure(run: Run) -> float:
    """Count the weights that moved, less the variables an optimizer keeps a state for in vain."""
    return weights_moved(run) - _idle(run)


def recovered(baseline: Run, treated: Run) -> bool:
    """Tell whether more of what is to be trained is trained, or less of what is not."""
    return bool(treated.variables) and measure(treated) > measure(baseline) and len(moved(treated)) > 0


def _idle(run: Run) -> int:
    value = run.seen.facts.get("idle_state", 0) if run.seen else 0
    return value if isinstance(value, int) else 0


def _not_trained(run: Run) -> Match | None:
    """Match questions about variables that are not trainable, beside others that are."""
    for call in run.gradient_calls:
        pairs = [(s, g) for s, g in zip(call.sources, call.gradients, strict=False) if s.kind == "variable"]
        frozen = [s for s, g in pairs if not s.trainable and not g.present]
        if frozen and any(g.present for _, g in pairs):
            evidence = (
                Evidence("variables asked for that are not trainable", len(frozen), 0),
                Evidence("gradients that are not None", sum(g.present for _, g in pairs), len(pairs)),
            )
            title = f"{len(frozen)} of {len(pairs)} variables asked for are not trained by gradients"
            return Match(title, evidence, _spans(run, call.line, "asks for variables that are not trainable"))
    return None


def _none_of_these(run: Run, asked: Sequence[Question]) -> Match | None:
    """Match a loss that depends on none of the asked variables, and openly on others which nobody asks about."""
    everything = frozenset().union(*(q.asked for q in asked))
    for question in asked:
        present = any(g.present for g in question.call.gradients)
        others = question.open - everything - moved(run)
        if question.asked and not present and others and not question.asked & question.open:
            return _match(run, question, others, "the gradient is asked for variables that the loss does not train")
    return None


def _strangers(run: Run) -> Match | None:
    """Match gradients that are given to variables which no tape was asked about."""
    asked = {s.name for call in run.gradient_calls for s in call.sources}
    for update in run.updates:
        wrong = [p for p in update.pairs if p.present and p.gradient_of not in (None, p.variable)]
        lost = {p.gradient_of for p in wrong} - moved(run)
        if wrong and lost and not any(p.variable in asked for p in wrong):
            evidence = (Evidence("weights moved whose gradients these are", 0, len(lost)),)
            label = "these are another model's variables"
            return Match("the update goes to the variables of another model", evidence, _spans(run, update.line, label))
    return None


def _twice(run: Run, asked: Sequence[Question]) -> Match | None:
    """Match two optimizers that update one network, while a network the losses depend on is never asked about."""
    everything = frozenset().union(*(q.asked for q in asked))
    for index, one in enumerate(asked):
        twins = [q for q in asked[index + 1 :] if q.asked == one.asked]
        owners = {u.optimizer for u in run.updates if {p.variable for p in u.pairs} & one.asked}
        for other in twins:
            left = {id(q): q.open - everything - moved(run) for q in (one, other)}
            if len(owners) > 1 and any(left.values()):
                wrong = max((one, other), key=lambda q: (len(left[id(q)]), -_reads(q), q.call.line or 0))
                return _match(run, wrong, left[id(wrong)], "two losses update one network, and none the other")
    return None


def _reads(question: Question) -> int:
    return sum(op.variable in question.asked for op in question.way)


def _behind(run: Run, asked: Sequence[Question]) -> Match | None:
    """Match new weights that work on what is trained, and are themselves never asked about and never moved."""
    everything = frozenset().union(*(q.asked for q in asked))
    given = run.seen.facts.get("given_weights", "") if run.seen else ""
    loaded = set(str(given).split("|"))
    for question in asked:
        left = (question.open & trainable(run)) - everything - moved(run) - loaded
        found = behind(question, left) if question.asked & moved(run) and left else frozenset()
        if found and len(asked) == 1:
            return _match(run, question, left, "the last layers before the loss are never asked about")
    return None


def _match(run: Run, question: Question, left: frozenset[str], title: str) -> Match:
    evidence = (
        Evidence("trainable weights the loss depends on that no tape is asked about", len(left), 0),
        Evidence("of these moved", 0, len(left)),
    )
    return Match(title, evidence, _spans(run, question.call.line, "not the variables that this loss is to train"))


def _spans(run: Run, line: int | None, label: str) -> tuple[Span, ...]:
    if not line:
        return ()
    named = argument_line(run.source, line, "gradient", 1)
    if named != line:  # the list was made there, and only used here
        used = call_span(run.source, line, "gradient", "asked about here", primary=False)
        return tuple(span for span in (line_span(run.source, named, label), used) if span)
    found = call_span(run.source, line, "gradient", label) or line_span(run.source, line, label)
    return () if found is None else (found,)
