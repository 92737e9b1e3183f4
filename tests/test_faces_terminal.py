"""The terminal face: nothing is cut, nothing is markup, nothing rests on colour, everything lines up."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import reports
from trainwhy.faces import plain, terminal
from trainwhy.faces.style import EpochTable, Style
from trainwhy.results import Epoch, Evidence, Failure, Finding, Frame, Report, Row, Span, Table

WIDTHS = (24, 40, 50, 59, 60, 80, 140)
PATH = re.compile(r"--> |^  edit")


def every(style: Style, report: Report) -> str:
    return terminal.report(style, report, help=True, reveal=True)


def squeezed(text: str) -> str:
    return re.sub(r"[\s|│.]+", "", text)


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", reports.ALL)
def test_no_line_is_wider_than_the_screen(name: str, width: int, unicode: bool) -> None:
    for row in every(Style(width=width, unicode=unicode), reports.ALL[name]()).splitlines():
        assert PATH.search(row) or cell_len(row) <= width, row


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_lost_at_any_width(width: int) -> None:
    report = reports.broadcast()
    shown = squeezed(every(Style(width=width), report))
    finding = report.findings[0]
    wanted = [finding.title, finding.why, *(span.label for span in finding.spans), *report.notes, "12,350", "413.2"]
    wanted += [
        "0.068 → 0.95, 0.071 → 0.31",
        "1.50e7",
        "mean_absolute_error" if width < 60 else "absolute_",
        finding.name,
    ]
    assert [text for text in wanted if squeezed(text) not in shown] == []


@pytest.mark.parametrize("name", reports.ALL)
def test_without_colour_there_is_not_one_escape_byte(name: str) -> None:
    assert "\x1b" not in every(Style(width=80, color=False, links=False), reports.ALL[name]())


@pytest.mark.parametrize("name", reports.ALL)
def test_ascii_is_ascii(name: str) -> None:
    assert every(Style(width=80, unicode=False), reports.ALL[name]()).isascii()


@pytest.mark.parametrize("name", reports.ALL)
def test_colour_adds_nothing_but_escape_codes(name: str) -> None:
    report = reports.ALL[name]()
    colored = every(Style(width=80, color=True), report)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == every(Style(width=80), report)


def test_colours_are_of_the_sixteen_and_never_red_or_green() -> None:
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", every(Style(width=80, color=True), reports.never_applied())))
    assert codes <= {"0", "1", "2", "36", "1;33", "1;34", "1;36", "1;2"}


def test_hostile_text_is_shown_literally() -> None:
    shown = every(Style(width=140, color=True, links=True), reports.hostile())
    assert "[/foo]" in shown
    assert "[bold]not bold[/bold]" in shown
    assert r"\x1b[31mred" in shown
    assert r"\u202egnp.exe" in shown
    bare = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", shown)
    assert not {char for char in bare if char != "\n" and not char.isprintable()}
    shown.encode("utf-8")


@pytest.mark.parametrize("width", [40, 140])
def test_the_name_of_a_metric_is_a_learners_and_shown_literally(width: int) -> None:
    report = replace(reports.never_applied(), epochs=(Epoch(1, 1.0, {"a\x1b[2Jb": 1.0}, 1, 1),))
    shown = every(Style(width=width), report)
    assert "\x1b" not in shown
    assert r"a\x1b[2Jb" in shown


def test_links_only_where_wanted_and_the_plain_path_always() -> None:
    report = reports.never_applied()
    place = f"{report.path}:15:5"
    with_link = every(Style(width=80, color=True, links=True), report)
    assert "\x1b]8;" in with_link
    assert place in with_link
    assert "\x1b]8;" not in every(Style(width=80, color=True, links=False), report)
    assert place in every(Style(width=24), report)


# ------------------------------------------------------------------------------------------- the frame


def frame_of(source: str, *spans: Span, width: int = 80) -> list[str]:
    finding = Finding("TW101", "a", "error", "t", spans, (), "", "")
    shown = terminal.finding(
        Style(width=width), Report("f.py", None, "finished", "unsolved", 1, source=source), finding, help=False
    )
    return shown.splitlines()[2:-1]


def test_marks_stand_under_what_they_mark() -> None:
    drawn = frame_of("a = 1\nloss = y - pred\n", Span(2, 8, 2, 16, "here"), Span(1, 1, 1, 2, "there", primary=False))
    assert drawn == ["  |", "1 | a = 1", "  | ─ there", "2 | loss = y - pred", "  |        ━━━━━━━━ here", "  |"]


def test_tabs_and_wide_characters_move_the_mark() -> None:
    drawn = frame_of("\tx = '漢字' + y\n", Span(1, 13, 1, 14, "y"))
    assert drawn[1] == "1 |     x = '漢字' + y"
    assert drawn[2].index("━") == cell_len(drawn[1]) - 1  # two characters before it are two columns wide


def test_lines_between_are_elided_but_a_single_one_is_shown() -> None:
    source = "\n".join(f"line{n}" for n in range(1, 10))
    far = frame_of(source, Span(1, 1, 1, 2, ""), Span(9, 1, 9, 2, "", primary=False))
    assert "..." in far
    assert not any("line5" in row for row in far)
    near = frame_of(source, Span(1, 1, 1, 2, ""), Span(3, 1, 3, 2, "", primary=False))
    assert "..." not in near
    assert any("line2" in row for row in near)


def test_a_span_over_several_lines_is_marked_on_each_and_labelled_once() -> None:
    drawn = frame_of("f(\n    a,\n    b,\n)\n", Span(1, 1, 4, 2, "the call"))
    assert sum("━" in row for row in drawn) == 4
    assert sum("the call" in row for row in drawn) == 1
    assert "the call" in drawn[-2]


def test_a_span_outside_the_file_draws_nothing() -> None:
    assert frame_of("a\n", Span(7, 1, 7, 2, "x")) == []


def test_the_place_is_that_of_the_primary_span() -> None:
    finding = replace(reports.broadcast().findings[0])
    shown = terminal.finding(Style(), reports.broadcast(), finding, help=False)
    assert "train_sales.py:10:41" in shown


@settings(max_examples=60, deadline=None)
@given(
    source=st.text(max_size=120),
    line=st.integers(1, 6),
    column=st.integers(1, 80),
    length=st.integers(0, 40),
    label=st.text(max_size=60),
    width=st.integers(24, 140),
)
def test_no_source_and_no_span_breaks_the_frame(source, line, column, length, label, width) -> None:
    span = Span(line, column, line, column + length, label)
    finding = Finding("TW101", "n", "error", label, (span,), (), label, label, source, label)
    report = Report("f.py", None, "finished", "unsolved", 1, source=source, findings=(finding,), output=source)
    shown = every(Style(width=width), report)
    assert not {char for char in shown if char != "\n" and (ord(char) < 32 or char == "\u202e")}
    assert all(PATH.search(row) or cell_len(row) <= width for row in shown.split("\n"))


# ------------------------------------------------------------------------------------------- messages


def test_help_is_withheld_until_it_is_wanted() -> None:
    report = reports.never_applied()
    tutor = terminal.findings(Style(), report, help=False)
    assert "apply_gradients" not in tutor
    assert "trainwhy hint" in tutor
    told = terminal.findings(Style(width=100), report, help=True)
    assert "for example" in told
    assert "+     optimizer.apply_gradients(zip(gradients, model.trainable_variables))" in told
    assert "trainwhy explain TW101" in told


def test_a_proof_says_first_and_last_loss_on_how_many_seeds() -> None:
    shown = terminal.findings(Style(), reports.never_applied(), help=False)
    assert "these gradients applied: 7.854 → 0.251, 3 of 3 seeds" in shown
    assert "placebo (an extra forward pass): 7.854 → 7.854, 3 of 3 seeds" in shown


def test_what_is_not_proven_never_says_proven_seeds() -> None:
    shown = terminal.findings(Style(), reports.broadcast(), help=False)
    assert "likely, not proven: one of 3 seeds did not recover" in shown
    assert "3 of 3" not in shown


def test_an_unmet_goal_is_not_said_beside_its_cause() -> None:
    report = reports.never_applied()
    assert "loss on fresh rows" not in every(Style(), report)
    assert "not met: loss on fresh rows 7.9" in every(Style(), replace(report, findings=()))


def test_a_failure_shows_the_learners_own_lines_and_what_to_do() -> None:
    shown = terminal.failure(Style(), reports.crash())
    assert "error[InvalidArgumentError]: " in shown
    assert "05_uphill.py:5\n" in shown
    assert "raised here, in `forward`" in shown
    assert "in `train_step`, called from here" in shown
    assert "try       96 values" in shown


def test_a_deep_recursion_is_one_line() -> None:
    frames = (*(Frame(2, "f", "f()") for _ in range(900)), Frame(3, "g", "x"))
    error = Failure("RecursionError", "too deep", 3, None, frames)
    shown = terminal.failure(Style(), replace(reports.crash(), source="def f():\n    f()\n    g()\n", error=error))
    assert "called from here, 900 times" in shown
    assert len(shown.splitlines()) < 12


def test_a_failure_without_its_source_lists_the_frames() -> None:
    shown = terminal.failure(Style(), replace(reports.crash(), source=""))
    assert "11 | loss = tf.reduce_mean" in shown
    assert " 5 | return model(" in shown


def test_an_exception_whose_cause_is_named_takes_two_lines() -> None:
    report = replace(reports.crash(), findings=reports.never_applied().findings)
    shown = terminal.failure(Style(width=140), report)
    assert shown.splitlines()[-1] == "  --> 02_the_step/05_uphill.py:5"
    assert "raised here" not in shown
    assert "try" not in shown


def test_a_fault_of_ours_does_not_read_as_theirs() -> None:
    shown = terminal.failure(Style(), reports.ours())
    assert "this is not a fault in your code" in shown.replace("\n    ", " ")
    assert "02_other.py" not in shown


def test_output_is_labelled_counted_and_capped() -> None:
    assert "step   (60 times)" in terminal.output(Style(), "step\n" * 60)
    long = terminal.output(Style(), "".join(f"{n}\n" for n in range(100)), 5)
    assert long.startswith("your program printed\n")
    assert "70 lines between are not shown here" in long
    assert "5 more bytes not kept" in long
    assert len(long.splitlines()) == 33
    assert terminal.output(Style(), "", 0) == ""


def test_what_is_right_stays_unsaid_until_it_may_be_known() -> None:
    answers = reports.question().answers[1:]
    assert "right is `weights`" not in terminal.answers(Style(), answers)
    assert "right is `weights`" in terminal.answers(Style(), answers, reveal=True)


def test_evidence_says_its_limit() -> None:
    finding = replace(reports.never_applied().findings[0], evidence=(Evidence("x", 0.5, 0.25), Evidence("y", 3, 4)))
    shown = terminal.finding(Style(), reports.never_applied(), finding, help=False)
    assert "x: 0.5 (expected 0.25)" in shown
    assert "y: 3 of 4" in shown


# ------------------------------------------------------------------------------------------- the run


def test_the_streamed_table_is_the_whole_table() -> None:
    report, style = reports.never_applied(), Style()
    table = EpochTable((), healthy=True, total=5)
    rows = [terminal.epoch_header(style, table)]
    previous = None
    for one, healthy in zip(report.epochs, report.reference, strict=True):
        rows.append(terminal.epoch_row(style, table, one, previous, report.start_loss, healthy))
        previous = one.loss
    assert "".join(rows) == terminal.epoch_table(style, report)


def test_columns_line_up_and_long_metric_names_stand_above_their_column() -> None:
    lines = terminal.epoch_table(Style(), reports.broadcast()).splitlines()
    assert lines[0].strip() == "mean_"
    ends = [re.search(r"0\.547", row) for row in lines[3:]]
    assert {found.end() for found in ends if found} == {lines[2].index("accuracy") + len("accuracy")}


def test_below_sixty_columns_each_epoch_is_a_record() -> None:
    assert terminal.epoch_header(Style(width=59), EpochTable()) == ""
    row = terminal.epoch_row(
        Style(width=59), EpochTable(total=5), Epoch(3, 0.5, {"accuracy": 0.25}, 4, 4, 1.5), 1.0, 8.0
    )
    assert row.splitlines() == [
        "Epoch 3 of 5", "  loss      0.5", "  accuracy  0.25", "  moved     4 of 4 variables", "  gradient  1.50",
        "  fell by half",
    ]  # fmt: skip


def test_many_metrics_are_stacked_rather_than_squeezed() -> None:
    table = EpochTable(("accuracy", "precision", "recall", "auc", "f1"))
    assert terminal.epoch_header(Style(width=80), table) == ""
    assert "recall" in terminal.epoch_header(Style(width=140), table)


def test_the_curve_is_the_right_way_up() -> None:
    falling = tuple(Epoch(at, 8.0 - at) for at in range(1, 8))
    rows = terminal.curve(Style(), falling, (), 8.0).splitlines()
    assert rows[0].startswith(" 8 ┤━")
    assert rows[6].startswith(" 0 ┤")
    first = [
        min(at for at, sign in enumerate(row[4:44]) if sign in "━┃┗┓")
        for row in rows[:7]
        if set("━┃┗┓") & set(row[4:44])
    ]
    assert first == sorted(first)
    assert "yours falls to 1" in rows[6] + rows[5]
    rising = terminal.curve(Style(), tuple(Epoch(at, float(at)) for at in range(1, 9))).splitlines()
    assert "yours rises to 8" in rising[0]


def test_a_curve_ends_where_numbers_end() -> None:
    rows = terminal.curve(Style(), (Epoch(1, 2.0), Epoch(2, float("nan")), Epoch(3, float("nan"))), (), 4.0)
    assert "becomes NaN in epoch 2" in rows
    assert terminal.curve(Style(), (Epoch(1, float("nan")),), (), float("nan")) == ""
    assert terminal.curve(Style(), (Epoch(1, 1.0),)) == ""


@settings(max_examples=60, deadline=None)
@given(losses=st.lists(st.floats(), max_size=12), start=st.none() | st.floats(), width=st.integers(24, 140))
def test_no_loss_breaks_curve_or_table(losses, start, width) -> None:
    epochs = tuple(Epoch(at, loss, {"m": loss}, 1, 2, loss) for at, loss in enumerate(losses, 1))
    report = Report("f", None, "finished", None, 1, epochs=epochs, reference=epochs, start_loss=start)
    for row in every(Style(width=width), report).splitlines():
        assert cell_len(row) <= width


def test_a_table_that_does_not_fit_becomes_records() -> None:
    wide = Table("t", ("name", "value"), (Row(("x" * 30, "12345.678")),))
    assert terminal.table(Style(width=80), wide).splitlines()[2].endswith("12345.678")
    assert terminal.table(Style(width=40), wide).splitlines()[-1] == "    value: 12345.678"


# ------------------------------------------------------------------------------------------- both faces


def test_plain_has_the_same_functions_with_the_same_parameters() -> None:
    def public(face) -> dict[str, inspect.Signature]:
        own = inspect.getmembers(face, inspect.isfunction)
        return {
            name: inspect.signature(made) for name, made in own if made.__module__ == face.__name__ and name[0] != "_"
        }

    assert public(terminal) == public(plain)


@pytest.mark.parametrize("face", [terminal, plain])
def test_every_part_ends_in_a_new_line_or_is_empty(face) -> None:
    for make in reports.ALL.values():
        shown = face.report(Style(), make(), help=True)
        assert shown.endswith("\n")
        assert not shown.startswith("\n")
        assert "\n\n\n" not in shown
    assert face.report(Style(), Report("f", None, "finished", "solved", 1), help=False) == ""


def test_a_lesson_keeps_code_and_wraps_prose() -> None:
    prose = "# Title\n\nA long **sentence** with `code` that\nis wrapped.\n\n- one\n- two that\n  goes on\n\n"
    text = f"{prose}```python\nx  =  1\n```\n"
    assert terminal.lesson(Style(width=24), text) == (
        "Title\n\nA long sentence with\n`code` that is wrapped.\n\n  - one\n  - two that goes on\n\n    x  =  1\n"
    )


def test_choices_stand_side_by_side_where_they_fit() -> None:
    options = [("f", "falls"), ("s", "stays the same")]
    assert terminal.choices(Style(), "What?", options) == "What?\n  f falls    s stays the same\n"
    assert terminal.choices(Style(width=24), "What?", options) == "What?\n  f falls\n  s stays the same\n"
    assert plain.choices(Style(), "What?", options) == "What?\nf: falls\ns: stays the same\n"


@pytest.mark.parametrize("face", [terminal, plain])
def test_our_own_trouble_and_advice(face) -> None:
    shown = face.trouble(Style(), "there is no exercise `upill`", "trainwhy list")
    assert "there is no exercise `upill`" in shown
    assert "trainwhy list" in shown
    assert face.notes(Style(), ["the worker was slow"]).startswith(("note      the worker", "Note: the worker"))
    assert "trainwhy next" in face.prompt(Style(), "change the file, then   trainwhy next")
    assert face.epoch_header(Style(), EpochTable()).strip().startswith("epoch") is (face is terminal)
