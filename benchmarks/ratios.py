"""What every benchmark here returns: two things timed side by side in one run, and how far apart they may be."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """`ours` against `plain`, both in seconds, in one run; `limit` bounds `ours` at limit * plain + slack."""

    name: str
    ours: float
    plain: float
    limit: float
    slack: float = 0.0
    at_least: bool = False  # the limit is a speed-up: plain / ours must reach it

    @property
    def ratio(self) -> float:
        """How many times, the slack taken off."""
        return self.plain / self.ours if self.at_least else max(self.ours - self.slack, 0.0) / self.plain

    @property
    def kept(self) -> bool:
        """Whether the limit holds."""
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit

    def line(self) -> str:
        """One line of the table."""
        sign = ">=" if self.at_least else "<="
        slack = f" after {self.slack:g} s" if self.slack else ""
        word = "kept" if self.kept else "MISSED"
        times = f"{self.name:<46} {self.ours:8.3f} s {self.plain:8.3f} s"
        return f"{times}   {self.ratio:5.2f} ({sign} {self.limit:g}{slack})  {word}"


def seconds(action: Callable[[], object]) -> float:
    """Time one call."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def side_by_side(ours: Callable[[], object], plain: Callable[[], object], times: int) -> tuple[float, float]:
    """Alternate two actions and return the median seconds of each; one of each first, unmeasured."""
    ours()
    plain()
    pairs = [(seconds(ours), seconds(plain)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def quiet(command: Sequence[str], **options: object) -> None:
    """Run a command and ignore what it says and how it ends."""
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]  # options are subprocess' own


def trainwhy(*arguments: str) -> list[str]:
    """Command line of the installed program, by the interpreter that runs the benchmark."""
    return [sys.executable, "-m", "trainwhy", *arguments]
