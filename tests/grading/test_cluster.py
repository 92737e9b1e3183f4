"""Judging on Dask, in a cluster inside this process and with a core that trains nothing."""

from __future__ import annotations

import logging
from dataclasses import replace

import distributed
import pytest

from cli_fakes import FakeWorker, fake_check
from trainwhy import course
from trainwhy.errors import NoSandbox, NoTensorFlow, Usage
from trainwhy.grading import cluster
from trainwhy.grading.marks import Job

pytestmark = pytest.mark.filterwarnings("ignore")  # what distributed warns of is its own
COURSE = course.load()
HERE = cluster.here()
IDS = [exercise.id for exercise in COURSE.exercises[:3]]


@pytest.fixture
def workers(monkeypatch):
    """Fakes in place of the processes that import TensorFlow; give those that were started."""
    started = []

    def start(*, bulk, require_sandbox):
        assert bulk
        assert not require_sandbox
        started.append(FakeWorker())
        return started[-1]

    monkeypatch.setattr(cluster, "ProcessWorker", start)
    monkeypatch.setattr(cluster.check, "check", fake_check)
    return started


@pytest.fixture
def address():
    options = {"processes": False, "n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options, silence_logs=logging.CRITICAL) as made:
        yield made.scheduler_address


def jobs(*texts):
    return [Job(name, f"sha of {text}", text) for name, text in zip(IDS, texts, strict=False)]


def judged(address, *texts, wanted=HERE):
    return {
        job.exercise: report for job, report in cluster.judged(address, jobs(*texts), wanted, waiting=lambda _: None)
    }


def test_every_job_comes_back_once_and_the_engines_end(address, workers):
    found = judged(address, "SOLVED", "broken", "raised")
    assert {name: (one.verdict, one.outcome) for name, one in found.items()} == {
        IDS[0]: ("solved", "finished"),
        IDS[1]: ("unsolved", "finished"),
        IDS[2]: (None, "raised"),
    }
    assert {one.source for one in found.values()} == {""}
    assert [one.closed for one in workers] == [1, 1], "one engine in each worker, ended with the grade"


def test_a_fault_of_ours_with_one_file_does_not_stop_the_others(address, workers):
    found = judged(address, "CRASH-OURS", "SOLVED")
    assert found[IDS[0]].outcome == "internal"
    assert found[IDS[0]].error.type == "ZeroDivisionError"
    assert found[IDS[1]].verdict == "solved"


def test_workers_that_differ_are_refused_before_anything_is_sent(address, workers):
    with pytest.raises(Usage, match="would judge otherwise") as caught:
        judged(address, "SOLVED", wanted=replace(HERE, course="another"))
    assert caught.value.message.count("it differs in the course") == 2
    assert workers == []


def test_a_worker_that_came_later_and_differs_stops_the_grade(address, workers, monkeypatch):
    monkeypatch.setattr(cluster, "_check", lambda *_: None)
    with pytest.raises(Usage, match="a Dask worker cannot judge: it differs in the trainwhy package"):
        judged(address, "SOLVED", wanted=replace(HERE, package="another"))
    assert workers == []


def test_without_tensorflow_on_a_worker_the_grade_stops_with_its_words(address, workers, monkeypatch):
    def missing(*_, **__):
        raise NoTensorFlow("No module named 'tensorflow'")

    monkeypatch.setattr(cluster.check, "check", missing)
    with pytest.raises(Usage, match="TensorFlow does not import here"):
        judged(address, "SOLVED")


def test_closing_early_ends_the_engines(address, workers):
    coming = cluster.judged(address, jobs("SOLVED", "SOLVED", "SOLVED"), HERE, waiting=lambda _: None)
    next(coming)
    coming.close()
    assert [one.closed for one in workers] == [1, 1]


def test_an_idle_engine_lets_go_and_starts_again(workers, monkeypatch):
    monkeypatch.setattr(cluster, "IDLE", 0.05)
    engine = cluster.Engine("e", HERE)
    engine.setup(None)
    assert len(workers) == 1
    for _ in range(500):
        if workers[0].closed:
            break
        engine._over.wait(0.01)
    assert workers[0].closed == 1
    monkeypatch.setattr(cluster, "IDLE", 600.0)
    assert "solved" in engine.judge(IDS[0], "SOLVED")["report"]
    assert len(workers) == 2
    engine.teardown(None)
    assert workers[1].closed == 1


def test_a_required_sandbox_is_tried_on_every_worker_first(address, workers, monkeypatch):
    def fails():
        raise NoSandbox("`tcp` does not hold here")

    monkeypatch.setattr(cluster.trying, "require", fails)
    with pytest.raises(NoSandbox, match="`tcp` does not hold"):
        judged(address, "SOLVED", wanted=replace(HERE, sandbox=True))
    assert workers == []
    assert judged(address, "SOLVED")[IDS[0]].verdict == "solved"


def test_a_cluster_without_workers_is_named(workers, monkeypatch):
    monkeypatch.setattr(cluster, "ALONE", 0.3)
    said = []
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as made,
        pytest.raises(Usage, match="the Dask cluster has no worker"),
    ):
        list(cluster.judged(made.scheduler_address, jobs("SOLVED"), HERE, waiting=said.append))
    assert said[0] == "waiting for a Dask worker"


def test_what_differs_is_said_of_each_worker():
    found = {"tcp://b": ModuleNotFoundError("No module named 'trainwhy'"), "tcp://a": replace(HERE, python="3.99")}
    assert cluster.mismatches({**found, "tcp://c": HERE}, HERE) == [
        f"tcp://a: it differs in python (3.99 in place of {HERE.python})",
        "tcp://b: ModuleNotFoundError: No module named 'trainwhy'",
    ]
