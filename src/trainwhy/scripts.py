"""The core for a script of one's own: watched, looked at, diagnosed and proven, it becomes a `Report`.

Two processes run the script at the same time. One watches it exactly as it is; what it does decides. The other looks
at its first steps eagerly, where every value and every line can be seen; it explains.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from trainwhy import __version__, catalogue, chains, ladder, narrative, running, scratch
from trainwhy.catalogue import Entry
from trainwhy.replays import climb, prove, with_directions
from trainwhy.results import (
    Epoch,
    Failure,
    Finding,
    Match,
    Outcome,
    Phase,
    Report,
    Request,
    Run,
    Script,
    Span,
    Verdict,
    Versions,
)
from trainwhy.running import Gathered, Listener
from trainwhy.worker import Worker

ROWS = 12  # epochs shown of a long training
FEWEST = 12  # steps of a replay that every proof may have
NO_TRAINING = "NoTraining"
STRUCTURAL = "TW3"  # codes below are decided by the structure of a step: the training loop, outputs and loss


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the training is observed, and how much is spent on proving."""

    steps: int | None = None
    epochs: int | None = None
    seconds: float = 60.0
    seeds: int = 3
    prove: bool = True

    @property
    def deadline(self) -> float:
        """Seconds after which a script is ended that trains too long, or not at all."""
        return 20.0 + 2 * self.seconds


def check(
    script: Script, source: str, worker: Worker, *, path: str, limits: Limits, listen: Listener | None = None
) -> Report:
    """Watch a script and explain why it does or does not train. `path` is how it is called in messages."""
    began = time.monotonic()
    heard = listen or (lambda _: None)
    request = request_for(script, source, limits)
    with scratch.pristine(script.folder) as kept:
        again = replace(request, script=replace(request.script or script, pristine=kept))
        if script.confined:  # it may not touch the user's files: it is watched in a copy too
            request = again
        watched, looked = _both(worker, request, heard, again)
        run = merged(watched.run, looked.run, watched.ended.failure)
        report = _report(path, source, watched, run, confined=script.confined)
        found = catalogue.matching(run) if run is not None else ()
        findings = _proven(worker, again, run, found, limits, heard) if run is not None else ()
    report = in_their_files(_concluded(report, findings, run))
    if run is not None:
        report = replace(report, findings=tuple(replace(f, chain=chains.chain(run, f)) for f in report.findings))
    return replace(report, seconds=time.monotonic() - began)


def in_their_files(report: Report) -> Report:
    """Lines that were counted through all files, said as lines of the file they stand in."""
    others = report.files[1:]
    if not others:
        return report
    findings = tuple(replace(f, spans=tuple(_placed(s, report.files) for s in f.spans)) for f in report.findings)
    rows = report.source.split("\n")
    ends = [before for _, before in others[1:]] + [len(rows)]
    texts = {path: "\n".join(rows[before:end]) for (path, before), end in zip(others, ends, strict=True)}
    own = "\n".join(rows[: others[0][1]])
    error = _placed_failure(report.error, report.files)
    return replace(report, findings=findings, error=error, source=own, texts=texts)


def _placed(span: Span, files: Sequence[tuple[str, int]]) -> Span:
    path, before = _file_of(span.line, files)
    moved = replace(span, line=span.line - before, end_line=span.end_line - before)
    return replace(moved, path=path) if before else moved


def _file_of(line: int, files: Sequence[tuple[str, int]]) -> tuple[str, int]:
    return max((one for one in files if one[1] < line), key=lambda one: one[1], default=("", 0))


def _placed_failure(failure: Failure | None, files: Sequence[tuple[str, int]]) -> Failure | None:
    """Of a traceback through several files, the deepest line of the script's own file is shown."""
    if failure is None:
        return None
    end = files[1][1]
    own = tuple(frame for frame in failure.frames if frame.line <= end)
    path, before = _file_of(failure.line or 1, files)
    if not before:
        return replace(failure, frames=own)
    words = f"{failure.message} (in {path}, line {(failure.line or 0) - before})"
    return replace(failure, message=words, frames=own, line=own[-1].line if own else None)


def observe(worker: Worker, request: Request) -> Run | None:
    """Watch a script and look at it, and merge what was seen."""
    watched, looked = _both(worker, request, lambda _: None)
    return merged(watched.run, looked.run, watched.ended.failure)


def request_for(script: Script, source: str, limits: Limits) -> Request:
    """The request to watch a script within limits."""
    bounded = replace(script, steps=limits.steps, epochs=limits.epochs, seconds=limits.seconds)
    return Request(job="script", exercise="", source=source, name=script.path, script=bounded, deadline=limits.deadline)


