"""The concise face: a summary and greppable lines."""

from __future__ import annotations

import re
from dataclasses import replace

import reports
from trainwhy.faces import concise

SAID = "The model predicts as before training."
STUCK = "02_the_step/01_loss_that_never_moves.py"


def test_the_summary_comes_first() -> None:
    text = concise.verify([reports.solved(), reports.never_applied(), reports.untouched()], 21.345)
    assert text.splitlines() == [
        "solved 1   unsolved 1   not started 1   in 21 s, sandbox: landlock + seccomp",
        f"{STUCK}:15:5: TW101 gradients-never-applied: the gradients are computed and thrown away",
    ]


def test_flaky_and_not_finished_are_counted_when_there_are_any() -> None:
    flaky = replace(reports.solved(), verdict="flaky")
    assert "flaky 1   not finished 1" in concise.verify([flaky, reports.ours()], 1)


def test_short_times_have_tenths() -> None:
    assert "in 0.0 s," in concise.verify([], 0.00045)
    assert "in 1,200 s," in concise.verify([], 1200.4)


def test_what_follows_where_no_sandbox_was_is_said() -> None:
    open_run = replace(reports.solved(), sandbox="none")
    follows = "the files could read and change whatever their user can"
    assert concise.verify([open_run], 1).splitlines()[0].endswith(f"sandbox: none; {follows}")
    half = replace(open_run, sandbox="seccomp")
    assert concise.verify([half], 1).splitlines()[0].endswith(f"sandbox: seccomp; {follows}")
    assert concise.verify([], 1).splitlines()[0].endswith("sandbox: none, nothing was run")


def test_every_problem_is_one_line_that_stands_alone() -> None:
    made = [make() for make in reports.ALL.values()]
    rows = concise.verify(made, 3).splitlines()[1:]
    assert len(rows) == sum(len(concise.lines(one)) for one in made)
    assert all(re.match(r".+\.py(:\d+){0,2}: \S", row) for row in rows)
    assert all(char.isprintable() for row in rows for char in row)


def test_who_has_not_begun_or_is_done_has_no_line() -> None:
    assert concise.lines(reports.untouched()) == ()
    assert concise.lines(reports.solved()) == ()


def test_every_file_that_failed_has_a_line() -> None:
    bare = replace(reports.solved(), verdict="flaky", goals=())
    assert concise.lines(bare) == (f"{STUCK}: flaky",)


def test_goals_and_answers_say_what_is_missing() -> None:
    unmet = replace(reports.never_applied(), findings=())
    assert concise.lines(unmet) == (f"{STUCK}: goal not met: loss on fresh rows 7.9 (needs at most 0.911). {SAID}",)
    assert concise.lines(reports.question())[0].startswith(
        "01_what_training_does/01_why_weights_move.py: answer `confidence` is not right: "
    )


def test_a_fault_of_ours_names_itself() -> None:
    assert "this is not a fault in your code" in concise.lines(reports.ours())[0]
