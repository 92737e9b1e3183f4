"""`next`, `run` and `show` with a fake worker: what is asked, shown, remembered, and which exit code comes out."""

import pytest

from cli_fakes import Desk, FakeWorker, fake_check
from trainwhy.errors import NoTensorFlow


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def made(desk):
    assert desk.run("init").code == 0
    return desk


TERMINAL = {"keyboard": True, "terminal": True}


# ------------------------------------------------------------------------------------------- the workspace


def test_next_makes_a_workspace_and_says_so(desk):
    said = desk.run("next")
    assert "Made trainwhy-course (5 files)" in said.out
    assert "Pick one" in said.out
    assert desk.file("pick-one").exists()


def test_on_a_terminal_it_asks_first_and_no_makes_nothing(desk):
    desk.screen, desk.keys = TERMINAL, ["n"]
    said = desk.run("next")
    assert said.code == 2
    assert "Make one in trainwhy-course (3 exercises, nothing else is touched)? [Y/n]" in " ".join(said.out.split())
    assert not desk.work.exists()


def test_the_folder_can_be_chosen(desk):
    desk.run("next", "--dir", "elsewhere")
    assert (desk.folder / "elsewhere" / "02_alone" / "01_write_it.py").exists()


def test_it_works_from_inside_the_workspace_too(made):
    made.folder = made.work / "02_alone"
    assert "2.1" in made.run("next", "write-it").out
    assert not (made.work / "02_alone" / "trainwhy-course").exists()


# ------------------------------------------------------------------------------------------- the first run


def test_the_first_run_shows_lesson_path_rows_and_finding_and_withholds_the_help(made):
    said = made.run("next", "no-update")
    assert said.code == 1
    for part in ("No update", "trainwhy-course/01_first_steps/02_no_update.py:11", "7.85", "TW101", "trainwhy hint"):
        assert part in said.out
    assert "HELP-THAT-IS-WITHHELD" not in said.out
    assert said.out.index("No update") < said.out.index("7.85") < said.out.index("TW101")
    assert made.worker.closed == 1


def test_later_runs_go_straight_to_the_numbers(made):
    lesson = made.run("next", "no-update").out.splitlines()[3]
    assert lesson
    assert lesson not in made.run("next").out


def test_without_a_terminal_nothing_is_asked(made):
    made.keys = []  # a key that is asked for would fail
    assert "what will the loss do" not in made.run("next", "no-update").out


def test_the_prediction_is_asked_once_and_stored_before_anything_is_shown(made):
    made.screen, made.keys = TERMINAL, ["x", "s", "2"]
    seen = []

    def check(*args, **kwargs):
        seen.append(made.progress()["exercises"]["no-update"]["prediction"])
        return fake_check(*args, **kwargs)

    made.check = check
    said = made.run("next", "no-update")
    assert seen[0]["answer"] == "same"
    assert seen[0]["confidence"] == 2
    assert "right" not in seen[0] or seen[0]["right"] is None
    assert said.out.index("what will the loss do") < said.out.index("TW101")
    assert 'You predicted "stays the same"' in said.out
    assert made.progress()["exercises"]["no-update"]["prediction"]["right"] is True
    assert "what will the loss do" not in made.run("next").out


def test_a_prediction_can_be_skipped(made):
    made.screen, made.keys = TERMINAL, ["\r"]
    said = made.run("next", "no-update")
    assert "skipped" in said.out
    assert "You predicted" not in said.out


# ------------------------------------------------------------------------------------------- moving on


def test_a_solved_exercise_stays_until_next_is_typed_again(made):
    made.file("no-update").write_text("# SOLVED\n")
    solved = made.run("next", "no-update")
    assert solved.code == 0
    assert "Solved" in solved.out
    assert "2.1 Write it" in solved.out
    assert "judged on 2 fresh seeds" in solved.out
    assert made.progress()["current"] == "no-update"
    opened = made.run("next")
    assert made.progress()["current"] == "write-it"
    assert "Write it" in opened.out
    assert opened.code == 1


def test_after_the_last_one_the_skipped_ones_come_and_then_it_is_said_that_all_are_solved(made):
    made.file("write-it").write_text("# SOLVED\n")
    made.run("next", "write-it")
    assert "Pick one" in made.run("next").out
    made.file("pick-one").write_text('answer = "second"  # SOLVED\n')
    made.file("no-update").write_text("# SOLVED\n")
    assert made.run("next").code == 0
    assert "No update" in made.run("next").out
    done = made.run("next")
    assert (done.code, made.worker.closed > 0) == (0, True)
    assert "Every exercise is solved" in done.out
    assert "Everything is solved" in made.run().out


def test_run_leaves_the_current_exercise_where_it_is(made):
    made.run("next", "no-update")
    made.file("write-it").write_text("# SOLVED\n")
    assert made.run("run", "write-it").code == 0
    assert made.progress()["current"] == "no-update"
    assert made.progress()["exercises"]["write-it"]["solved"]


def test_after_three_equal_failures_another_view_is_offered(made):
    said = [made.run("next", "no-update").out for _ in range(3)]
    assert ["trainwhy explain TW101" in out for out in said] == [False, False, True]


