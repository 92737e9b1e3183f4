"""The core: one exercise file, run, diagnosed, proven and judged, becomes a `Report`.

Everything here is decided from what workers observed and what the verifier recomputed; nothing is decided from the
text of the learner's file but whether it is still the untouched starter.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from trainwhy import __version__, catalogue, judging, narrative, processors, proving, questions, running
from trainwhy.catalogue import Entry
from trainwhy.course import Exercise, fingerprint
from trainwhy.results import (
    Failure,
    Finding,
    Match,
    Outcome,
    Phase,
    Progress,
    Proof,
    Report,
    Request,
    Run,
    Verdict,
    Versions,
)
from trainwhy.running import Gathered, Held, Listener
from trainwhy.worker import Worker

Replay = tuple[str, int]  # an intervention and a seed

# The file ran, but what the exercise asks for is not in it: judged, not crashed.
INCOMPLETE = ("MissingFunction", "WrongSignature", "NothingReturned", "WrongReturn")


def check(
    exercise: Exercise,
    source: str,
    worker: Worker,
    *,
    path: str,
    listen: Listener | None = None,
    prove: bool = True,
    judge_starter: bool = False,
    shown: bool = True,
    seeds: tuple[int, ...] | None = None,
) -> Report:
    """Run the learner's `source` of an exercise and explain what happened.

    `path` is how the file is called in messages. `judge_starter` treats an untouched starter like any other file.
    Where nobody watches (`shown` is false) no visible run comes first: the fresh seeds' runs are what is reported. Then
    `seeds` may be drawn by the caller, who judges many files of an exercise and keeps them from everybody.
    """
    began = time.monotonic()
    heard = listen or _deaf
    untouched = not judge_starter and fingerprint(source) == fingerprint(exercise.starter())
    if exercise.questions:
        report = questions.check(exercise, source, worker, path=path, listen=heard)
    else:
        report = _check_run(exercise, source, worker, path, heard, prove=prove, shown=shown, seeds=seeds)
    if untouched:
        report = replace(report, verdict="not_started")
    return replace(report, seconds=time.monotonic() - began, title=exercise.title, source=source)


def request_for(exercise: Exercise, source: str, *, name: str, seed: int) -> Request:
    """Ask for one training of a file on an exercise's task."""
    return Request(
        job="train",
        exercise=str(exercise.folder),
        source=source,
        name=name,
        entry=exercise.entry,
        seed=seed,
        epochs=exercise.epochs,
        deadline=exercise.deadline,
    )


def _deaf(_: object) -> None:
    pass


def _check_run(
    exercise: Exercise,
    source: str,
    worker: Worker,
    path: str,
    listen: Listener,
    *,
    prove: bool,
    shown: bool,
    seeds: tuple[int, ...] | None,
) -> Report:
    if blanks := questions.blanks(source):
        return _blank_report(exercise, path, blanks)
    request = request_for(exercise, source, name=path, seed=exercise.seeds[0])
    solution = replace(request, source=exercise.solution(), name="solution.py")
    if not shown:
        return _unseen(exercise, worker, path, request, solution, seeds, prove=prove)
    gathered, reference = _main_run(worker, request, solution, listen)
    found = catalogue.matching(replace(gathered.run, source=source)) if gathered.run else ()
    report = _report(exercise, path, gathered, reference)
    if judging.any_error(found):
        return _with_findings(report, _proven(worker, request, solution, found, gathered.run, listen, prove=prove))
    report = replace(report, findings=tuple(catalogue.finding(*pair) for pair in found))
    if report.outcome != "finished" or report.error is not None:
        return report
    return _judged(report, request, solution, worker, listen)


def _main_run(worker: Worker, request: Request, solution: Request, listen: Listener) -> tuple[Gathered, Run | None]:
    """The learner's run, and the reference's beside it as soon as that has started: one that is kept takes reading."""
    started = threading.Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        waited_for = pool.submit(_after, started, lambda: running.reference(worker, solution))
        held = Held(listen, waited_for)

        def heard(event: Progress) -> None:
            started.set()
            held(event)

        try:
            gathered = running.gather(worker, request, heard)
        finally:
            started.set()
        return gathered, waited_for.result()


def _after(started: threading.Event, action: Callable[[], Run | None]) -> Run | None:
    started.wait()
    return action()


def _blank_report(exercise: Exercise, path: str, blanks: Sequence[int]) -> Report:
    words = f"{len(blanks)} blank{'s' if len(blanks) > 1 else ''} `____` still to fill in"
    failure = Failure("Blank", words, line=blanks[0], hint="replace every `____`")
    return Report(path, exercise.id, "finished", "unsolved", 0.0, error=failure, versions=Versions(__version__))


def _report(exercise: Exercise, path: str, gathered: Gathered, reference: Run | None) -> Report:
    run, started = gathered.run, gathered.started
    failure = gathered.ended.failure or (run.error if run else None)
    incomplete = failure is not None and failure.type in INCOMPLETE
    outcome: Outcome = "finished" if incomplete else gathered.ended.outcome
    verdict: Verdict | None = "unsolved" if incomplete else None
    return Report(
        path=path,
        exercise=exercise.id,
        outcome=outcome,
        verdict=verdict,
        seconds=0.0,
        error=failure,
        start_loss=run.start_loss if run else None,
        epochs=run.epochs if run else (),
        reference=reference.epochs if reference else (),
        tables=gathered.measured.tables if gathered.measured else (),
        goals=gathered.measured.goals if gathered.measured else (),
        output=gathered.ended.output,
        output_dropped=gathered.ended.output_dropped,
        seeds=(run.seed,) if run else (),
        sandbox=started.sandbox if started else "none",
        versions=Versions(__version__, started.tensorflow, started.keras, started.python)
        if started
        else Versions(__version__),
        notes=gathered.ended.notes,
        trend=_trend(run) if run else "",
    )


