"""What a run costs beyond its training: the verifier beside it, and the memory of one more worker."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ratios import Ratio, side_by_side

from trainwhy import course, judging, running
from trainwhy.check import request_for
from trainwhy.results import Request
from trainwhy.worker.process import ProcessWorker

HERE = Path(__file__).parent
SEEDS = (20, 21)
TIMES = 7
MIB = 1 << 20


def measure() -> list[Ratio]:
    """Time the training of two seeds with and without its judgement; weigh a worker against a process of its own."""
    exercise = course.load().find("missing-apply")
    asked = request_for(exercise, exercise.solution(), name="solution.py", seed=SEEDS[0])
    asked = replace(asked, more_seeds=SEEDS[1:])
    with ProcessWorker(bulk=True) as worker:
        judged, trained = side_by_side(_judged(worker, asked), lambda: running.gather(worker, asked), TIMES)
        template = worker._template  # noqa: SLF001 - whose children are weighed
        if template is None:
            return [Ratio("a run that is judged, to one that only trains", judged, trained, limit=1.5)]
        own = _weighed(template.pid, lambda: running.gather(worker, replace(asked, epochs=60)))
    return [
        Ratio("a run that is judged, to one that only trains", judged, trained, limit=1.5),
        Ratio("private memory of one more worker, GiB for s", own, _plain(exercise), limit=0.5),
    ]


def _judged(worker: ProcessWorker, asked: Request) -> Callable[[], object]:
    return lambda: judging.fresh_seeds(worker, asked, asked, SEEDS)


def _plain(exercise: course.Exercise) -> float:
    """Weigh a plain script that trains the same."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(exercise.solution())
        file.flush()
        command = [sys.executable, str(HERE / "plain_script.py"), str(exercise.folder), file.name]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            most = 0.0
            while process.poll() is None:
                most = max(most, _private(process.pid))
                time.sleep(0.01)
    return most


def _weighed(template: int, run: Callable[[], object]) -> float:
    """Return the most memory that all processes below a template had for themselves while `run` ran, in GiB."""
    most, over = [0.0], threading.Event()

    def look() -> None:
        while not over.is_set():
            most[0] = max(most[0], sum(map(_private, _below(template))))
            time.sleep(0.01)

    watcher = threading.Thread(target=look)
    watcher.start()
    run()
    over.set()
    watcher.join()
    return most[0]


def _below(root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        try:
            children = Path(f"/proc/{(pid := waiting.pop())}/task/{pid}/children").read_text(encoding="ascii").split()
        except OSError:
            continue
        found += map(int, children)
        waiting += map(int, children)
    return found


def _private(pid: int) -> float:
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Private_")) / (1024 * MIB)
