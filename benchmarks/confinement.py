"""What the sandbox costs: the same runs confined, and as on a kernel that has neither Landlock nor seccomp.

Both have a warm template that forks a worker per run. The open ones are a process of their own, because a kernel
cannot be asked to forget; they alternate with the confined ones.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ratios import Ratio, seconds, side_by_side

from trainwhy import course, running
from trainwhy.check import request_for
from trainwhy.results import Request
from trainwhy.worker import landlock
from trainwhy.worker.process import ProcessWorker

TIMES = 15
OLDER = Path(__file__).parents[1] / "tests" / "older_kernel.py"
PROMPT = b"describe\n", b"train\n"


def measure() -> list[Ratio]:
    """Time a run that builds a model, where starting is most of it, and one that trains."""
    if landlock.version() == 0:
        print("nothing is confined on this kernel")
        return []
    command = [sys.executable, str(OLDER), "landlock,seccomp", sys.executable, __file__]
    with (
        ProcessWorker() as worker,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other,
    ):
        describe, train = (side_by_side(_here(worker, word), _there(other, word), TIMES) for word in PROMPT)
        other.stdin.close()
    return [
        Ratio("a run that builds a model, confined", *describe, limit=1.1, slack=0.02),
        Ratio("a run that trains, confined", *train, limit=1.05, slack=0.02),
    ]


def _here(worker: ProcessWorker, word: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a closure
    return lambda: _run(worker, word, "landlock")


def _there(other: subprocess.Popen[bytes], word: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a closure
    def ask() -> None:
        other.stdin.write(word)
        other.stdin.flush()
        if not other.stdout.readline():
            raise RuntimeError("the other process ended")

    return ask


def _run(worker: ProcessWorker, word: bytes, sandbox: str) -> None:
    gathered = running.gather(worker, _request(word))
    if gathered.ended.outcome != "finished" or not gathered.started.sandbox.startswith(sandbox):
        raise RuntimeError(f"{gathered.ended} in {gathered.started}")


def _request(word: bytes) -> Request:
    exercise = course.load().find("missing-apply")
    if word == PROMPT[0]:
        return Request("describe", str(exercise.folder))
    return request_for(exercise, exercise.solution(), name="x.py", seed=0)


def serve() -> None:
    """Run what each line on standard input asks for; say how long it took."""
    with ProcessWorker() as worker:
        for word in sys.stdin.buffer:
            print(seconds(lambda word=word: _run(worker, word, "none")), flush=True)


if __name__ == "__main__":
    serve()