# ------------------------------------------------------------------------------------------- question files


def test_without_a_terminal_it_is_said_which_literals_to_fill_in(made):
    said = made.run("next", "pick-one")
    assert said.code == 1
    assert "`answer`" in said.out
    assert '"second": the second' in said.out
    assert made.worker.requests == []


def test_on_a_terminal_the_question_is_asked_and_the_literal_written_with_a_backup(made):
    made.screen, made.keys = TERMINAL, ["q", "b"]
    made.run("next", "pick-one")
    assert (
        made.file("pick-one").read_text()
        == '"""Write the id of an option between the quotes."""\n\nanswer = "second"\n'
    )
    assert made.worker.requests
    made.run("undo", "pick-one")
    assert 'answer = "?"' in made.file("pick-one").read_text()


def test_a_wrong_answer_is_asked_again_and_enter_keeps_it(made):
    made.screen, made.keys = TERMINAL, ["a"]
    made.run("next", "pick-one")
    made.keys = ["\r"]
    assert 'Enter keeps "first"' in made.run("next").out
    assert 'answer = "first"' in made.file("pick-one").read_text()


# ------------------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("# SOLVED", 0),
        ("# FLAKY SOLVED", 1),
        ("# nothing", 1),
        ("# raised", 3),
        ("# timed_out", 4),
        ("# out_of_memory", 4),
        ("# internal", 70),
        ("# CRASH-OURS", 70),
    ],
)
def test_exit_codes_say_how_it_ended(made, source, code, monkeypatch, tmp_path):
    monkeypatch.setenv("TRAINWHY_HOME", str(tmp_path / "home"))
    made.file("no-update").write_text(source + "\n")
    assert made.run("run", "no-update").code == code


def test_a_fault_of_ours_is_not_remembered_as_an_attempt(made, monkeypatch, tmp_path):
    monkeypatch.setenv("TRAINWHY_HOME", str(tmp_path / "home"))
    made.file("no-update").write_text("# internal\n")
    made.run("run", "no-update")
    made.file("no-update").write_text("# CRASH-OURS\n")
    said = made.run("run", "no-update")
    assert "this is not a fault in your code" in said.err
    logs = list((tmp_path / "home" / "log").iterdir())
    assert any("ZeroDivisionError: a bug of ours" in log.read_text() for log in logs)
    assert "Traceback" not in said.out + said.err
    assert not (made.work / ".trainwhy" / "progress.json").exists()


def test_a_missing_tensorflow_is_said_in_words(made, monkeypatch, tmp_path):
    monkeypatch.setenv("TRAINWHY_HOME", str(tmp_path / "home"))

    def check(*_, **__):
        raise NoTensorFlow("tensorflow")

    made.check = check
    said = made.run("run", "no-update")
    assert said.code == 70
    assert "pip install tensorflow" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("break_it", ["delete", "folder", "binary", "large"])
def test_a_file_that_cannot_be_read_is_a_message(made, break_it):
    path = made.file("no-update")
    path.unlink()
    if break_it == "folder":
        path.mkdir()
    elif break_it == "binary":
        path.write_bytes(b"\xff\xfe\x00")
    elif break_it == "large":
        path.write_text("#" * (5 << 20))
    said = made.run("run", "no-update")
    assert said.code == 1
    assert "02_no_update.py" in said.err
    assert said.err.count("\n") == 2  # what is wrong, and what to do


def test_ctrl_c_ends_with_130_and_the_worker_is_closed(made):
    def check(*_, **__):
        raise KeyboardInterrupt

    made.check = check
    said = made.run("run", "no-update")
    assert said.code == 130
    assert made.worker.closed == 1
    assert made.worker.cancelled


# ------------------------------------------------------------------------------------------- other forms


def test_json_is_one_document_and_nothing_else(made):
    said = made.run("next", "no-update", "--json")
    (result,) = said.document["results"]
    assert (result["exercise"], result["verdict"]) == ("no-update", "unsolved")
    assert result["findings"][0]["help"] == "HELP-THAT-IS-WITHHELD"
    assert said.code == 1


def test_quiet_is_only_the_result(made):
    said = made.run("run", "no-update", "-q")
    assert "TW101" in said.out
    assert "7.85 " not in said.out.split("TW101")[0]
    assert said.err == ""


@pytest.mark.parametrize("plain", [False, True])
def test_no_escape_reaches_a_pipe(made, plain):
    made.screen = {"plain": plain}
    assert "\x1b" not in made.run("next", "no-update").out


def test_show_describes_the_model_and_the_data(made):
    said = made.run("show", "no-update")
    assert said.code == 0
    assert "dense" in said.out
    assert "(32, 8)" in said.out
    assert made.worker.requests[0].job == "describe"
    assert made.run("show", "no-update", "--json").document["tables"][0]["rows"] == [["dense", "(32, 8)"]]


def test_the_lesson_alone_needs_no_worker(made):
    made.worker = FakeWorker()
    assert "No update" in made.run("show", "no-update", "--lesson").out
    assert made.worker.requests == []
    assert made.worker.closed == 0
