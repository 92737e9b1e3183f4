"""Requests, carried out by a worker and gathered: one at a time with a listener, or several side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from trainwhy import processors, references
from trainwhy.results import (
    Answered,
    Ended,
    Event,
    Measured,
    Observed,
    Progress,
    ReferenceReady,
    Request,
    Run,
    Started,
)
from trainwhy.worker import Worker

Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything one run said, and how it ended."""

    ended: Ended
    runs: tuple[Run, ...] = ()  # one per seed that was reached
    measurements: tuple[Measured, ...] = ()
    started: Started | None = None
    answers: tuple[str, ...] = ()  # of a function, as the worker wrote them

    @property
    def run(self) -> Run | None:
        """The run of the first seed."""
        return self.runs[0] if self.runs else None

    @property
    def measured(self) -> Measured | None:
        """What was measured with the first seed."""
        return self.measurements[0] if self.measurements else None


def gather(worker: Worker, request: Request, listen: Listener | None = None) -> Gathered:
    """Carry out one request; the listener hears every event as it comes."""
    runs: list[Run] = []
    measurements: list[Measured] = []
    started: Started | None = None
    answers: tuple[str, ...] = ()
    ended = Ended("internal", 0.0)
    for event in worker.run(request):
        if isinstance(event, Observed):
            runs.append(event.run)
        elif isinstance(event, Measured):
            measurements.append(event)
        elif isinstance(event, Answered):
            answers = event.texts
        elif isinstance(event, Started):
            started = started or event  # the first is said before any of the learner's code runs
        elif isinstance(event, Ended):
            ended = event
        if listen is not None:
            listen(event)
    return Gathered(ended, tuple(runs), tuple(measurements), started, answers)


def side_by_side(worker: Worker, requests: Sequence[Request]) -> list[Gathered]:
    """Carry out several requests at once, as many as there are processors; results in the order asked."""
    if not requests:
        return []
    with ThreadPoolExecutor(max_workers=processors.available()) as pool:
        return list(pool.map(lambda request: gather(worker, request), requests))


def reference(worker: Worker, request: Request) -> Run | None:
    """Return the reference solution's run, from the cache or made now; None when it cannot be had."""
    kept = references.read(request)
    if kept is not None:
        return kept
    gathered = gather(worker, request)
    if gathered.run is None or gathered.ended.outcome != "finished":
        return None
    references.write(request, gathered.run)
    return gathered.run


def references_on(worker: Worker, request: Request, seeds: Sequence[int]) -> list[Run]:
    """Return the reference's run on each seed; those that are not kept are made now, in one process."""
    known = {seed: references.read(replace(request, seed=seed)) for seed in seeds}
    missing = [seed for seed, run in known.items() if run is None]
    if missing:
        asked = replace(request, seed=missing[0], more_seeds=tuple(missing[1:]))
        for run in gather(worker, asked).runs:
            if run.error is None and run.seed in missing:  # whatever a worker says, nothing is kept that was not asked
                references.write(replace(request, seed=run.seed), run)
                known[run.seed] = run
    return [known[seed] or Run(seed=seed) for seed in seeds]


class Held:
    """Holds a run's rows back until the reference's rows are known, so that both can stand in one line."""

    def __init__(self, listen: Listener, waited_for: Future[Run | None]) -> None:
        self._listen = listen
        self._waited_for = waited_for
        self._kept: list[Event] = []
        self._open = False

    def __call__(self, event: Progress) -> None:
        """Pass an event on, or keep it for a moment."""
        if not self._open and not self._waited_for.done() and not isinstance(event, Ended):
            self._kept.append(event)  # type: ignore[arg-type]  # a worker says events only
            return
        self._flush()
        self._listen(event)

    def _flush(self) -> None:
        if self._open:
            return
        self._open = True
        run = self._waited_for.result()
        if run is not None:
            self._listen(ReferenceReady(run.epochs, run.start_loss))
        for event in self._kept:
            self._listen(event)
