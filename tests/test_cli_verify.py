"""`verify`: which files it takes, what it says, and its exit codes; and the faces of a failure of ours."""

import json

import pytest

from cli_fakes import Desk, fake_check
from trainwhy import course
from trainwhy.cli import exits, targets
from trainwhy.errors import NothingToCheck, UnknownExercise, Usage
from trainwhy.results import Report


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def made(desk):
    assert desk.run("init").code == 0
    return desk


def solve_all(desk):
    for name in ("pick-one", "no-update", "write-it"):
        desk.file(name).write_text("# SOLVED\n")


# ------------------------------------------------------------------------------------------- what is checked


def test_a_workspace_is_checked_whole_in_order(made):
    found = targets.collect(made.tools().course(), made.folder, [])
    assert [target.shown for target in found] == [
        "trainwhy-course/01_first_steps/01_pick_one.py",
        "trainwhy-course/01_first_steps/02_no_update.py",
        "trainwhy-course/02_alone/01_write_it.py",
    ]


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        (["trainwhy-course/02_alone/01_write_it.py"], ["write-it"]),
        (["trainwhy-course/02_alone"], ["write-it"]),
        (["trainwhy-course/"], ["pick-one", "no-update", "write-it"]),
        (["no-update"], ["no-update"]),
        (["2.1", "trainwhy-course/02_alone"], ["write-it"]),
        (["trainwhy-course/02_alone", "trainwhy-course/01_first_steps"], ["pick-one", "no-update", "write-it"]),
    ],
)
def test_paths_and_names_choose(made, given, ids):
    assert [target.exercise.id for target in targets.collect(made.tools().course(), made.folder, given)] == ids


def test_a_folder_that_is_no_workspace_gives_what_is_in_it(desk):
    (desk.folder / "handed-in" / "02_alone").mkdir(parents=True)
    (desk.folder / "handed-in" / "02_alone" / "01_write_it.py").write_text("# SOLVED\n")
    found = targets.collect(desk.tools().course(), desk.folder, ["handed-in"])
    assert [target.shown for target in found] == ["handed-in/02_alone/01_write_it.py"]


def test_a_missing_file_of_a_workspace_is_not_left_out(made):
    solve_all(made)
    made.file("write-it").unlink()
    said = made.run("verify")
    assert said.code == 1
    assert "01_write_it.py" in said.out


def test_an_unknown_file_or_path_is_a_usage_error(made):
    (made.folder / "mine.py").write_text("")
    with pytest.raises(UnknownExercise):
        targets.collect(made.tools().course(), made.folder, ["mine.py"])
    with pytest.raises(Usage):
        targets.collect(made.tools().course(), made.folder, ["nowhere.py"])


def test_nothing_to_check_is_5(desk):
    with pytest.raises(NothingToCheck):
        targets.collect(course.load(), desk.folder, [])
    assert desk.run("verify").code == 5


# ------------------------------------------------------------------------------------------- how it ends


def test_all_solved_is_0(made):
    solve_all(made)
    said = made.run("verify")
    assert said.code == 0
    assert "solved 3" in said.out


def test_untouched_starters_are_not_started_and_not_run(made):
    said = made.run("verify", "--format", "json")
    assert said.code == 1
    assert {result["verdict"] for result in said.document["results"]} == {"not_started"}
    assert {name: count for name, count in said.document["summary"].items() if count} == {"not_started": 3}
    assert made.worker.requests == []
    assert made.worker.closed == 0


def test_stored_progress_counts_for_nothing(made):
    solve_all(made)
    made.run("run", "no-update")
    made.file("no-update").write_text("# broken\n")
    assert made.progress()["exercises"]["no-update"]["solved"]
    said = made.run("verify", "no-update", "--json")
    assert (said.code, said.document["results"][0]["verdict"]) == (1, "unsolved")


def test_progress_is_neither_made_nor_changed(made):
    solve_all(made)
    made.run("verify")
    assert not (made.work / ".trainwhy" / "progress.json").exists()


def test_a_flaky_file_is_not_called_unsolved_and_is_no_pass(made):
    solve_all(made)
    made.file("no-update").write_text("# FLAKY SOLVED\n")
    said = made.run("verify", "--json")
    assert said.code == 1, "only solved exits 0: who fails on purpose on some data must not pass on the rest"
    assert (said.document["summary"]["flaky"], said.document["summary"]["unsolved"]) == (1, 0)


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_checked(made):
    solve_all(made)
    made.file("no-update").write_bytes(b"\xff\xfe")
    said = made.run("verify", "--json")
    assert said.code == 1
    assert [result["outcome"] for result in said.document["results"]] == ["finished", "bad_file", "finished"]


def test_fail_fast_stops_and_says_how_many_are_left(made):
    solve_all(made)
    made.file("pick-one").write_text("# broken\n")
    said = made.run("verify", "--fail-fast", "--jobs", "1", "--json")
    assert said.code == 1
    assert len(said.document["results"]) == 1
    assert "2 files were not checked" in said.err


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_results_come_in_order_whatever_the_number_of_jobs(made, jobs):
    solve_all(made)
    said = made.run("verify", "--json", "--jobs", jobs)
    assert [result["exercise"] for result in said.document["results"]] == ["pick-one", "no-update", "write-it"]


def test_the_result_goes_to_a_file(made):
    solve_all(made)
    said = made.run("verify", "--format", "json", "--output", "result.json")
    assert said.out == ""
    assert json.loads((made.folder / "result.json").read_text())["summary"]["solved"] == 3


def test_a_fault_of_ours_is_70_and_says_so(made, monkeypatch, tmp_path):
    monkeypatch.setenv("TRAINWHY_HOME", str(tmp_path / "home"))
    solve_all(made)
    made.file("no-update").write_text("# CRASH-OURS\n")
    said = made.run("verify")
    assert said.code == 70
    assert "not a fault in your code" in said.err
    assert list((tmp_path / "home" / "log").iterdir())


def test_a_fault_of_ours_in_one_file_keeps_the_results_of_the_others(made, monkeypatch, tmp_path):
    monkeypatch.setenv("TRAINWHY_HOME", str(tmp_path / "home"))
    solve_all(made)
    made.file("no-update").write_text("# CRASH-OURS\n")
    said = made.run("verify", "--json")
    assert said.code == 70
    assert [one["verdict"] for one in said.document["results"]] == ["solved", None, "solved"]
    assert said.document["results"][1]["outcome"] == "internal"


def test_an_interrupt_is_130_and_cancels_the_runs(made):
    solve_all(made)

    def check(exercise, *args, **kwargs):
        if exercise.id == "no-update":
            raise KeyboardInterrupt
        return fake_check(exercise, *args, **kwargs)

    made.check = check
    assert made.run("verify", "--jobs", "1").code == 130
    assert made.worker.cancelled


def report(outcome="finished", verdict="solved"):
    return Report("a.py", None, outcome, verdict, 0.0)


def test_the_exit_code_of_many():
    assert exits.of_all([]) == 5
    assert exits.of_all([report()]) == 0
    assert exits.of_all([report(), report("timed_out", None)]) == 1
    assert exits.of_all([report("internal", None), report("timed_out", None)]) == 70
    assert exits.of(report(verdict="healthy")) == 0
    assert exits.of(report(verdict="not_started")) == 1
    assert exits.of(report("raised", "not_started")) == 1
