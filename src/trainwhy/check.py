"""The core: one exercise file, run, diagnosed, proven and judged, becomes a `Report`.

Everything here is decided from what workers observed and what the verifier recomputed; nothing is decided from the
text of the learner's file but whether it is still the untouched starter.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from trainwhy import __version__, catalogue, narrative, proving, questions, running
from trainwhy.catalogue import Entry
from trainwhy.course import Exercise, fingerprint
from trainwhy.results import (
    Failure,
    Finding,
    Goal,
    Match,
    Measured,
    Outcome,
    Phase,
    Proof,
    Report,
    Request,
    Run,
    Verdict,
    Versions,
)
from trainwhy.running import Gathered, Held, Listener
from trainwhy.worker import Worker

HIDDEN_SEEDS = 2
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
) -> Report:
    """Run the learner's `source` of an exercise and explain what happened.

    `path` is how the file is called in messages. `judge_starter` treats an untouched starter like any other file.
    """
    began = time.monotonic()
    heard = listen or _deaf
    untouched = not judge_starter and fingerprint(source) == fingerprint(exercise.starter())
    if exercise.questions:
        report = questions.check(exercise, source, worker, path=path, listen=heard)
    else:
        report = _check_run(exercise, source, worker, path, heard, prove=prove)
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
    exercise: Exercise, source: str, worker: Worker, path: str, listen: Listener, *, prove: bool
) -> Report:
    if blanks := questions.blanks(source):
        return _blank_report(exercise, path, blanks)
    request = request_for(exercise, source, name=path, seed=exercise.seeds[0])
    solution = replace(request, source=exercise.solution(), name="solution.py")
    gathered, reference = _main_run(worker, request, solution, listen)
    found = catalogue.matching(replace(gathered.run, source=source)) if gathered.run else ()
    report = _report(exercise, path, gathered, reference)
    if found:
        return _with_findings(report, _proven(worker, request, solution, found, listen, prove=prove))
    if report.outcome != "finished" or report.error is not None:
        return report
    return _judged(report, exercise, request, solution, worker, listen, gathered)


def _main_run(worker: Worker, request: Request, solution: Request, listen: Listener) -> tuple[Gathered, Run | None]:
    """The learner's run, and the reference's beside it."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        waited_for = pool.submit(running.reference, worker, solution)
        gathered = running.gather(worker, request, Held(listen, waited_for))
        return gathered, waited_for.result()


def _blank_report(exercise: Exercise, path: str, blanks: Sequence[int]) -> Report:
    words = f"{len(blanks)} blank{'s' if len(blanks) > 1 else ''} `____` still to fill in"
    failure = Failure("Blank", words, line=blanks[0], hint="replace every `____`")
    return Report(
        path, exercise.id, "finished", "unsolved", 0.0, error=failure, versions=Versions(__version__)
    )


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
        trend=narrative.trend(run.start_loss, run.epochs) if run else "",
    )


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
    listen: Listener,
    *,
    prove: bool,
) -> tuple[Finding, ...]:
    """Prove the first cause; the others are reported as they matched."""
    findings = [catalogue.finding(entry, match) for entry, match in found]
    if prove:
        entry = found[0][0]
        listen(Phase("proving", entry.code))
        findings[0] = replace(findings[0], proof=prove_cause(worker, request, solution, entry))
    return tuple(findings)


def prove_cause(worker: Worker, request: Request, solution: Request, entry: Entry, seeds: int = 3) -> Proof:
    """Replay the run unchanged, repaired and with the placebo on several seeds, side by side, and judge."""
    if not entry.diagnosis.intervention:
        return proving.without_intervention(entry)
    chosen = [request.seed + number for number in range(seeds)]
    wanted = [
        replace(request, seed=seed, intervention=intervention, artifact="")
        for seed in chosen
        for intervention in ("", entry.diagnosis.intervention, proving.PLACEBO)
    ]
    runs = [g.run or Run(seed=r.seed) for g, r in zip(running.side_by_side(worker, wanted), wanted)]
    references_ = [running.reference(worker, replace(solution, seed=seed)) or Run(seed=seed) for seed in chosen]
    trials = [
        proving.Trial(seed, references_[i], *(replace(run, source=request.source) for run in runs[3 * i : 3 * i + 3]))
        for i, seed in enumerate(chosen)
    ]
    return proving.judge(entry, trials)


# ------------------------------------------------------------------------------------------------- judging


def _judged(
    report: Report,
    exercise: Exercise,
    request: Request,
    solution: Request,
    worker: Worker,
    listen: Listener,
    gathered: Gathered,
) -> Report:
    """No finding: judge fresh seeds. A function exercise was compared with the solution already."""
    if gathered.measured is not None:
        met = all(goal.met for goal in gathered.measured.goals)
        return replace(report, verdict="solved" if met else "unsolved")
    listen(Phase("judging"))
    seeds = tuple(secrets.randbelow(2**31 - 1) for _ in range(HIDDEN_SEEDS))
    with tempfile.TemporaryDirectory(prefix="trainwhy-judge-") as home:
        with ThreadPoolExecutor(max_workers=running.processors()) as pool:
            judged = list(pool.map(lambda s: _judge_seed(worker, request, solution, s, Path(home)), seeds))
    return replace(_verdict(report, judged), seeds=(*report.seeds, *seeds))


def _judge_seed(
    worker: Worker, request: Request, solution: Request, seed: int, home: Path
) -> tuple[Gathered, tuple[tuple[Entry, Match], ...], Measured]:
    """Train on a seed nobody knew, then let the verifier re-evaluate the weights."""
    artifact = str(home / f"{seed}.npz")
    gathered = running.gather(worker, replace(request, seed=seed, artifact=artifact))
    found = catalogue.matching(replace(gathered.run, source=request.source)) if gathered.run else ()
    judged = running.gather(worker, replace(solution, job="judge", seed=seed, artifact=artifact))
    return gathered, found, judged.measured or Measured(goals=(Goal("weights", None, None, "==", met=False, words="the verifier could not judge this run"),))


def _verdict(
    report: Report, judged: Sequence[tuple[Gathered, tuple[tuple[Entry, Match], ...], Measured]]
) -> Report:
    passed = [g.ended.outcome == "finished" and not _errors(f) and all(x.met for x in m.goals) for g, f, m in judged]
    worst = judged[passed.index(False)] if False in passed else judged[0]
    if all(passed):
        return replace(report, verdict="solved", goals=worst[2].goals)
    findings = tuple(catalogue.finding(entry, match) for entry, match in worst[1])
    verdict: Verdict = "flaky" if any(passed) else "unsolved"
    failed = worst[0].ended
    return replace(
        report,
        verdict=verdict,
        goals=worst[2].goals,
        findings=findings,
        outcome=report.outcome if failed.outcome == "finished" else failed.outcome,
        error=report.error or failed.failure,
    )


def _errors(found: Sequence[tuple[Entry, Match]]) -> bool:
    return any(entry.diagnosis.level == "error" for entry, _ in found)
