"""Secret seeds of one grade, and what a grade saves by them; on recordings of real runs."""

from dataclasses import replace

import pytest

import recorded
from trainwhy.check import check
from trainwhy.grading.seeds import Seeds
from trainwhy.results import Failure, Observed, Report
from trainwhy.worker.replay import Replay


class Counting:
    """Plays recordings back, remembers what was asked, and may let every run end in an exception."""

    def __init__(self, name, *, crashing):
        self._replay = Replay(recorded.FOLDER / name)
        self._crashing = crashing
        self.jobs = []

    def run(self, request):
        self.jobs.append(request.job)
        for event in self._replay.run(request):
            crashes = self._crashing and isinstance(event, Observed)
            yield Observed(replace(event.run, error=Failure("ValueError", "no"))) if crashes else event


def judged(name, seeds, *, crashing=False):
    case, worker = recorded.CASES[name], Counting(name, crashing=crashing)
    with recorded.fixed_seeds():
        report = check(case.of, case.source, worker, path=case.of.file, shown=False, prove=False, seeds=seeds)
    return replace(report, seconds=0.0), worker.jobs


@pytest.mark.parametrize("crashing", [False, True])
@pytest.mark.parametrize("name", ["solution", "flaky", "crashes_on_one_seed", "wrong_loss", "right_loss"])
def test_given_seeds_lead_to_the_same_report(name, crashing):
    given, _ = judged(name, recorded.HIDDEN, crashing=crashing)
    drawn, _ = judged(name, None, crashing=crashing)
    assert given == drawn


def test_the_verifier_comes_after_the_run_and_only_where_it_may_pass():
    assert judged("solution", recorded.HIDDEN)[1] == ["train", "judge"]
    assert judged("flaky", recorded.HIDDEN)[1] == ["train", "judge"]
    assert judged("solution", recorded.HIDDEN, crashing=True)[1] == ["train"]
    assert sorted(judged("solution", None, crashing=True)[1]) == ["judge", "train"]


def report(sandbox, seeds=(1, 2)):
    return Report("f", "e", "finished", "solved", 1.0, sandbox=sandbox, seeds=seeds)


def test_nothing_is_shared_before_runs_are_known_to_be_confined():
    seeds = Seeds()
    assert seeds.of("a") != seeds.of("a")
    for sandbox in ("none", "seccomp", "landlock(7)"):
        seeds.saw(report(sandbox))
        assert seeds.of("a") != seeds.of("a")
    seeds.saw(report("landlock(7)+seccomp"))
    assert seeds.of("a") == seeds.of("a") != seeds.of("b")
    seeds.saw(report("none", seeds=()))
    assert seeds.of("a") == seeds.of("a"), "a file that was not trained says nothing"
    seeds.saw(report("none"))
    assert seeds.of("a") != seeds.of("a")
    assert Seeds().of("a") != Seeds().of("a")
