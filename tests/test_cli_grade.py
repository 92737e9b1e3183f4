"""`grade` through the command line, with a core that trains nothing: what it says, keeps, writes and how it ends."""

import csv
import json
import shutil
import sqlite3
import threading

import pyarrow.parquet as pq
import pytest

from cli_fakes import FIXTURE, Desk, FakeWorker, fake_check
from trainwhy import course
from trainwhy.errors import Interrupted, NoSandbox, NoTensorFlow

COURSE = course.load(FIXTURE)
PICK, UPDATE, WRITE = COURSE.exercises


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def hand_in(desk, person, **texts):
    for exercise, text in zip(COURSE.exercises, (texts.get(name) for name in ("pick", "update", "write")), strict=True):
        if text is not None:
            path = desk.folder / "class" / person / exercise.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


@pytest.fixture
def a_class(desk):
    hand_in(desk, "ann", pick="# SOLVED by ann", update="# SOLVED by ann", write="# SOLVED by ann")
    hand_in(desk, "bob", pick="# broken by bob", update=UPDATE.starter())
    hand_in(desk, "cem", pick="# SOLVED by ann", update="# raised by cem")
    hand_in(desk, "dia", write="# broken by dia")
    shutil.make_archive(str(desk.folder / "class" / "dia"), "zip", desk.folder / "class" / "dia")
    shutil.rmtree(desk.folder / "class" / "dia")
    (desk.folder / "class" / "eve.zip").write_bytes(b"PK\x03\x04")
    return desk


def grade(desk, *more, output="results.csv"):
    return desk.run("grade", "class", "--output", output, *more)


def rows(desk, name="results.csv"):
    with (desk.folder / name).open(newline="") as file:
        return {(row["person"], row["exercise"]): row for row in csv.DictReader(file)}


def counting(desk, check=fake_check):
    """Let the desk remember what it judged."""
    judged = []

    def counted(exercise, source, worker, **options):
        judged.append((exercise.id, source))
        return check(exercise, source, worker, **options)

    desk.check = counted
    return judged


# ------------------------------------------------------------------------------------------- what comes of it


def test_a_class_is_judged_and_grading_done_is_0(a_class):
    judged = counting(a_class)
    said = grade(a_class)
    assert said.code == 0
    found = {key: row["verdict"] for key, row in rows(a_class).items()}
    assert found == {
        ("ann", PICK.id): "solved",
        ("ann", UPDATE.id): "solved",
        ("ann", WRITE.id): "solved",
        ("bob", PICK.id): "unsolved",
        ("bob", UPDATE.id): "not_started",
        ("bob", WRITE.id): "missing",
        ("cem", PICK.id): "solved",
        ("cem", UPDATE.id): "unsolved",
        ("cem", WRITE.id): "missing",
        ("dia", PICK.id): "missing",
        ("dia", UPDATE.id): "missing",
        ("dia", WRITE.id): "unsolved",
        ("eve", ""): "unreadable",
    }
    assert len(judged) == len(set(judged)) == 6, "identical files once; starters and missing files never"
    assert rows(a_class)["cem", PICK.id]["files_alike"] == "2"
    assert rows(a_class)["bob", PICK.id]["code"] == "TW101"
    assert "5 people, 6 files judged now" in said.out
    assert "TW101 gradients-never-applied" in said.out
    assert "a damaged archive" in said.out


def test_every_form_of_output_in_one_run(a_class):
    said = grade(a_class, "--output", "r.json", "--output", "r.parquet")
    assert said.code == 0
    document = json.loads((a_class.folder / "r.json").read_text())
    assert len(document["rows"]) == len(rows(a_class)) == pq.read_table(a_class.folder / "r.parquet").num_rows == 13
    assert document["summary"]["solved"] == 4


def test_json_on_stdout_is_the_document(a_class):
    said = grade(a_class, "--json")
    assert said.document["kind"] == "class"
    assert "results.csv" in said.err


def test_quiet_and_plain(a_class):
    assert len(grade(a_class, "-q").out.splitlines()) == 2
    said = grade(a_class, "--plain", "--fresh").out
    assert "Person ann, solved 3, tried 3, not started 0, missing 0." in said
    assert said.isascii()


def test_what_stood_in_the_output_is_kept(a_class):
    grade(a_class)
    first = (a_class.folder / "results.csv").read_text()
    (a_class.folder / "results.csv").write_text(first + "remark of the teacher")
    assert "results.csv.before" in grade(a_class).err
    assert (a_class.folder / "results.csv.before").read_text().endswith("remark of the teacher")
    assert (a_class.folder / "results.csv").read_text() == first
    assert "before" not in grade(a_class).err.replace("judged before", "")


def test_what_is_neither_folder_nor_archive_is_told(a_class):
    (a_class.folder / "class" / "list.txt").write_text("")
    assert "Passed over, as neither folder nor archive: `list.txt`" in grade(a_class).err


def test_similar_is_off_until_it_is_asked_for(a_class):
    assert "Alike" not in grade(a_class).out
    assert "no two files share more than the exercise explains" in " ".join(grade(a_class, "--similar").out.split())


# ------------------------------------------------------------------------------------------- going on


def test_nothing_is_judged_twice(a_class):
    judged = counting(a_class)
    grade(a_class)
    said = grade(a_class)
    assert len(judged) == 6
    assert "6 files were judged before: taken from results.csv.sqlite" in said.err
    assert "0 files judged now" in said.out
    hand_in(a_class, "fay", pick="# SOLVED by fay", update="# SOLVED by ann")
    grade(a_class)
    assert judged[6:] == [(PICK.id, "# SOLVED by fay")]
    grade(a_class, "--fresh")
    assert len(judged) == 14
    assert len(set(judged)) == 7