def _both(
    worker: Worker, request: Request, listen: Listener, again: Request | None = None
) -> tuple[Gathered, Gathered]:
    """Watch and look at the same time; the second pair of eyes is silent, and runs beside the user's files."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        looking = pool.submit(_look, worker, look_of(again or request), listen)
        watched = running.gather(worker, request, listen)
        return watched, looking.result()


def _look(worker: Worker, request: Request, listen: Listener) -> Gathered:
    """Look at the first steps; what they make clear is said at once, while the script is still being watched."""
    looked = running.gather(worker, request)
    if looked.run is not None and looked.run.seen is not None:
        found = catalogue.matching(replace(looked.run, look=looked.run.seen))
        if found and found[0][0].diagnosis.level == "error" and found[0][0].code < STRUCTURAL:
            entry, match = found[0]
            listen(Phase("clear", entry.code, f"{entry.diagnosis.name}: {match.title}"))
    return looked


def look_of(request: Request) -> Request:
    """The request for an eager look at the same script."""
    if request.script is None:
        return request
    return replace(request, script=replace(request.script, look=True))


def merged(watched: Run | None, looked: Run | None, failure: Failure | None = None) -> Run | None:
    """What the script did, with the details that only the eager look could see."""
    if watched is None:
        return None if failure is None or looked is None else replace(looked, look=looked.seen, error=failure)
    if looked is None or looked.seen is None:
        return watched
    return replace(
        watched,
        look=looked.seen,
        ops=looked.ops,
        later_ops=looked.later_ops,
        leaves=looked.leaves,
        calls=looked.calls or watched.calls,
        gradient_calls=looked.gradient_calls or watched.gradient_calls,
        updates=looked.updates or watched.updates,
        modes=watched.modes or looked.modes,
        check=looked.check,
        variables=tuple(with_directions(watched.variables, looked)),
    )


# ------------------------------------------------------------------------------------------------- the report


def _report(path: str, source: str, watched: Gathered, run: Run | None, *, confined: bool) -> Report:
    started = watched.started
    failure = watched.ended.failure or (run.error if run else None)
    seen = run.seen if run else None
    outcome: Outcome = watched.ended.outcome
    shown = rows(run.epochs) if run else ()
    return Report(
        path=path,
        exercise=None,
        outcome=outcome,
        verdict=None,
        seconds=0.0,
        source=run.source if run and run.source else source,
        error=failure,
        epochs=shown,
        output=watched.ended.output,
        output_dropped=watched.ended.output_dropped,
        seeds=(0,),
        sandbox=started.sandbox if started else "none",
        versions=Versions(__version__, started.tensorflow, started.keras, started.python)
        if started
        else Versions(__version__),
        notes=(
            *watched.ended.notes,
            CONFINED if confined else FREE,
            *_said(run, shown),
            *(f"not observed: {one}" for one in (run.unobserved if run else ())),
        ),
        trend=narrative.trend(None, run.epochs) if run else "",
        files=seen.files if seen else (),
    )


def rows(epochs: Sequence[Epoch]) -> tuple[Epoch, ...]:
    """Every epoch of a short training; of a long one some, evenly spread, the first and the last among them."""
    if len(epochs) <= ROWS:
        return tuple(epochs)
    last = len(epochs) - 1
    return tuple(epochs[round(i * last / (ROWS - 1))] for i in range(ROWS))


STOPS = {
    "steps": "the script was ended after the steps that were asked for",
    "epochs": "the script was ended after the epochs that were asked for",
    "seconds": "the script was ended when the time for observing was over; `--seconds` gives it more",
    "deadline": "the script was ended because it ran on; `--seconds` gives it more time",
}


FREE = "the script ran without a sandbox, as it would have without trainwhy"
CONFINED = "the script ran in a copy of its folder, which is gone: files that it wrote are not kept"


def _said(run: Run | None, shown: Sequence[Epoch]) -> tuple[str, ...]:
    if run is None or run.seen is None:
        return ()
    found: list[str] = []
    if run.seen.stopped in STOPS:
        found.append(f"{STOPS[run.seen.stopped]}: {narrative.plural(run.steps, 'step')} were seen")
    if len(shown) < len(run.epochs):
        found.append(f"{len(shown)} of {narrative.plural(len(run.epochs), 'epoch')} are shown")
    return tuple(found)


def _concluded(report: Report, findings: tuple[Finding, ...], run: Run | None) -> Report:
    errors = any(one.level == "error" for one in findings)
    report = replace(report, findings=findings)
    if errors:
        return replace(report, verdict="unsolved")
    if run is not None and run.seen is not None and run.seen.stopped == "deadline" and not trained(run):
        return replace(report, outcome="timed_out", error=_no_training(run))
    if report.outcome == "finished" and run is not None and not trained(run):
        return replace(report, outcome="no_evidence", error=_no_training(run))
    healthy: Verdict | None = "healthy" if report.outcome == "finished" else None
    return replace(report, verdict=healthy)


def trained(run: Run) -> bool:
    """Whether anything that trains was seen."""
    fits = run.seen.fits if run.seen else ()
    return bool(run.steps or run.update_count or run.gradient_call_count or fits)


def _no_training(run: Run) -> Failure:
    if run.seen is not None and run.seen.stopped == "deadline":
        return Failure(
            "TimedOut", "the script ran on without a training step and was ended", hint="`--seconds` gives it more time"
        )
    return Failure(
        NO_TRAINING,
        "the script ran to its end, and no training was seen: no gradient, no optimizer step, no `fit`",
        hint="name the script that trains; a module with functions only is checked with `--function NAME`",
    )


# ------------------------------------------------------------------------------------------------- proof


def _proven(
    worker: Worker,
    request: Request,
    run: Run,
    found: Sequence[tuple[Entry, Match]],
    limits: Limits,
    listen: Listener,
) -> tuple[Finding, ...]:
    """Prove the first cause; the others are reported as they matched."""
    guess = next((pair for pair in found if pair[0].code in ladder.RUNGS), None)
    if guess is not None and limits.prove:  # a rate is blamed only when another one would have learned
        listen(Phase("proving", guess[0].code))
        proof = climb(worker, request, run, guess[0], limits.seeds)
        found = [pair for pair in found if pair[0].code not in ladder.RUNGS]
        if proof is not None:
            proven = replace(catalogue.finding(*guess), level="error", proof=proof)
            return (proven, *(catalogue.finding(entry, match) for entry, match in found))
    findings = [catalogue.finding(entry, match) for entry, match in found]
    if limits.prove and findings and (found[0][1].level or found[0][0].diagnosis.level) == "error":
        entry = found[0][0]
        listen(Phase("proving", entry.code))
        findings[0] = replace(findings[0], proof=prove(worker, request, run, entry, limits.seeds))
    return tuple(findings)
