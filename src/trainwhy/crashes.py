"""What rules about whole scripts share: single facts, and whether a script that broke down runs on once repaired."""

from __future__ import annotations

from trainwhy.results import Run, Value

STEPS = "steps before the script broke down"


def fact(run: Run, name: str, *, look: bool = False) -> Value:
    """Return one number that a probe noted in the watched run, or in the look; None where there is none."""
    seen = run.look if look else run.seen
    return None if seen is None else seen.facts.get(name)


def number(run: Run, name: str, *, look: bool = False) -> float:
    """Return a fact as a number; 0 where there is none."""
    value = fact(run, name, look=look)
    return float(value) if isinstance(value, (int, float)) else 0.0


def line_of(run: Run, name: str, *, look: bool = False) -> int | None:
    """Return a fact as a line."""
    value = fact(run, name, look=look)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def runs_on(baseline: Run, repaired: Run) -> bool:
    """Tell whether the repaired script got past the place where the unchanged one broke down."""
    return baseline.error is not None and repaired.error is None and repaired.steps > 0
