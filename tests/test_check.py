"""The core on what real workers said: verdicts, proofs, goals, and what a listener hears."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import recorded
from trainwhy import catalogue, check, judging, processors
from trainwhy.results import (
    Ended,
    EpochEnded,
    Event,
    Failure,
    Goal,
    Measured,
    Observed,
    Phase,
    Progress,
    ReferenceReady,
    Report,
    Request,
    Run,
    Started,
)
from trainwhy.worker.replay import Replay

FINISHED = Ended("finished", 0.1)


@pytest.fixture(autouse=True)
def _no_references(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINWHY_CACHE", str(tmp_path))


def report(name: str, listen: Callable[[Progress], None] | None = None, **options: bool) -> Report:
    return recorded.report(name, Replay(recorded.FOLDER / name), listen, **options)


# ------------------------------------------------------------------------------------------------- verdicts

EXPECTED = {
    "starter": ("finished", "unsolved", ""),
    "solution": ("finished", "solved", ""),
    "two_faults": ("finished", "unsolved", ""),
    "flaky": ("finished", "flaky", ""),
    "crashes_on_one_seed": ("raised", "flaky", "NameError"),
    "crash": ("raised", None, "ZeroDivisionError"),
    "syntax": ("raised", None, "SyntaxError"),
    "no_function": ("finished", "unsolved", "MissingFunction"),
    "endless": ("timed_out", None, "TimedOut"),
    "leaves": ("no_evidence", None, "NoEvidence"),
    "nothing_returned": ("finished", "unsolved", "NothingReturned"),
    "no_number": ("finished", "unsolved", ""),
    "wrong_loss": ("finished", "unsolved", ""),
    "right_loss": ("finished", "solved", ""),
    "function_right": ("finished", "solved", ""),
    "function_wrong": ("finished", "unsolved", ""),
    "function_crash": ("raised", None, "TypeError"),
    "answers_right": ("finished", "solved", ""),
    "answers_wrong": ("finished", "unsolved", ""),
}


def test_every_case_is_expected() -> None:
    assert EXPECTED.keys() == recorded.CASES.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_outcome_verdict_and_error(name: str) -> None:
    found = report(name)
    assert (found.outcome, found.verdict, found.error.type if found.error else "") == EXPECTED[name]
    case = recorded.CASES[name]
    assert (found.path, found.exercise, found.title) == (case.of.file, case.of.id, case.of.title)
    assert found.source == case.source
    assert found.seconds > 0


def test_a_solved_file_was_judged_on_seeds_nobody_knew() -> None:
    found = report("solution")
    assert found.seeds == (0, *recorded.HIDDEN)
    assert [(goal.name, goal.met) for goal in found.goals] == [("held-out-loss", True)]
    assert found.findings == ()
    assert found.trend == "falls"
    assert [e.epoch for e in found.epochs] == [e.epoch for e in found.reference] == [1, 2]
    assert found.versions.tensorflow
    assert found.versions.python


def test_a_finding_is_proven_on_three_seeds() -> None:
    found = report("starter")
    assert [f.code for f in found.findings] == ["TW101"]
    proof = found.findings[0].proof
    assert (proof.status, proof.seeds, proof.reason) == ("proven", (0, 1, 2), "")
    assert all(after < before for before, after in zip(proof.baseline, proof.repaired, strict=True))
    assert proof.baseline == proof.placebo == pytest.approx(proof.start)
    assert (found.trend, found.seeds, found.goals) == ("same", (0,), ())


def test_a_repair_that_does_not_recover_is_likely_only() -> None:
    proof = report("two_faults").findings[0].proof
    assert (proof.status, proof.reason) == ("likely", "the repaired run with seed 0 did not recover")


def test_no_proof_is_made_when_none_is_wanted() -> None:
    heard: list[Progress] = []
    found = report("starter", heard.append, prove=False)
    assert found.verdict == "unsolved"
    assert found.findings[0].proof.status == "not_run"
    assert not any(isinstance(event, Phase) for event in heard)


def test_an_untouched_starter_is_not_started_unless_it_is_to_be_judged() -> None:
    untouched = report("starter", judge_starter=False)
    assert untouched.verdict == "not_started"
    assert [f.code for f in untouched.findings] == ["TW101"]
    assert report("solution", judge_starter=False).verdict == "solved"


def test_seeds_that_disagree_are_shown_with_the_one_that_failed() -> None:
    found = report("flaky")
    assert [f.code for f in found.findings] == ["TW137"]
    assert found.goals == (), "a run with a finding says nothing about the goals"
    assert found.output == "lucky: True\n", "what the file printed, without its colours"


def test_an_exception_on_one_seed_is_named_with_its_line() -> None:
    found = report("crashes_on_one_seed")
    assert found.error is not None
    assert "missing" in found.error.message
    assert found.source.splitlines()[(found.error.line or 0) - 1].strip() == "LUCKY or missing"


def test_a_crash_without_a_finding_keeps_its_frames_and_is_not_judged() -> None:
    found = report("crash")
    assert (found.findings, found.goals) == ((), ())
    assert found.error is not None
    assert [frame.text for frame in found.error.frames] == ["1 / 0"]
    assert (found.trend, found.epochs) == ("same", ())
    assert found.seeds == (0,)


def test_a_goal_of_the_task_itself_is_said_in_words() -> None:
    found = report("no_number")
    assert [(goal.name, goal.met) for goal in found.goals] == [("scalar-loss", False)]
    assert "one number" in found.goals[0].words
    assert found.seeds == (0,), "what does not meet the task's own check is not trained again"


def test_a_goal_the_verifier_measured_is_not_met() -> None:
    (goal,) = report("wrong_loss").goals
    assert (goal.name, goal.met, goal.comparison) == ("r2", False, ">=")
    assert goal.value is not None
    assert goal.limit is not None
    assert goal.value < goal.limit


def test_a_function_is_compared_with_the_solutions_results() -> None:
    right, wrong = report("function_right"), report("function_wrong")
    assert [goal.met for goal in right.goals] == [True, True, True]
    assert [goal.met for goal in wrong.goals] == [True, False, True]
    assert len(wrong.tables[0].rows) == 3
    assert right.seeds == wrong.seeds == (0, *recorded.HIDDEN)


def test_blanks_are_counted_and_nothing_is_run() -> None:
    case = recorded.CASES["function_right"]
    starter = check.check(case.of, case.of.starter(), Silent(), path="a.py", judge_starter=True)
    assert (starter.outcome, starter.verdict) == ("finished", "unsolved")
    assert starter.error is not None
    assert starter.error.message == "3 blanks `____` still to fill in"
    assert starter.source.splitlines()[(starter.error.line or 0) - 1].strip().startswith("return {____")
    one = check.check(case.of, "x = ____\n", Silent(), path="a.py")
    assert one.error is not None
    assert (one.error.message, one.error.line) == ("1 blank `____` still to fill in", 1)
    assert check.check(case.of, case.of.starter(), Silent(), path="a.py").verdict == "not_started"


# ------------------------------------------------------------------------------------------------- who listens


@pytest.mark.parametrize("name", ["starter", "solution", "flaky", "wrong_loss"])
def test_the_reference_is_known_before_the_first_row(name: str) -> None:
    heard: list[Progress] = []
    found = report(name, heard.append)
    kinds = [type(event) for event in heard]
    assert kinds.count(ReferenceReady) == 1
    assert kinds.index(ReferenceReady) < kinds.index(EpochEnded)
    ready = next(event for event in heard if isinstance(event, ReferenceReady))
    assert ready.epochs == found.reference
    rows = tuple(event.epoch for event in heard if isinstance(event, EpochEnded))
    assert rows == found.epochs


def test_what_is_being_done_is_said_after_the_run() -> None:
    heard: list[Progress] = []
    report("starter", heard.append)
    assert heard[-1] == Phase("proving", "TW101")
    heard.clear()
    report("solution", heard.append)
    assert heard[-1] == Phase("judging")
    assert isinstance(heard[-2], Ended)


def test_a_file_with_questions_is_measured_only() -> None:
    heard: list[Progress] = []
    found = report("answers_right", heard.append)
    assert [type(event) for event in heard] == [Started, Measured, Ended]
    assert all(answer.right for answer in found.answers)
    assert found.tables
    wrong = report("answers_wrong")
    assert [answer.name for answer in wrong.answers if not answer.right] == ["tape_gradient"]


# ------------------------------------------------------------------------------------------------- odd workers


class Silent:
    """A worker that must not be asked."""

    def run(self, request: Request) -> Iterator[Event]:
        raise AssertionError(request)

    def cancel(self) -> None: ...

    def close(self) -> None: ...


class Scripted(Silent):
    """A worker that answers with what a function says."""

    def __init__(self, answer: Callable[[Request], list[Event]]) -> None:
        self.answer = answer
        self.asked: list[Request] = []

    def run(self, request: Request) -> Iterator[Event]:
        self.asked.append(request)
        yield from self.answer(request)


RUN = Run(seed=0, loop="function")  # nothing about it is a mistake


def scripted(answer: Callable[[Request], list[Event]]) -> Report:
    case = recorded.CASES["solution"]
    with recorded.fixed_seeds():
        return check.check(case.of, case.source, Scripted(answer), path="a.py")


def trained(request: Request) -> list[Event]:
    return [*(Observed(Run(seed=seed)) for seed in request.seeds), FINISHED]


def judged(*met: bool) -> Callable[[Request], list[Event]]:
    """A worker whose files all train, and whose verifier says this of each seed."""

    def answer(request: Request) -> list[Event]:
        if request.job != "judge":
            return trained(request)
        measured = [Measured(goals=(Goal("g", 1.0, 1.0, "==", one),)) for one in met]
        return [*measured, FINISHED]

    return answer


@pytest.mark.parametrize(
    ("met", "verdict"),
    [((True, True), "solved"), ((True, False), "flaky"), ((False, True), "flaky"), ((False, False), "unsolved")],
)
def test_the_verifier_decides_seed_by_seed(met: tuple[bool, ...], verdict: str) -> None:
    found = scripted(judged(*met))
    assert found.verdict == verdict
    assert [goal.met for goal in found.goals] == [all(met)]


def test_a_seed_the_verifier_did_not_reach_is_not_met() -> None:
    found = scripted(judged(True))
    assert (found.verdict, found.goals) == ("flaky", (judging.NOT_JUDGED,))
    assert scripted(judged()).verdict == "unsolved"


@pytest.mark.parametrize("times", [0, 1, 3])
def test_runs_that_were_not_asked_for_decide_nothing(times: int) -> None:
    def answer(request: Request) -> list[Event]:
        said = judged(True, True)(request)
        runs = [event for event in said if isinstance(event, (Observed, Measured))]
        return [*runs * times, FINISHED]

    found = scripted(answer)
    assert (found.outcome, found.verdict) == ("finished", "solved" if times else "unsolved")


def test_a_verifier_that_says_nothing_of_goals_has_not_judged() -> None:
    def answer(request: Request) -> list[Event]:
        return [Measured(), Measured(), FINISHED] if request.job == "judge" else trained(request)

    assert scripted(answer).goals == (judging.NOT_JUDGED,)


def test_a_worker_that_calls_a_training_a_function_gains_nothing() -> None:
    def answer(request: Request) -> list[Event]:
        if request.job == "judge":
            return judged(False, False)(request)
        return [Observed(Run(seed=0, loop="function")), Measured(), FINISHED]

    assert scripted(answer).verdict == "unsolved"


def test_numbers_of_the_worker_decide_nothing() -> None:
    met = Goal("held-out-loss", 0.0, 1.0, "<=", met=True)

    def answer(request: Request) -> list[Event]:
        if request.job == "judge":
            return judged(False, False)(request)
        return [*trained(request)[:-1], Measured(goals=(met,)), Measured(goals=(met,)), FINISHED]

    found = scripted(answer)
    assert (found.verdict, [goal.name for goal in found.goals]) == ("unsolved", ["g"])


def test_the_tasks_own_check_fails_a_seed_that_the_verifier_passes() -> None:
    unmet = Goal("scalar-loss", 0.0, 1.0, "==", met=False)

    def answer(request: Request) -> list[Event]:
        if request.job == "judge" or not request.artifact:
            return judged(True, True)(request)
        return [*trained(request)[:-1], Measured(), Measured(goals=(unmet,)), FINISHED]

    found = scripted(answer)
    assert (found.verdict, [goal.name for goal in found.goals]) == ("flaky", ["scalar-loss", "g"])


def test_weights_that_fit_another_variant_are_no_matter_of_luck() -> None:
    stored = Goal(judging.STORED, None, None, "==", met=False)

    def answer(request: Request) -> list[Event]:
        if request.job != "judge":
            return trained(request)
        return [Measured(goals=(Goal("g", 1.0, 1.0, "==", met=True),)), Measured(goals=(stored,)), FINISHED]

    assert scripted(answer).verdict == "unsolved"


def test_a_verifier_that_fails_is_our_fault_and_no_verdict() -> None:
    def answer(request: Request) -> list[Event]:
        if request.job != "judge":
            return trained(request)
        return [Ended("internal", 0.1, Failure("KeyError", "x"))]

    found = scripted(answer)
    assert (found.outcome, found.verdict) == ("internal", None)
    assert found.error is not None
    assert found.error.message == "the verifier ended before it had judged: KeyError: x"


def test_a_training_that_ends_early_on_a_fresh_seed_is_no_pass() -> None:
    timed_out = Failure("TimedOut", "too long")

    def answer(request: Request) -> list[Event]:
        if request.job == "judge" or not request.artifact:
            return judged(True, True)(request)
        return [Observed(Run(seed=request.seed)), Ended("timed_out", 1.0, timed_out)]

    found = scripted(answer)
    assert (found.verdict, found.outcome, found.error) == ("flaky", "timed_out", timed_out)


def test_fresh_seeds_have_a_deadline_each_and_share_a_folder() -> None:
    case = recorded.CASES["solution"]
    worker = Scripted(judged(True, True))
    with recorded.fixed_seeds():
        check.check(case.of, case.source, worker, path="a.py")
    judge = next(one for one in worker.asked if one.job == "judge")
    training = next(one for one in worker.asked if one.artifact and one.job == "train")
    assert judge.seeds == training.seeds == recorded.HIDDEN
    assert (judge.artifact, judge.told) == (training.artifact, training.told)
    assert Path(judge.over).parent == Path(judge.told) != Path(judge.artifact)
    assert (judge.varied, training.varied) == (True, True)
    assert not Path(judge.artifact).exists()
    assert not Path(judge.told).exists()
    assert training.deadline == case.deadline
    assert (judge.source, training.source) == (case.of.solution(), case.source)


def test_the_verifier_is_told_when_the_training_is_over() -> None:
    over: list[bool] = []
    seen: list[bool] = []

    def answer(request: Request) -> list[Event]:
        if request.job == "judge":
            ready = Path(request.over)
            began = time.monotonic()
            while not ready.exists() and time.monotonic() - began < 5:
                time.sleep(0.005)
            seen.append(ready.exists() and over == [True])
        elif request.artifact:
            assert request.over == "", "only the verifier is told where to look"
            time.sleep(0.1)
            over.append(True)
        return judged(True, True)(request)

    assert scripted(answer).verdict == "solved"
    assert seen == [True]


def test_drawn_seeds_are_two_and_not_the_same_again() -> None:
    case = recorded.CASES["solution"]
    drawn = [check.check(case.of, case.source, Scripted(judged(True, True)), path="a.py").seeds[1:] for _ in range(3)]
    assert all(len(seeds) == 2 and seeds[0] % 2 == 0 and seeds[1] == seeds[0] + 1 for seeds in drawn)
    assert len(set(drawn)) == 3


def test_a_worker_that_says_nothing_is_our_fault() -> None:
    found = scripted(lambda _: [])
    assert (found.outcome, found.verdict, found.sandbox) == ("internal", None, "none")
    assert found.versions.tensorflow == ""
    assert found.reference == ()


def test_no_reference_is_no_obstacle() -> None:
    def answer(request: Request) -> list[Event]:
        if request.name == "solution.py" and request.job == "train":
            return [Ended("crashed", 0.1)]
        return judged(True, True)(request)

    heard: list[Progress] = []
    case = recorded.CASES["solution"]
    found = check.check(case.of, case.source, Scripted(answer), path="a.py", listen=heard.append)
    assert (found.verdict, found.reference) == ("solved", ())
    assert not any(isinstance(event, ReferenceReady) for event in heard)


@pytest.mark.parametrize("met", [True, False])
@pytest.mark.parametrize("first", [True, False], ids=["on every seed", "on fresh seeds"])
def test_a_warning_alone_is_shown_and_does_not_decide(
    monkeypatch: pytest.MonkeyPatch, *, first: bool, met: bool
) -> None:
    entry = recorded.entry_of("TW101")
    warning = replace(entry, diagnosis=replace(entry.diagnosis, level="warning"))
    match = entry.match(next(_runs("TW101")))
    assert match is not None
    found = iter([] if first else [()])
    monkeypatch.setattr(catalogue, "matching", lambda _: next(found, ((warning, match),)))
    report_ = scripted(judged(met, met))
    assert report_.verdict == ("solved" if met else "unsolved")
    assert [f.level for f in report_.findings] == ["warning"]


def test_a_warning_beside_an_exception_is_shown_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = recorded.entry_of("TW101")
    warning = replace(entry, diagnosis=replace(entry.diagnosis, level="warning"))
    match = entry.match(next(_runs("TW101")))
    assert match is not None
    monkeypatch.setattr(catalogue, "matching", lambda _: ((warning, match),))
    found = report("crash")
    assert (found.verdict, found.outcome) == (None, "raised")
    assert [f.level for f in found.findings] == ["warning"]


def test_a_finding_without_a_repair_is_likely_and_nothing_more_is_run() -> None:
    entry = recorded.entry_of("TW101")
    bare = replace(entry, diagnosis=replace(entry.diagnosis, intervention=""))
    proof = check.prove_cause(Silent(), Request("train", ""), Request("train", ""), bare)
    assert proof.status == "likely"
    assert "gradients-never-applied" in proof.reason


def test_runs_that_never_came_prove_nothing() -> None:
    entry = recorded.entry_of("TW101")
    request = Request("train", "", practice="regression")
    proof = check.prove_cause(Scripted(lambda _: [Ended("crashed", 0.1)]), request, request, entry)
    assert (proof.status, proof.seeds) == ("likely", (0, 1, 2))
    assert proof.reason == "the unchanged run with seed 0 did not show it again"


@pytest.mark.parametrize("processors_", [1, 2, 3, 64])
def test_every_replay_is_made_once_and_what_was_seen_is_not_made_again(
    monkeypatch: pytest.MonkeyPatch, processors_: int
) -> None:
    monkeypatch.setattr(processors, "available", lambda: processors_)
    entry, worker = recorded.entry_of("TW101"), Scripted(trained)
    request = replace(recorded.example(entry, entry.broken), seed=5)
    solution = replace(request, source=entry.fixed)
    seen = next(_runs("TW101"))
    check.prove_cause(worker, request, solution, entry, run=replace(seen, seed=6))
    asked = [one for one in worker.asked if one.source == entry.broken]
    made = sorted(pair for one in asked for pair in zip(one.interventions, one.seeds, strict=True))
    treated = [(name, seed) for name in ("", entry.diagnosis.intervention, "placebo") for seed in (5, 6, 7)]
    assert made == sorted(set(treated) - {("", 6)})
    lengths = [len(one.seeds) for one in asked]
    assert len(lengths) == min(processors_, 8)
    assert max(lengths) - min(lengths) <= 1


def _runs(code: str) -> Iterator[Run]:
    entry = recorded.entry_of(code)
    for event in Replay(recorded.FOLDER / code).run(recorded.example(entry, entry.broken)):
        if isinstance(event, Observed):
            yield event.run
