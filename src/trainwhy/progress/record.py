"""The memory itself, and the functions that make a new one from an old one. Nothing here reads or writes.

Order is kept by a counter, because clocks go back; days (since 1970) are there only to space reviews.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from trainwhy.course import fingerprint

MOST = 2**53  # beyond this, other JSON readers round
State = Literal["new", "attempted", "solved"]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the learner expected before the first run; the newest one counts."""

    answer: str
    confidence: int = 0  # 1 guessing, 2 fairly, 3 certain; 0 not asked
    right: bool | None = None  # None until a run has told
    at: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """Everything remembered about one exercise."""

    attempts: int = 0
    label: str = ""  # what the newest attempt was named, "solved" included
    repeats: int = 0  # how many attempts in a row were named that
    hints: int = 0  # rungs of the ladder that were shown
    solved: str = ""  # fingerprint of the newest source that solved it
    solved_at: int = 0
    solved_day: int = 0
    solved_hints: int = 0  # rungs that had been shown when it was first solved
    prediction: Prediction | None = None
    at: int = 0  # counter at the newest event

    @property
    def state(self) -> State:
        """How far the learner is with it."""
        if self.solved:
            return "solved"
        return "attempted" if self.attempts else "new"

    def changed_since_solved(self, source: str) -> bool:
        """Tell whether the file is no longer the one that was judged solved."""
        return bool(self.solved) and fingerprint(source) != self.solved


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole memory. Records of exercises that this course does not know are kept."""

    current: str = ""  # id of the exercise that `next` works on
    counter: int = 0  # one up with every event
    records: dict[str, Record] = field(default_factory=dict)
    read_only: str = ""  # why it must not be written, in words

    def of(self, exercise: str) -> Record:
        """Look up what is remembered about an exercise, by id."""
        return self.records.get(exercise, Record())


def moved_to(progress: Progress, exercise: str) -> Progress:
    """Make an exercise the current one."""
    if progress.current == exercise:
        return progress
    return replace(progress, current=exercise, counter=_next(progress.counter))


def attempted(progress: Progress, exercise: str, label: str = "") -> Progress:
    """Remember a run and what it was named."""
    record = progress.of(exercise)
    repeats = _next(record.repeats) if record.label == label else 1
    return _with(progress, exercise, replace(record, attempts=_next(record.attempts), label=label, repeats=repeats))


def solved(progress: Progress, exercise: str, source: str, day: int = 0) -> Progress:
    """Remember a run that solved it, and by which source."""
    progress = attempted(progress, exercise, "solved")
    record = progress.of(exercise)
    hints = record.solved_hints if record.solved else record.hints
    now = replace(
        record,
        solved=fingerprint(source),
        solved_at=progress.counter,
        solved_day=day,
        solved_hints=hints,
    )
    return replace(progress, records={**progress.records, exercise: now})


def hint_shown(progress: Progress, exercise: str) -> Progress:
    """Remember that one more rung was shown."""
    record = progress.of(exercise)
    return _with(progress, exercise, replace(record, hints=_next(record.hints)))


def predicted(progress: Progress, exercise: str, answer: str, confidence: int, day: int = 0) -> Progress:
    """Remember a prediction, made before the run."""
    prediction = Prediction(answer, confidence, at=_next(progress.counter), day=day)
    return _with(progress, exercise, replace(progress.of(exercise), prediction=prediction))


def judged(progress: Progress, exercise: str, right: bool) -> Progress:
    """Remember whether the newest prediction came true; nothing happens when there is none."""
    record = progress.of(exercise)
    if record.prediction is None:
        return progress
    return _with(progress, exercise, replace(record, prediction=replace(record.prediction, right=right)))


def _with(progress: Progress, exercise: str, record: Record) -> Progress:
    counter = _next(progress.counter)
    records = {**progress.records, exercise: replace(record, at=counter)}
    return replace(progress, counter=counter, records=records)


def _next(count: int) -> int:
    """Count on; at the most that can be read back, a damaged or forged count stays."""
    return min(count + 1, MOST)