def test_an_interrupted_grade_goes_on_where_it_was(a_class):
    judged = counting(a_class)
    whole = a_class.check

    def stops(exercise, source, worker, **options):
        if len(judged) == 3:
            raise Interrupted
        return whole(exercise, source, worker, **options)

    a_class.check = stops
    said = grade(a_class, "--jobs", "1")
    assert said.code == 130
    assert "kept in results.csv.sqlite; the same command goes on from there" in " ".join(said.err.split())
    assert not (a_class.folder / "results.csv").exists()
    a_class.check = whole
    assert grade(a_class, "--jobs", "1").code == 0
    assert len(judged) == len(set(judged)) == 6


def test_another_course_is_judged_anew_and_says_so(a_class, monkeypatch):
    judged = counting(a_class)
    grade(a_class)
    from trainwhy.grading import judge  # noqa: PLC0415 - only here

    here = judge.here
    monkeypatch.setattr(judge, "here", lambda folder, *, prove, sandbox: here(folder, prove=not prove, sandbox=sandbox))
    said = grade(a_class)
    assert len(judged) == 12
    assert "6 files were judged by another version of trainwhy, of the course or of TensorFlow: not used" in said.err


def test_what_ran_without_a_required_sandbox_is_judged_again(a_class, monkeypatch):
    judged = counting(a_class)
    grade(a_class)
    monkeypatch.setattr("trainwhy.worker.trying.require", lambda: None)
    assert grade(a_class, "--require-sandbox").code == 0
    assert len(judged) == 12


def test_a_required_sandbox_that_does_not_hold_runs_nothing(a_class, monkeypatch):
    def fails():
        raise NoSandbox("`tcp` does not hold here")

    judged = counting(a_class)
    monkeypatch.setattr("trainwhy.worker.trying.require", fails)
    assert grade(a_class, "--require-sandbox").code == 70
    assert judged == []


def test_the_work_file_may_be_elsewhere(a_class):
    assert grade(a_class, "--work", "state.db").code == 0
    assert not (a_class.folder / "results.csv.sqlite").exists()
    with sqlite3.connect(a_class.folder / "state.db") as connection:
        assert connection.execute("SELECT count(*) FROM result").fetchone() == (6,)
    connection.close()


def test_two_grades_on_one_file_refuse(a_class):
    inside, leave = threading.Event(), threading.Event()

    def waits(*given, **options):
        inside.set()
        leave.wait(20)
        return fake_check(*given, **options)

    a_class.check = waits
    from trainwhy.cli import grading  # noqa: PLC0415 - only here

    settings = grading.Settings(1)
    first = threading.Thread(
        target=grading.grade,
        args=(a_class.tools(), a_class.folder / "class", a_class.folder / "results.csv.sqlite", settings),
    )
    first.start()
    inside.wait(20)
    said = grade(a_class)
    leave.set()
    first.join()
    assert said.code == 2
    assert "another `trainwhy grade` is at work with results.csv.sqlite" in said.err


# ------------------------------------------------------------------------------------------- faults


def test_a_fault_of_ours_costs_one_file_is_70_and_is_tried_again(a_class):
    hand_in(a_class, "bob", pick="# CRASH-OURS")
    said = grade(a_class)
    assert said.code == 70
    row = rows(a_class)["bob", PICK.id]
    assert (row["verdict"], row["outcome"], row["name"]) == ("not_judged", "internal", "ZeroDivisionError")
    assert "1 file could not be judged: a fault of trainwhy's own" in said.err
    judged = counting(a_class, lambda *given, **options: fake_check(given[0], "SOLVED", *given[2:], **options))
    assert grade(a_class).code == 0
    assert judged == [(PICK.id, "# CRASH-OURS")]


def test_without_tensorflow_nothing_is_kept_and_it_says_so(a_class):
    def missing(*_, **__):
        raise NoTensorFlow("No module named 'tensorflow'")

    a_class.check = missing
    said = grade(a_class)
    assert said.code == 70
    assert "TensorFlow does not import here" in said.err
    assert not (a_class.folder / "results.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "--output", "r.csv"], "is not there"),
        (["class", "--output", "r.xlsx"], "no known ending"),
        (["class"], "--output"),
        (["class", "--output", "no/such/r.csv"], "was not written"),
        (["class", "--output", "r.csv", "--work", "class"], "not a file of results"),
        (["class", "--output", "r.csv", "--dask", "nonsense"], "no Dask scheduler answers"),
    ],
)
def test_what_cannot_be_done_is_2(a_class, arguments, words):
    said = a_class.run("grade", *arguments)
    assert (said.code, words in said.err) == (2, True), said.err


def test_nobody_handed_in_is_5(desk):
    (desk.folder / "class").mkdir()
    assert grade(desk).code == 5


@pytest.mark.parametrize(
    ("option", "extra"), [(["--dask", "tcp://x:1"], "dask"), (["--output", "r.parquet"], "parquet")]
)
def test_a_missing_extra_is_said_before_the_work(a_class, monkeypatch, option, extra):
    judged = counting(a_class)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    said = grade(a_class, *option)
    assert said.code == 2
    assert f'python -m pip install "trainwhy[{extra}]"' in said.err
    assert judged == []


def test_a_class_of_untouched_starters_starts_no_worker(desk):
    hand_in(desk, "ann", update=UPDATE.starter())
    desk.worker = FakeWorker()
    assert grade(desk).code == 0
    assert desk.worker.requests == []
    assert desk.worker.closed == 0
