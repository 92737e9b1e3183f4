"""Judging on a Dask cluster: each worker process keeps one warm engine, and each file is one pure task.

A task is named by its exercise, its bytes and the judge, so a task that runs again because its worker died gives the
same key, and one result is kept of it. What travels is text: source in, a report as JSON out. No task is given to a
worker whose package, course or libraries are not the grader's own.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import distributed

from trainwhy import check, course, wire
from trainwhy.errors import NoSandbox, TrainwhyError, Usage
from trainwhy.grading import judge as judges
from trainwhy.grading.marks import Job, broken, trimmed
from trainwhy.grading.seeds import Seeds
from trainwhy.results import Report
from trainwhy.worker import trying
from trainwhy.worker.process import ProcessWorker

if TYPE_CHECKING:
    from trainwhy.grading.judge import Judge

CONNECT = 10.0  # seconds
LOOK = 2.0  # seconds between looks at the cluster while nothing arrives
ALONE = 120.0  # seconds without any worker after which the grader gives up
IDLE = 600.0  # seconds without a task after which a worker process lets go of TensorFlow
RETRIES = 3


class Engine(distributed.WorkerPlugin):
    """Lives in each worker process of the cluster, and never imports TensorFlow or a handed-in file itself."""

    def __init__(self, name: str, wanted: Judge) -> None:
        self.name = name
        self._wanted = wanted

    def setup(self, worker: Any) -> None:
        """Begin to load TensorFlow, in a process of its own, before the first task is there."""
        del worker
        self._lock = threading.Lock()
        self._exercises = {one.id: one for one in course.load().exercises}
        self._seeds = Seeds()
        self._difference = self._wanted.differences(here())
        self._engine: ProcessWorker | None = None
        self._used = time.monotonic()
        self._over = threading.Event()
        if not self._difference:
            self._started()
            threading.Thread(target=self._let_go_when_idle, daemon=True).start()

    def teardown(self, worker: Any) -> None:
        """End every process that was started for this grade."""
        del worker
        self._over.set()
        self._close()

    def judge(self, exercise_id: str, source: str) -> dict[str, str]:
        """Judge one file: a report as JSON, or in words why nothing can be judged here."""
        if self._difference:
            return {"stop": f"it differs in {', '.join(self._difference)}"}
        exercise = self._exercises[exercise_id]
        try:
            report = check.check(
                exercise,
                source,
                self._started(),
                path=exercise.file,
                shown=False,
                prove=self._wanted.prove,
                seeds=self._seeds.of(exercise_id),
            )
        except TrainwhyError as error:
            return {"stop": error.message}
        except Exception as error:  # noqa: BLE001 - a fault of ours with one file must not cost the others
            report = broken(exercise, error)
        finally:
            self._used = time.monotonic()
        self._seeds.saw(report)
        return {"report": wire.dump(trimmed(report))}

    def _started(self) -> ProcessWorker:
        with self._lock:
            self._used = time.monotonic()
            if self._engine is None:
                self._engine = ProcessWorker(bulk=True, require_sandbox=self._wanted.sandbox)
            return self._engine

    def _close(self) -> None:
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _let_go_when_idle(self) -> None:
        """End the engine of a grader that was killed: nobody else would."""
        while not self._over.wait(IDLE / 10):
            if time.monotonic() - self._used > IDLE:
                self._close()


def here(*, sandbox: bool = False) -> Judge:
    """Describe the judge of the process that this runs in; raise NoSandbox where one is required and does not hold."""
    if sandbox:
        trying.require()
    return judges.here(course.course_folder())


def perform(name: str, exercise_id: str, source: str) -> dict[str, str]:
    """Do one task in a worker process."""
    engine = cast("Engine", distributed.get_worker().plugins[name])
    return engine.judge(exercise_id, source)


def judged(
    address: str, jobs: Sequence[Job], wanted: Judge, *, waiting: Callable[[str], None]
) -> Iterator[tuple[Job, Report]]:
    """Yield each job with its report as the cluster finishes it; closing the iterator takes back what is not begun.

    Raises Usage where there is no cluster, or where a worker's package, course or libraries are others. `waiting` is
    told what is being waited for.
    """
    logging.getLogger("distributed").setLevel(
        logging.CRITICAL
    )  # it speaks of lost connections; what matters is said here
    with _connected(address) as client:
        _check(client, wanted, waiting)
        engine = Engine(f"trainwhy-{secrets.token_hex(6)}", wanted)
        client.register_plugin(engine, name=engine.name)
        try:
            yield from _results(client, engine.name, jobs, wanted, waiting)
        finally:
            with contextlib.suppress(Exception):  # the cluster may be gone
                client.unregister_worker_plugin(engine.name)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    connect: Any = distributed.Client  # its methods have no types
    try:
        client = connect(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        found = " ".join(str(error).split())[:200]
        raise Usage(
            f"no Dask scheduler answers at {address}: {found}", "`dask scheduler` prints its address"
        ) from error
    try:
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=CONNECT)


def _check(client: Any, wanted: Judge, waiting: Callable[[str], None]) -> None:
    """Refuse workers that would judge otherwise, before anything is sent to them."""
    began = time.monotonic()
    while not _workers(client):
        waiting("waiting for a Dask worker")
        if time.monotonic() - began > ALONE:
            raise Usage("the Dask cluster has no worker", "`dask worker ADDRESS` starts one")
        time.sleep(0.2)
    found = client.run(here, sandbox=wanted.sandbox, on_error="return")
    without = next((one for one in found.values() if isinstance(one, NoSandbox)), None)
    if without is not None:
        raise without
    said = mismatches(found, wanted)
    if said:
        raise Usage(
            "\n".join(["the Dask workers would judge otherwise than this machine:", *(f"  {one}" for one in said)]),
            "install the same trainwhy, course and libraries on every worker",
        )


def mismatches(found: Mapping[str, object], wanted: Judge) -> list[str]:
    """Say of each worker, by its address, what is not as here."""
    said = []
    for address, one in sorted(found.items()):
        if not isinstance(one, judges.Judge):
            said.append(f"{address}: {type(one).__name__}: {' '.join(str(one).split())[:200]}")
        elif different := wanted.differences(one):
            said.append(f"{address}: it differs in {', '.join(different)}")
    return said


def _workers(client: Any) -> Mapping[str, Any]:
    known: Mapping[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return known


def _results(
    client: Any, name: str, jobs: Sequence[Job], wanted: Judge, waiting: Callable[[str], None]
) -> Iterator[tuple[Job, Report]]:
    done: queue.SimpleQueue[Any] = queue.SimpleQueue()
    pending: dict[str, tuple[Any, Job]] = {}
    for job in jobs:
        key = f"trainwhy-{name}-{job.exercise}-{job.sha256}-{wanted.key}"
        future = client.submit(perform, name, job.exercise, job.source, key=key, pure=False, retries=RETRIES)
        pending[key] = (future, job)
        future.add_done_callback(done.put)
    try:
        while pending:
            future = _next(client, done, waiting)
            known = pending.pop(future.key, None)
            if known is not None:
                yield known[1], _report(future)
    finally:
        if pending:
            with contextlib.suppress(Exception):
                client.cancel([future for future, _ in pending.values()], force=True)


def _next(client: Any, done: queue.SimpleQueue[Any], waiting: Callable[[str], None]) -> Any:
    """Wait for the next finished task, and notice when there is nobody left to do it."""
    last = time.monotonic()
    while True:
        with contextlib.suppress(queue.Empty):
            return done.get(timeout=LOOK)
        if client.status not in ("running", "connecting"):
            raise TrainwhyError("the Dask scheduler is gone", "start it again; finished work is kept")
        if _workers(client):
            last = time.monotonic()
        else:
            waiting("waiting for a Dask worker")
        if time.monotonic() - last > ALONE:
            raise TrainwhyError("the Dask cluster has no worker any more", "start one again; finished work is kept")


def _report(future: Any) -> Report:
    if future.status != "finished":
        error = future.exception() if future.status == "error" else None
        raise TrainwhyError(
            f"the Dask cluster gave up a task: {type(error).__name__ if error else future.status}",
            "its workers died again and again over it: look at their memory and their log; finished work is kept",
        )
    said = future.result()
    if "stop" in said:
        raise Usage(f"a Dask worker cannot judge: {said['stop']}", "finished work is kept")
    return wire.load(said["report"], Report)
