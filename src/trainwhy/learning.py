"""How much a script's training took away of the loss it began with. Pure."""

from __future__ import annotations

import math

from trainwhy.results import Run

LEARNED = 0.02  # of its first loss, that a repaired script must take away in the steps of a replay


def learned(run: Run) -> float:
    """Share of its first loss that a script's training took away; negative when the loss rose, and when it broke."""
    losses = [step.loss for step in (run.seen.steps if run.seen else ()) if step.loss is not None]
    losses = losses or [epoch.loss for epoch in run.epochs]
    if len(losses) < 2:  # noqa: PLR2004 - a way needs two points
        return 0.0
    first = losses[: max(1, len(losses) // 10)]
    last = losses[-max(1, len(losses) // 4) :]
    began, ended = sum(first) / len(first), sum(last) / len(last)
    share = (began - ended) / (abs(began) + 1e-12)
    return share if math.isfinite(share) else -math.inf
