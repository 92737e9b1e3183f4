"""The exit codes, and which one a report deserves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainwhy.results import Report

SOLVED = 0
UNSOLVED = 1
USAGE = 2
CRASHED = 3
LIMIT = 4
NOTHING = 5
OURS = 70
INTERRUPTED = 130

_BY_OUTCOME = {
    "raised": CRASHED,
    "crashed": CRASHED,
    "no_evidence": CRASHED,
    "timed_out": LIMIT,
    "out_of_memory": LIMIT,
    "flooded": LIMIT,
    "internal": OURS,
}


def of(report: Report) -> int:
    """Exit code of one checked file; a finding says more than the way the program ended."""
    if report.outcome == "internal":
        return OURS
    if report.verdict == "not_started":
        return UNSOLVED
    if report.outcome == "finished" and report.verdict in ("solved", "healthy"):
        return SOLVED
    if any(finding.level == "error" for finding in report.findings):
        return UNSOLVED
    if report.error is not None and report.error.type == "NoTraining":
        return NOTHING
    return _BY_OUTCOME.get(report.outcome, UNSOLVED)


def of_all(reports: Iterable[Report]) -> int:
    """Exit code of `verify`: nothing to check, trainwhy's own fault, all solved or not. The detail is in its output."""
    codes = [of(report) for report in reports]
    if not codes:
        return NOTHING
    if OURS in codes:
        return OURS
    return UNSOLVED if any(codes) else SOLVED