def _trend(run: Run) -> str:
    """What the loss did; a step that raised before the first epoch was over left it where it was."""
    stopped = run.error is not None and not run.epochs and run.start_loss is not None
    return "same" if stopped else narrative.trend(run.start_loss, run.epochs)


# ------------------------------------------------------------------------------------------------- findings


def _with_findings(report: Report, findings: tuple[Finding, ...]) -> Report:
    """A finding of level error explains the file, so the exception it led to is not shown beside it."""
    errors = any(f.level == "error" for f in findings)
    return replace(report, findings=findings, verdict="unsolved" if errors else report.verdict)


def _proven(
    worker: Worker,
    request: Request,
    solution: Request,
    found: Sequence[tuple[Entry, Match]],
    run: Run | None,
    listen: Listener,
    *,
    prove: bool,
) -> tuple[Finding, ...]:
    """Prove the first cause of a run; the others are reported as they matched."""
    findings = [catalogue.finding(entry, match) for entry, match in found]
    if prove:
        entry = found[0][0]
        listen(Phase("proving", entry.code))
        findings[0] = replace(findings[0], proof=prove_cause(worker, request, solution, entry, run=run))
    return tuple(findings)


def prove_cause(
    worker: Worker, request: Request, solution: Request, entry: Entry, *, run: Run | None = None, seeds: int = 3
) -> Proof:
    """Train unchanged, repaired and with the placebo on several seeds, side by side, and judge.

    `run` is the unchanged training on one of these seeds, where it was seen already: it is not made again.
    """
    if not entry.diagnosis.intervention:
        return proving.without_intervention(entry)
    chosen = tuple(request.seed + number for number in range(seeds))
    treatments = ("", entry.diagnosis.intervention, proving.PLACEBO)
    known = {("", run.seed): run} if run is not None else {}
    left = [(name, seed) for name in reversed(treatments) for seed in chosen if (name, seed) not in known]
    with ThreadPoolExecutor(max_workers=1) as pool:
        references = pool.submit(running.references_on, worker, solution, chosen)
        known |= _replayed(worker, request, left)
        columns = [[_of_seed(known.get((name, seed)), request, seed) for seed in chosen] for name in treatments]
        rows = zip(chosen, references.result(), *columns, strict=True)
    return proving.judge(entry, [proving.Trial(*row) for row in rows])


def _replayed(worker: Worker, request: Request, replays: Sequence[Replay]) -> dict[Replay, Run]:
    """Make replays side by side, as many of them in each process as in the others: each is warm after its first."""
    processes = min(processors.available(), len(replays))
    portions = [replays[number::processes] for number in range(processes)]
    gathered = running.side_by_side(worker, [_asked(request, portion) for portion in portions])
    made: dict[Replay, Run] = {}
    for portion, one in zip(portions, gathered, strict=True):
        made.update(zip(portion, one.runs, strict=False))  # a process that ended early made fewer
    return made


def _asked(request: Request, replays: Sequence[Replay]) -> Request:
    """Ask for the same training again with other seeds and treatments, one after another in one process."""
    interventions, seeds = zip(*replays, strict=True)
    again = replace(request, intervention=interventions[0], seed=seeds[0], artifact="")
    return replace(again, more_interventions=interventions[1:], more_seeds=seeds[1:])


def _of_seed(run: Run | None, request: Request, seed: int) -> Run:
    """The run itself, or an empty one where the process ended before it."""
    return replace(run or Run(seed=seed), source=request.source)


# ------------------------------------------------------------------------------------------------- judging


def _judged(
    report: Report,
    request: Request,
    solution: Request,
    worker: Worker,
    listen: Listener,
) -> Report:
    """No finding: judge fresh seeds. The task's own check of the run can fail a file, never solve it."""
    if not judging.all_met(report.goals):
        return replace(report, verdict="unsolved")
    listen(Phase("judging"))
    seeds = judging.draw()
    trained, judge = judging.fresh_seeds(worker, request, solution, seeds)
    return replace(judging.verdict_of(report, request, seeds, trained, judge), seeds=(*report.seeds, *seeds))


def _unseen(
    exercise: Exercise,
    worker: Worker,
    path: str,
    request: Request,
    solution: Request,
    given: tuple[int, ...] | None,
    *,
    prove: bool,
) -> Report:
    """Judge fresh seeds at once; what the first of them showed is what is reported."""
    seeds = given or judging.draw()
    trained, judge = judging.fresh_seeds(worker, request, solution, seeds, beside=given is None)
    report = replace(_report(exercise, path, trained, None), seeds=seeds)
    if report.outcome == "finished" and report.error is None and judging.all_met(report.goals):
        report = judging.verdict_of(report, request, seeds, trained, judge)
    elif report.outcome == "finished" and report.error is None:
        report = replace(report, verdict="unsolved")
    found = catalogue.matching(replace(trained.run, source=request.source)) if trained.run else ()
    if report.verdict == "flaky" or not judging.any_error(found):
        return report
    return _with_findings(report, _proven(worker, request, solution, found, trained.run, _deaf, prove=prove))
