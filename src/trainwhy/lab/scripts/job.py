"""The job `script`: run it, watch it, stop it when enough was seen, and say what was seen."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import keras
import tensorflow as tf

from trainwhy.lab import failures, graph_mode, seeding
from trainwhy.lab.loading import Unusable
from trainwhy.lab.probes import calls, leaves, ops, tape, updates
from trainwhy.lab.scripts import clock as clocks
from trainwhy.lab.scripts import execute, exits, freeze, probes
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.results import Event, Failure, Observed, Request, Script

FAREWELL = 3.0  # seconds before the deadline at which a script that is still running is ended
THEIRS = ("execute.py", "calling.py")  # where the user's code is compiled and called: what is raised there is theirs
Emit = Callable[[Event], None]


def watch(request: Request, script: Script, emit: Emit) -> None:
    """Run one script under observation; its exceptions become part of the run."""
    script = execute.own_place(script)
    execute.prepare(script, request.source)
    session, recorder = ScriptSession(request, script), ScriptRecorder()
    os.register_at_fork(after_in_child=lambda: setattr(session, "_flag", False))
    seeding.seed(session, request.seed)
    _install(session, recorder)
    graph_mode.refuse(session)
    clock = clocks.install(session) if request.observe else clocks.Clock(session)
    # Whole tracebacks tell whose fault an exception is; filtered, their innermost frame would be a wrap of ours.
    keras.config.disable_traceback_filtering()
    tf.debugging.disable_traceback_filtering()
    if session.looking:
        tf.config.run_functions_eagerly(True)
    at_exit = exits.collect(session)
    began = time.monotonic()
    stopped = ""
    try:
        with session.learner_in_control(), _alarm(request.deadline - FAREWELL):
            execute.run(script, request.source, session.trail if _rewritten(session) else None)
    except clocks.Enough as enough:
        stopped = str(enough)
    except clocks.NextPlease:
        stopped = "look"
    except SystemExit as leaving:
        recorder.error = _left(leaving, session)
    except Unusable as unusable:
        recorder.error = unusable.failure
    except BaseException as error:  # whatever it is, it is the script's, unless it was raised in our own lines
        if _ours(error) and not _rewritten(session):  # there, `trail` runs the script's own operations for it
            raise
        session.raised = error
        recorder.error = failures.describe(error, script.path, session.files.before)
    with session.harness_in_control():
        session.close()
        run = freeze.run(
            session, recorder, clock, stopped=stopped, seconds=time.monotonic() - (session.started or began)
        )
        emit(Observed(run))
    watched = script.confined and not script.look  # in a sandbox that run has a copy too
    if watched or not script.pristine:  # in a look and in a replay nobody waits for what a script does at its end
        exits.run(at_exit)
    exits.remove_generated()
    _flush()


def _rewritten(session: ScriptSession) -> bool:
    """Whether the script's own operators run through `trail`: in a look, and for a repair of its arithmetic."""
    return session.looking or session.trail.exact


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End the script from within a moment before its deadline, so that what was seen until then is told."""
    alarm = getattr(signal, "SIGALRM", None)
    if alarm is None:  # Windows: the parent ends the process
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise clocks.Enough("deadline")

    signal.signal(alarm, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1.0), 1.0)  # again each second, should the script catch it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)


def _install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    session.collect_optimizers()
    if session.request.intervention:
        module = importlib.import_module(f"trainwhy.lab.interventions.{session.request.intervention}")
        module.install(session)
    if not session.request.observe:
        return
    exact = (ops, leaves) if session.looking else ()
    for probe in (tape, updates, calls, *exact, *probes.modules()):
        probes.start(probe, session, recorder)


def _ours(error: BaseException) -> bool:
    """Whether an exception was raised by trainwhy itself, on behalf of nobody."""
    if issubclass(type(error), (KeyboardInterrupt, MemoryError, RecursionError)):
        return False
    frames = traceback.extract_tb(failures.trace(error))
    last = Path(frames[-1].filename) if frames else Path()
    inside = last.is_relative_to(Path(__file__).parents[2])
    passed_on = inside and "original" in (frames[-1].line or "")  # a call handed on with the arguments it came with
    return inside and not passed_on and last.name not in THEIRS and last.parent.name != "interventions"


def _left(leaving: SystemExit, session: ScriptSession) -> Failure | None:
    """`sys.exit()` at the end is a normal end; with a code or words it says that something went wrong."""
    code = _exit_code(leaving.code)
    if code == 0:
        return None
    failure = failures.describe(leaving, session.path, session.files.before)
    said = failure.message if code is None else code
    words = f"the script ended itself with exit code {said}"
    usage = "arguments for the script go behind `--`: `trainwhy check train.py -- --epochs 3`"
    return Failure(failure.type, words, failure.line, frames=failure.frames, hint=usage if said == 2 else "")  # noqa: PLR2004 - what argparse leaves with


def _exit_code(given: object) -> int | None:
    """The code that Python would leave with; None for anything that it would print."""
    if given is None:
        return 0
    return int.__int__(given) if issubclass(type(given), int) else None  # type: ignore[arg-type]  # its class says so


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
