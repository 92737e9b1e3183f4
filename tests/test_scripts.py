"""The core for scripts: what two runs saw becomes one, and lines become lines of their files. No TensorFlow."""

from dataclasses import replace

from trainwhy import scripts
from trainwhy.results import Epoch, Failure, Finding, Frame, Report, Run, Span, Variable
from trainwhy.seen import Seen


def watched(**changes):
    return Run(seed=0, loop="script", seen=Seen(stopped=""), steps=40, **changes)


def test_directions_come_from_the_look_and_movement_from_the_watch():
    variable = Variable("a", (2,), trainable=True, moved=True, change=0.5)
    looked = replace(watched(variables=(replace(variable, moved=False, first_cosine=-1.0),)), steps=3)
    run = scripts.merged(watched(variables=(variable,)), looked)
    assert run is not None
    assert (run.variables[0].moved, run.variables[0].first_cosine, run.steps) == (True, -1.0, 40)
    assert run.look is looked.seen


def test_without_a_look_the_watched_run_stands_alone():
    run = watched()
    assert scripts.merged(run, None) == run


def test_a_watched_run_that_died_is_told_by_the_look():
    failure = Failure("SIGSEGV", "died")
    run = scripts.merged(None, watched(), failure)
    assert run is not None
    assert (run.error, run.look) == (failure, run.seen)
    assert scripts.merged(None, None, failure) is None


def test_long_trainings_show_twelve_rows_with_both_ends():
    rows = scripts.rows([Epoch(n, 1.0) for n in range(1, 101)])
    assert len(rows) == scripts.ROWS
    assert (rows[0].epoch, rows[-1].epoch) == (1, 100)
    assert len(scripts.rows([Epoch(1, 1.0)])) == 1


def report(span, error=None):
    finding = Finding("TW101", "n", "error", "t", (span,), (), "", "")
    return Report(
        "train.py", None, "finished", "unsolved", 0.0, source="a\nb\nc\nd\ne", findings=(finding,), error=error,
        files=(("train.py", 0), ("lib/steps.py", 3)),
    )  # fmt: skip


def test_lines_are_said_as_lines_of_their_files():
    placed = scripts.in_their_files(report(Span(5, 1, 5, 2, "here")))
    span = placed.findings[0].spans[0]
    assert (span.path, span.line, span.end_line) == ("lib/steps.py", 2, 2)
    assert placed.source == "a\nb\nc"
    assert placed.texts == {"lib/steps.py": "d\ne"}
    own = scripts.in_their_files(report(Span(2, 1, 2, 2, "here"))).findings[0].spans[0]
    assert (own.path, own.line) == ("", 2)


def test_an_exception_in_another_file_keeps_the_script_s_own_line():
    frames = (Frame(2, "<module>", "b"), Frame(5, "step", "e"))
    error = Failure("ValueError", "wrong", line=5, frames=frames)
    placed = scripts.in_their_files(report(Span(2, 1, 2, 2, "here"), error)).error
    assert placed is not None
    assert placed.line == 2
    assert "lib/steps.py, line 2" in placed.message


def test_limits_give_every_script_an_end():
    assert scripts.Limits(seconds=5).deadline == 30
    request = scripts.request_for(scripts.Script("/x/t.py", "/x"), "", scripts.Limits(steps=7))
    assert request.script is not None
    assert (request.job, request.script.steps, scripts.look_of(request).script.look) == ("script", 7, True)
