"""The warm process for trusted jobs: it judges and measures, never trains a learner's file, and can be done without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from trainwhy import check, course, running
from trainwhy.results import Ended, Request
from trainwhy.worker import Cancelled, trusted
from trainwhy.worker.process import ProcessWorker

pytestmark = [pytest.mark.tf, pytest.mark.skipif(not trusted.possible(), reason="waits for pipes as POSIX does")]


@pytest.fixture(scope="module")
def bulk() -> Iterator[ProcessWorker]:
    with ProcessWorker(bulk=True) as worker:
        yield worker


def exercise(name: str) -> course.Exercise:
    return course.load().find(name)


def unseen(name: str, source: str, worker: ProcessWorker, **options: bool) -> check.Report:
    one = exercise(name)
    return check.check(one, source, worker, path=one.file, shown=False, judge_starter=True, **options)


def test_a_solution_is_solved_without_a_visible_run(bulk: ProcessWorker) -> None:
    report = unseen("missing-apply", exercise("missing-apply").solution(), bulk)
    assert (report.verdict, report.outcome, report.findings) == ("solved", "finished", ())
    assert len(report.epochs) == 5
    assert len(report.seeds) == 2
    assert all(goal.met for goal in report.goals)
    assert report.goals


def test_a_mistake_is_found_and_proven(bulk: ProcessWorker) -> None:
    report = unseen("missing-apply", exercise("missing-apply").starter(), bulk)
    assert report.verdict == "unsolved"
    assert [(f.code, f.proof.status) for f in report.findings] == [("TW101", "proven")]


def test_functions_and_questions_are_judged(bulk: ProcessWorker) -> None:
    for name in ("log-dict", "who-moved-it"):
        assert unseen(name, exercise(name).solution(), bulk).verdict == "solved"
    wrong = exercise("log-dict").mistakes()[0].read_text(encoding="utf-8")
    assert unseen("log-dict", wrong, bulk).verdict == "unsolved"


def test_a_crash_is_no_verdict(bulk: ProcessWorker) -> None:
    report = unseen("missing-apply", "import nothing_of_the_kind\n", bulk)
    assert (report.verdict, report.outcome) == (None, "raised")


def test_weights_that_were_never_trained_miss_the_goal(bulk: ProcessWorker) -> None:
    source = "def train_step(model, optimizer, x, y):\n    return 0.0\n"
    report = unseen("uphill", source, bulk)
    assert report.verdict == "unsolved"
    assert [goal.name for goal in report.goals if not goal.met] == ["held-out-loss"]


def test_it_refuses_to_train() -> None:
    helper = trusted.Trusted()
    try:
        events = list(helper.run(Request("train", "", practice="regression", source="x = 1")))
    finally:
        helper.close()
    assert [type(event) for event in events] == [Ended]
    assert isinstance(events[0], Ended)
    assert events[0].outcome == "internal"


def test_the_same_numbers_come_from_a_forked_process(bulk: ProcessWorker, worker: ProcessWorker) -> None:
    one = exercise("who-moved-it")
    request = Request("experiment", str(one.folder), seed=3)
    first, second = (running.gather(any_, request).measured for any_ in (bulk, worker))
    assert first is not None
    assert second is not None
    assert first.facts == second.facts


def test_a_dead_helper_is_done_without(tmp_path: Path) -> None:
    one = exercise("who-moved-it")
    with ProcessWorker(bulk=True) as worker:
        assert worker._trusted is not None
        worker._trusted._process.kill()
        gathered = running.gather(worker, Request("experiment", str(one.folder)))
    assert gathered.ended.outcome == "finished"
    assert gathered.measured is not None


def test_cancelling_ends_a_judgement_that_waits() -> None:
    one = exercise("missing-apply")
    asked = check.request_for(one, one.solution(), name="solution.py", seed=0)
    helper = trusted.Trusted()
    events = helper.run(replace(asked, job="judge", artifact="nowhere", deadline=60.0))
    next(events)
    helper.cancel()
    with pytest.raises(Cancelled):
        list(events)
    helper.close()
