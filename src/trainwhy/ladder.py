"""Whether another learning rate would have learned: a short ladder of replays, judged. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trainwhy import rates
from trainwhy.catalogue import Entry
from trainwhy.results import Run

STEPS = 24  # of a replay, at least
# By code: interventions under `lab/interventions`, nearest rung first, and what each is called.
RUNGS: dict[str, dict[str, str]] = {
    "TW401": {
        "rate_tenth": "a tenth of the learning rate",
        "rate_hundredth": "a hundredth of the learning rate",
        "rate_thousandth": "a thousandth of the learning rate",
    },
    "TW402": {
        "rate_10": "10 times the learning rate",
        "rate_100": "100 times the learning rate",
        "rate_10000": "10,000 times the learning rate",
        "rate_1000000": "1,000,000 times the learning rate",
    },
}


def steps(run: Run) -> int:
    """How many steps a rung is given."""
    return min(run.steps, max(STEPS, 2 * run.steps // 9))


def best(baseline: Run, rungs: Mapping[str, Run]) -> str:
    """Return the rung that learned most, when it learned clearly and the unchanged training did not; "" otherwise."""
    good = {name: rates.learned(run) for name, run in rungs.items() if rates.clearly(baseline, run)}
    return max(good, key=lambda name: good[name]) if good else ""


def on(entry: Entry, rung: str) -> Entry:
    """The entry, with one rung as its repair."""
    words = RUNGS[entry.code][rung]
    return replace(entry, diagnosis=replace(entry.diagnosis, intervention=rung, intervention_words=words))
